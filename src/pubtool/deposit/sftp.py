"""SFTP, as aggregators and archives take deliveries: a file gets its name when it is whole.

A file goes out under a name that ends in `.part`, is read back to compare its checksum, and is
renamed. Renaming is asked about first after a break; the rest can be repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

from pubtool.deposit.failures import Different
from pubtool.deposit.kind import Kind
from pubtool.deposit.step import Facts, File, Find, Job, Request, Response, Step, expecting
from pubtool.packages.package import Need

FACTS = (Need("title", "whoever gets the delivery must know what it is", must=True),)


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """Every file sent, compared and renamed."""
    for file in job.files:
        yield send(job, file)
        yield compare(job, file)
        yield rename(job, file)
    yield delivered(job)


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """Whether the files still lie there; those who take deliveries move them away."""
    for file in job.files:
        yield Step(
            f"look for {file.name}",
            lambda _, file=file: Request("GET", _place(job, file)),  # type: ignore[misc]
            lambda answer: {"state": "waiting there" if answer.status == 200 else "fetched"},
            repeatable=True,
            always=True,
        )


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """The transport logs in once; a request carries nothing."""
    return request


def _place(job: Job, file: File, ending: str = "") -> str:
    folder = job.target.collection.strip("/")
    path = f"{folder}/{file.name}" if folder else file.name
    return f"{job.base}/{quote(path)}{ending}"


def send(job: Job, file: File) -> Step:
    """A file under its name with `.part`."""
    return Step(
        f"send {file.name}",
        lambda _: Request("PUT", _place(job, file, ".part"), {}, file.data),
        expecting(201),
        repeatable=True,
    )


def _same(file: File, answer: Response) -> Facts:
    held = hashlib.md5(answer.body, usedforsecurity=False).hexdigest()
    if held != file.md5:
        raise Different(f"{file.name} has the MD5 {file.md5}, but on the server {held}")
    return {f"md5 {file.name}": held}


def compare(job: Job, file: File) -> Step:
    """What lies there, read back."""
    return Step(
        f"compare {file.name} ({file.md5[:8]})",
        lambda _: Request("GET", _place(job, file, ".part")),
        lambda answer: _same(file, answer.expect(200)),
        repeatable=True,
    )


def rename(job: Job, file: File) -> Step:
    """From then on the file may be fetched."""

    def renamed(answer: Response) -> Facts | None:
        return _same(file, answer) if answer.status == 200 else None

    return Step(
        f"name {file.name} ({file.md5[:8]})",
        lambda _: Request("MOVE", _place(job, file, ".part"), {"Destination": _place(job, file)}),
        expecting(201),
        find=Find(lambda _: Request("GET", _place(job, file)), renamed),
    )


def delivered(job: Job) -> Step:
    """The folder lists all that was sent."""
    names = {file.name for file in job.files}

    def learn(answer: Response) -> Facts:
        there = set(answer.expect(200).text.split("\n"))
        if missing := sorted(names - there):
            raise Different(f"these are not there: {', '.join(missing)}")
        return {"published": "yes", "state": "delivered", "link": _folder(job)}

    return Step("list the folder", lambda _: Request("LIST", _folder(job)), learn,
                repeatable=True, always=True)  # fmt: skip


def _folder(job: Job) -> str:
    return f"{job.base}/{quote(job.target.collection.strip('/'))}"


KIND = Kind(
    "sftp",
    "SFTP",
    FACTS,
    steps,
    status,
    sign=sign,
    settings=("address", "user"),
    drafts=False,
    token=False,
    schemes=("sftp",),
)
