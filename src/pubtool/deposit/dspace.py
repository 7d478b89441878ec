"""DSpace 7 to 9 over its REST interface: an item of the submitter's workspace, then the workflow.

Every writing request carries the token against forgery that the last answer gave; the password
goes out once, in the body of the login, and what comes back lives as long as the run.

Source: DSpace/RestContract: authentication.md, csrf-tokens.md, workspaceitems.md,
workflowitems.md, metadata-patch.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from pubtool.deposit.answers import faults
from pubtool.deposit.dspace_session import WHO, api, hear, login, sign
from pubtool.deposit.failures import Different, Faulty
from pubtool.deposit.kind import Kind
from pubtool.deposit.step import (
    Facts,
    File,
    Find,
    Job,
    Request,
    Response,
    Step,
    as_json,
    expecting,
    may_be_done,
    multipart,
)
from pubtool.packages import saf
from pubtool.writers.crosswalk import fields

SUBMIT, SUBMITTED = "submit the item", "submitted"
# The forms of DSpace's default submission, and the fields that stand in the second one.
_FORM, _SECOND = "traditionalpageone", "traditionalpagetwo"
_IN_SECOND = ("dc.subject", "dc.description.abstract", "dc.description.sponsorship")
# Faults of a draft that is not finished: the licence is granted when it is published.
_LATER = ("license", "upload")


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """The steps of a deposit."""
    yield from login(job)
    if may_be_done(facts, SUBMIT):
        yield see(job)
    if SUBMITTED not in facts:
        yield from _draft(job)
    if job.publish:
        if SUBMITTED not in facts:
            yield grant(job)
            yield submit(job)
        yield read_back(job)


def _draft(job: Job) -> Iterator[Step]:
    """The item in the workspace, described and with its files."""
    yield create(job)
    yield describe(job)
    for file in job.files:
        yield send(job, file)
    yield compare(job)


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """Whether the item is in the archive, and under which handle; before that, in the workspace."""
    yield from login(job)
    if SUBMITTED in facts:
        yield read_back(job)
    else:
        yield Step("look into the workspace", lambda f: as_json("GET", _item(job, f)),
                   lambda answer: {"state": "draft"} if answer.expect(200).json() else {},
                   repeatable=True, always=True)  # fmt: skip


def _item(job: Job, facts: Facts) -> str:
    return f"{api(job)}/submission/workspaceitems/{facts['id']}"


def create(job: Job) -> Step:
    """An empty item in the collection."""
    place = urlencode({"owningCollection": job.target.collection})
    mine = f"{api(job)}/submission/workspaceitems/search/findBySubmitter"
    return Step(
        "create the item",
        lambda _: as_json("POST", f"{api(job)}/submission/workspaceitems?{place}", {}),
        lambda answer: _ids(answer.expect(201).json()),
        find=Find(
            lambda facts: as_json("GET", f"{mine}?uuid={quote(facts[WHO])}&size=100"),
            lambda answer: _untouched(job, answer),
            looks=2,
        ),
        once=True,
    )


def _untouched(job: Job, answer: Response) -> Facts | None:
    """An item of ours in the collection that nothing has been put into yet."""
    listed = answer.expect(200).json().get("_embedded", {}).get("workspaceitems", [])
    for item in listed:
        sections = item.get("sections", {})
        filled = any(sections.get(form) for form in (job.target.profile or _FORM, _SECOND))
        if not filled and not _files(item) and _collection(item) in ("", job.target.collection):
            return _ids(item)
    return None


def _collection(item: Mapping[str, Any]) -> str:
    embedded = item.get("_embedded", {}).get("collection", {})
    return str(embedded.get("uuid") or item.get("sections", {}).get("collection") or "")


def _ids(item: Mapping[str, Any]) -> Facts:
    inside = item.get("_embedded", {}).get("item", {})
    link = item.get("_links", {}).get("item", {}).get("href", "")
    known = {"id": str(item["id"]), "item": inside.get("uuid", ""), "item link": link}
    return {name: value for name, value in known.items() if value}


def describe(job: Job) -> Step:
    """Every field put in its form; a field put in again takes the place of the one before."""
    changes = [
        {"op": "add", "path": f"/sections/{form}/{field}", "value": values}
        for (form, field), values in _sections(job).items()
    ]

    def learn(answer: Response) -> Facts:
        item = answer.expect(200).json()
        wrong = [one for one in faults(item) if not any(word in one for word in _LATER)]
        if wrong:
            raise Faulty(f"the server finds fault with the item: {'; '.join(wrong)}")
        return {}

    return Step(
        "describe the chapter",
        lambda facts: as_json("PATCH", _item(job, facts), changes,
                              **{"Content-Type": "application/json-patch+json"}),
        learn,
        repeatable=True,
    )  # fmt: skip


def _sections(job: Job) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The values of each field of each form, in DSpace's Dublin Core."""
    made: dict[tuple[str, str], list[dict[str, str]]] = {}
    for name, value in fields(saf.DC, job.edition.chapter.record):
        text, language = (value, "") if isinstance(value, str) else value
        field = f"dc.{name}"
        form = job.target.profile or (_SECOND if field in _IN_SECOND else _FORM)
        said = {"value": text, **({"language": language} if language else {})}
        made.setdefault((form, field), []).append(said)
    return made


