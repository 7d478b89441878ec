"""The files of a draft of InvenioRDM: announced, sent, confirmed, and compared by MD5.

Source: InvenioRDM, "REST API reference: draft files".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pubtool.deposit.failures import Different
from pubtool.deposit.step import Facts, File, Find, Job, Request, Response, Step, as_json, expecting


def at(job: Job, facts: Facts) -> str:
    """The address of the record, or of a draft that has its id."""
    return f"{job.base}/api/records/{facts['id']}"


def files(job: Job, facts: Facts) -> Iterator[Step]:
    """Every file announced, sent and confirmed; none that is not of this deposit."""
    yield Step("list the files", lambda f: _listing(job, f), _listed, always=True, repeatable=True)
    there = facts.get("files there", "").split("\n")
    for name in there:
        if name and name not in {file.name for file in job.files}:
            yield remove(job, name)
    missing = [file for file in job.files if file.name not in there]
    if missing:
        yield announce(job, missing)
    for file in job.files:
        yield send(job, file)
        yield confirm(job, file)
    yield compared(job, "compare the files", "draft/files")


def _listing(job: Job, facts: Facts) -> Request:
    return as_json("GET", f"{at(job, facts)}/draft/files")


def _listed(answer: Response) -> Facts:
    return {"files there": "\n".join(entry["key"] for entry in _entries(answer))}


def _entries(answer: Response) -> list[Mapping[str, Any]]:
    return list(answer.expect(200).json().get("entries") or [])


def remove(job: Job, name: str) -> Step:
    """A file of an earlier version or try goes."""
    return Step(
        f"remove {name}",
        lambda facts: as_json("DELETE", f"{at(job, facts)}/draft/files/{quote(name)}"),
        expecting(204, 404),
        repeatable=True,
    )


def announce(job: Job, files: list[File]) -> Step:
    """The names of the files to come; announced twice, InvenioRDM answers 400."""
    names = [{"key": file.name} for file in files]

    def seen(answer: Response) -> Facts | None:
        there = {entry["key"] for entry in _entries(answer)}
        return {} if there >= {file.name for file in files} else None

    return Step(
        "announce the files",
        lambda facts: as_json("POST", f"{at(job, facts)}/draft/files", names),
        expecting(201),
        find=Find(lambda facts: _listing(job, facts), seen),
        always=True,
    )


def _file(job: Job, facts: Facts, file: File) -> str:
    return f"{at(job, facts)}/draft/files/{quote(file.name, safe='')}"


def send(job: Job, file: File) -> Step:
    """The bytes of a file."""
    kind = {"Content-Type": "application/octet-stream", "Accept": "application/json"}
    return Step(
        f"send {file.name}",
        lambda facts: Request("PUT", f"{_file(job, facts, file)}/content", kind, file.data),
        expecting(200),
        repeatable=True,
    )


def confirm(job: Job, file: File) -> Step:
    """The end of a file; the server answers with the checksum of what it got."""

    def learn(answer: Response) -> Facts:
        return _same_sum(file, answer.expect(200).json())

    return Step(
        f"confirm {file.name} ({file.md5[:8]})",
        lambda facts: as_json("POST", f"{_file(job, facts, file)}/commit"),
        learn,
        repeatable=True,
    )


def _same_sum(file: File, entry: Mapping[str, Any]) -> Facts:
    held = str(entry.get("checksum", "")).removeprefix("md5:")
    if held != file.md5:
        raise Different(f"{file.name} has the MD5 {file.md5}, but on the server {held or 'none'}")
    return {f"md5 {file.name}": held}


def compared(job: Job, name: str, place: str) -> Step:
    """Every file of the deposit is there with its checksum and size, and no other."""

    def learn(answer: Response) -> Facts:
        held = {entry["key"]: entry for entry in _entries(answer)}
        if strangers := sorted(held.keys() - {file.name for file in job.files}):
            raise Different(f"the record holds other files too: {', '.join(strangers)}")
        sums: dict[str, str] = {}
        for file in job.files:
            entry = held.get(file.name, {})
            sums |= _same_sum(file, entry)
            if entry.get("size") != len(file.data):
                raise Different(f"{file.name} has {entry.get('size')} bytes on the server")
        return sums

    return Step(
        name,
        lambda facts: as_json("GET", f"{at(job, facts)}/{place}"),
        learn,
        always=True,
        repeatable=True,
    )
