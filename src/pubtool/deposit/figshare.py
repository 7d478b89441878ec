"""Figshare, and repositories of institutions that run on it, over its REST interface, version 2.

Files go out in parts to Figshare's upload service, another host, which gets no token.

Source: Figshare, "API v2 documentation", and its "How to upload files".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from pubtool.deposit.failures import Different, Faulty, Refused
from pubtool.deposit.kind import Kind
from pubtool.deposit.step import (
    DEPOSIT,
    METADATA,
    VERSION,
    Facts,
    File,
    Find,
    Job,
    Request,
    Response,
    Step,
    as_json,
    expecting,
)
from pubtool.packages.access import access, creative_commons
from pubtool.packages.invenio import paragraphs
from pubtool.packages.package import Need
from pubtool.writers.crosswalk import MUST, Row, Table, mapping
from pubtool.writers.crosswalk_facts import full_book_title

FACTS = (
    Need("title", "an item must have a title", must=True),
    Need("authors", "an item must have an author", must=True),
    Need("abstracts", "Figshare publishes nothing without a description", must=True),
    Need("keywords", "Figshare publishes nothing without keywords", must=True),
    Need("licence", "readers see what they may do with the files"),
)
# Figshare's numbers of the licences every account has.
_LICENCES = {"cc-by-4.0": 1, "cc0-1.0": 2}
TABLE: Table = (
    Row("title", "title", need=MUST),
    Row("description", "abstracts", lambda one: paragraphs(one.text), MUST),
    Row("authors", "authors", lambda who: {"name": who.name.display}, MUST, many=True),
    Row("tags", "keywords", lambda word: word.text, MUST, many=True),
    Row("defined_type", "record", lambda _: "chapter"),
    Row("license", "licence", lambda href: _LICENCES.get(creative_commons(href))),
    Row("funding_list", "funding", lambda one: {"title": one.funder} if one.funder else None,
        many=True),
    Row("resource_title", "record", full_book_title),
    Row("resource_doi", "DOI"),
)  # fmt: skip


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """The steps of a deposit; a published item is edited, and published again as a version."""
    if job.what == VERSION or job.what == METADATA:
        yield _again(job)
    else:
        yield create(job)
    yield describe(job)
    if job.what != METADATA:
        yield from _files(job, facts)
    if job.publish or job.what == METADATA:
        yield publish(job)
        yield read_back(job)


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """How the item stands."""
    yield Step(
        "ask how it stands",
        lambda f: as_json("GET", _item(job, f)),
        lambda answer: {"state": str(answer.expect(200).json().get("status", ""))},
        repeatable=True,
        always=True,
    )


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """Figshare's own form of a token."""
    return replace(request, headers={**request.headers, "Authorization": f"token {secret}"})


def _account(job: Job) -> str:
    return f"{job.base}/v2/account/articles"


def _item(job: Job, facts: Facts) -> str:
    return f"{_account(job)}/{facts['id']}"


def create(job: Job) -> Step:
    """An item whose title is our marker, until it is described."""
    return Step(
        "create the item",
        lambda _: as_json("POST", _account(job), {"title": job.marker}),
        lambda answer: {"id": str(answer.expect(201).json()["entity_id"])},
        find=Find(
            lambda _: as_json("GET", f"{_account(job)}?page_size=100&order=created_date"),
            lambda answer: _marked(job, answer),
            looks=3,
        ),
        once=True,
    )


def _marked(job: Job, answer: Response) -> Facts | None:
    for item in answer.expect(200).json():
        if item.get("title") == job.marker:
            return {"id": str(item["id"])}
    return None


def _again(job: Job) -> Step:
    """The published item, whose private side can be changed at any time."""
    return Step(
        "read the item to be changed",
        lambda facts: as_json("GET", f"{_account(job)}/{facts['previous']}"),
        lambda answer: {"id": str(answer.expect(200).json()["id"])},
        repeatable=True,
        once=True,
    )


def describe(job: Job) -> Step:
    """The chapter's metadata in Figshare's fields."""
    record = job.edition.chapter.record
    sent: dict[str, Any] = mapping(TABLE, record)
    allowed = access(job.edition)
    if allowed.closed:
        sent |= {"is_embargoed": True, "embargo_type": "file"}
        if allowed.until:
            sent["embargo_date"] = allowed.until
    if record.license_href and "license" not in sent:
        raise Faulty(f"Figshare has no number for the licence {record.license_href}")
    return Step(
        "describe the chapter",
        lambda facts: as_json("PUT", _item(job, facts), sent),
        expecting(205, 200),
        repeatable=True,
    )


def _files(job: Job, facts: Facts) -> Iterator[Step]:
    """Each file announced, sent in parts and completed; others removed; all compared."""
    yield Step("list the files", lambda f: as_json("GET", f"{_item(job, f)}/files"), _listed,
               repeatable=True, always=True)  # fmt: skip
    held = dict(line.split(" ", 1) for line in facts.get("files there", "").split("\n") if line)
    wanted = {f"{file.md5} {file.name}" for file in job.files}
    for number, said in held.items():
        if said not in wanted:
            yield Step(
                f"remove file {number}",
                lambda f, number=number: as_json("DELETE", f"{_item(job, f)}/files/{number}"),  # type: ignore[misc]
                expecting(204, 404),
                repeatable=True,
            )
    for file in job.files:
        yield from _sent(job, file, facts)
    yield compare(job)