def send(job: Job, file: File) -> Step:
    """A file; sent twice it would lie there twice, so its checksum is looked for first."""

    def seen(answer: Response) -> Facts | None:
        there = any(_md5(one) == file.md5 for one in _files(answer.expect(200).json()))
        return {} if there else None

    return Step(
        f"send {file.name}",
        lambda facts: multipart("POST", _item(job, facts), {}, file),
        expecting(200, 201),
        find=Find(lambda facts: as_json("GET", _item(job, facts)), seen),
    )


def _files(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(item.get("sections", {}).get("upload", {}).get("files", []) or [])


def _md5(file: Mapping[str, Any]) -> str:
    return str(file.get("checkSum", {}).get("value", ""))


def compare(job: Job) -> Step:
    """Every file once, with its checksum, and no other."""

    def learn(answer: Response) -> Facts:
        held = sorted(_md5(file) for file in _files(answer.expect(200).json()))
        if held != sorted(file.md5 for file in job.files):
            raise Different("the files of the item are not those of the deposit")
        return {f"md5 {file.name}": file.md5 for file in job.files}

    return Step("compare the files", lambda facts: as_json("GET", _item(job, facts)), learn,
                repeatable=True, always=True)  # fmt: skip


def grant(job: Job) -> Step:
    """The deposit licence of the repository, which publishing accepts."""
    granted = [{"op": "add", "path": "/sections/license/granted", "value": "true"}]
    return Step(
        "grant the deposit licence",
        lambda facts: as_json("PATCH", _item(job, facts), granted,
                              **{"Content-Type": "application/json-patch+json"}),
        expecting(200),
        repeatable=True,
    )  # fmt: skip


def submit(job: Job) -> Step:
    """Into the workflow: from there on the item is the repository's."""
    return Step(
        SUBMIT,
        lambda facts: Request("POST", f"{api(job)}/workflow/workflowitems",
                              {"Content-Type": "text/uri-list", "Accept": "application/json"},
                              _item(job, facts).encode()),
        lambda answer: {SUBMITTED: "yes"} if answer.expect(201) else {},
        find=_is_gone(job),
        once=True,
    )  # fmt: skip


def see(job: Job) -> Step:
    """After a break while submitting: an item of the workflow has left the workspace."""
    find = _is_gone(job)
    return Step("see whether it is submitted", find.ask, lambda answer: find.learn(answer) or {},
                repeatable=True, always=True)  # fmt: skip


def _is_gone(job: Job) -> Find:
    def gone(answer: Response) -> Facts | None:
        return {SUBMITTED: "yes"} if answer.status == 404 else None

    return Find(lambda facts: as_json("GET", _item(job, facts)), gone)


def read_back(job: Job) -> Step:
    """The item itself: archived, or waiting for a reviewer."""

    def learn(answer: Response) -> Facts:
        if answer.status in (401, 403):
            return {"state": "in review"}
        item = answer.expect(200).json()
        archived = bool(item.get("inArchive"))
        known = {
            "handle": item.get("handle") or "",
            "link": f"https://hdl.handle.net/{item['handle']}" if item.get("handle") else "",
            "state": "published" if archived else "in review",
            "published": "yes" if archived else "",
        }
        return {name: value for name, value in known.items() if value}

    return Step(
        "read the item",
        lambda facts: as_json("GET", f"{api(job)}/core/items/{facts['item']}"),
        learn,
        repeatable=True,
        always=True,
    )


KIND = Kind(
    "dspace",
    "DSpace 7 and later",
    saf.FACTS,
    steps,
    status,
    sign=sign,
    hear=hear,
    settings=("address", "collection", "user"),
)