def _listed(answer: Response) -> Facts:
    lines = [f"{one['id']} {one.get('supplied_md5', '')} {one['name']}"
             for one in answer.expect(200).json()]  # fmt: skip
    return {"files there": "\n".join(lines)}


def _sent(job: Job, file: File, facts: Facts) -> Iterator[Step]:
    """One file, in the parts the upload service asks for."""
    yield announce(job, file)
    number, place = f"file {file.name}", f"upload {file.name}"
    yield Step(
        f"ask where {file.name} goes",
        lambda f: as_json("GET", f"{_item(job, f)}/files/{f[number]}"),
        lambda answer: _place(place, answer.expect(200).json()),
        repeatable=True,
        always=True,
    )
    if facts.get(f"state {file.name}") == "available":
        return
    yield from _in_parts(place, file, facts)
    yield Step(
        f"complete {file.name} ({file.md5[:8]})",
        lambda f: as_json("POST", f"{_item(job, f)}/files/{f[number]}"),
        expecting(202, 200),
        repeatable=True,
    )


def _in_parts(place: str, file: File, facts: Facts) -> Iterator[Step]:
    """The parts of a file, each to its number at the upload service."""
    yield Step(
        f"ask for the parts of {file.name}",
        lambda f: replace(as_json("GET", f[place]), credentials=False),
        lambda answer: {f"parts {file.name}": _parts(answer.expect(200).json())},
        repeatable=True,
    )
    for part in facts.get(f"parts {file.name}", "").split():
        name, start, end = part.split(":")
        yield Step(
            f"send part {name} of {file.name} ({file.md5[:8]})",
            _part(place, name, file.data[int(start) : int(end) + 1]),
            expecting(200),
            repeatable=True,
        )


def _part(place: str, name: str, data: bytes) -> Any:
    return lambda f: Request("PUT", f"{f[place]}/{name}", {}, data, credentials=False)


def _place(name: str, said: Mapping[str, Any]) -> Facts:
    file = said.get("name", "")
    return {name: str(said.get("upload_url", "")), f"state {file}": str(said.get("status", ""))}


def _parts(said: Mapping[str, Any]) -> str:
    """The parts as "number:first:last", offsets in bytes from 0, both ends included."""
    return " ".join(f"{p['partNo']}:{p['startOffset']}:{p['endOffset']}" for p in said["parts"])


def announce(job: Job, file: File) -> Step:
    """Name, size and checksum of a file to come."""
    said = {"name": file.name, "size": len(file.data), "md5": file.md5}
    number = f"file {file.name}"

    def seen(answer: Response) -> Facts | None:
        for one in answer.expect(200).json():
            if one.get("name") == file.name and one.get("supplied_md5") == file.md5:
                return {number: str(one["id"])}
        return None

    return Step(
        f"announce {file.name}",
        lambda facts: as_json("POST", f"{_item(job, facts)}/files", said),
        lambda answer: {number: answer.expect(201).json()["location"].rstrip("/").rsplit("/")[-1]},
        find=Find(lambda facts: as_json("GET", f"{_item(job, facts)}/files"), seen),
    )


def compare(job: Job) -> Step:
    """Every file with the checksum Figshare has computed, and no other."""

    def learn(answer: Response) -> Facts:
        held = {one["name"]: one.get("computed_md5", "") for one in answer.expect(200).json()}
        if held != {file.name: file.md5 for file in job.files}:
            raise Different(f"the files of the item are not those of the deposit: {held}")
        return {f"md5 {name}": md5 for name, md5 in held.items()}

    return Step("compare the files", lambda f: as_json("GET", f"{_item(job, f)}/files"), learn,
                repeatable=True, always=True)  # fmt: skip


def publish(job: Job) -> Step:
    """The item for all to see, with a DOI of Figshare's."""

    def public(answer: Response) -> Facts | None:
        item = answer.expect(200).json()
        changed = item.get("modified_date", "") > (item.get("published_date") or "")
        return {"published": "yes"} if item.get("status") == "public" and not changed else None

    return Step(
        "publish",
        lambda facts: as_json("POST", f"{_item(job, facts)}/publish"),
        lambda answer: {"published": "yes"} if answer.expect(201) else {},
        find=Find(lambda facts: as_json("GET", _item(job, facts)), public),
        once=True,
    )


def read_back(job: Job) -> Step:
    """The published item: its DOI and its page."""

    def learn(answer: Response) -> Facts:
        item = answer.expect(200).json()
        if item.get("status") != "public":
            raise Refused("the item is not public", answer)
        page = urljoin(job.target.address, item.get("figshare_url") or "")
        known = {"doi": item.get("doi", ""), "link": page, "version": str(item.get("version", ""))}
        return {name: value for name, value in known.items() if value}

    return Step("read the published item", lambda facts: as_json("GET", _item(job, facts)), learn,
                repeatable=True, always=True)  # fmt: skip


KIND = Kind(
    "figshare",
    "Figshare",
    FACTS,
    steps,
    status,
    sign=sign,
    hosts=("figshare.com",),
    settings=("address",),
    makes=(DEPOSIT, VERSION, METADATA),
)
