"""InvenioRDM 9 and later, and Zenodo, over their REST interface.

A draft is created with nothing but our marker in it, so that it can be found again if the answer
is lost; then it is described, which removes the marker. Files are announced, sent, confirmed, and
compared by MD5 before publishing and after.

Source: InvenioRDM, "REST API reference: drafts and records".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from pubtool.deposit.answers import faults
from pubtool.deposit.failures import Different, Faulty, Refused
from pubtool.deposit.kept import dropped
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
    may_be_done,
)
from pubtool.packages import invenio as packed
from pubtool.packages import zenodo

PUBLISH = "publish"
# Before there are files a draft lacks them, which is no fault of the description.
_NOT_YET = "files.enabled"


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """The steps of a deposit, a new version or an update of the metadata."""
    if may_be_done(facts, PUBLISH):
        yield see(job)
    if "published" not in facts:
        yield from _opening(job, facts)
        yield describe(job)
        if job.what != METADATA:
            yield from _files(job, facts)
    if job.publish or job.what == METADATA:
        yield publish(job)
        yield check_record(job)
        if job.what != METADATA:
            yield _compared(job, "compare the published files", "files")


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """How the record stands on the server."""
    place = "" if facts.get("published") else "/draft"
    yield Step(
        "ask how it stands",
        lambda f: as_json("GET", f"{_record(job, f)}{place}"),
        lambda answer: {"state": str(answer.expect(200).json().get("status", ""))},
        repeatable=True,
        always=True,
    )


def _record(job: Job, facts: Facts) -> str:
    return f"{job.base}/api/records/{facts['id']}"


def _opening(job: Job, facts: Facts) -> Iterator[Step]:
    """A draft to work on: a new one, that of a new version, or that of the published record."""
    if job.what == VERSION:
        yield _reopen(job, "open a new version", "versions")
    elif job.what == METADATA:
        yield _reopen(job, "open the record for editing", "draft")
    else:
        yield look(job)
        if "id" not in facts:
            yield create(job)


def look(job: Job) -> Step:
    """A draft of a run whose journal is lost is taken up; a record with the DOI forbids another."""
    doi = job.edition.chapter.record.doi

    def learn(answer: Response) -> Facts:
        for hit in answer.expect(200).json()["hits"]["hits"]:
            if doi and hit.get("pids", {}).get("doi", {}).get("identifier") == doi:
                link = _links(hit).get("link") or hit["id"]
                raise Refused(f"the DOI {doi} is in this repository already: {link}")
        return _marked(job, answer) or {}

    return Step("look for an earlier deposit", lambda _: _search(job, doi), learn,
                repeatable=True, once=True)  # fmt: skip


def _reopen(job: Job, name: str, what: str) -> Step:
    """Asked twice, InvenioRDM gives the same draft again."""
    return Step(
        name,
        lambda facts: as_json("POST", f"{job.base}/api/records/{facts['previous']}/{what}"),
        lambda answer: _links(answer.expect(200, 201).json()),
        repeatable=True,
        once=True,
    )


def create(job: Job) -> Step:
    """A draft that holds our marker and nothing else."""
    marked = {"metadata": {"identifiers": [{"scheme": "urn", "identifier": job.marker}]},
              "files": {"enabled": True}}  # fmt: skip
    return Step(
        "create the draft",
        lambda _: as_json("POST", f"{job.base}/api/records", marked),
        lambda answer: _links(answer.expect(201).json()),
        find=Find(lambda _: _search(job, ""), lambda answer: _marked(job, answer), looks=4),
        once=True,
    )


def _search(job: Job, doi: str) -> Request:
    """Records of ours with the marker, or with that DOI."""
    said = f'metadata.identifiers.identifier:"{job.marker}"'
    if doi:
        said += f' OR pids.doi.identifier:"{doi}"'
    return as_json("GET", f"{job.base}/api/user/records?{urlencode({'q': said, 'size': '10'})}")


def _marked(job: Job, answer: Response) -> Facts | None:
    """Our draft among those found: what the search says is looked at again."""
    for hit in answer.expect(200).json()["hits"]["hits"]:
        held = hit.get("metadata", {}).get("identifiers", [])
        if any(one.get("identifier") == job.marker for one in held):
            return _links(hit)
    return None


def _links(item: Mapping[str, Any]) -> Facts:
    """The id and links of a record or draft; its DOIs, where it has any."""
    links, pids = item.get("links", {}), item.get("pids", {})
    parent = item.get("parent", {}).get("pids", {})
    known = {
        "id": str(item["id"]),
        "link": links.get("self_html", ""),
        "doi": pids.get("doi", {}).get("identifier", ""),
        "concept doi": parent.get("doi", {}).get("identifier", ""),
        "version": str(item.get("versions", {}).get("index", "")),
    }
    return {name: value for name, value in known.items() if value}


def describe(job: Job) -> Step:
    """The chapter's metadata; what the server drops or finds fault with is not passed over."""
    sent = packed.record(job.edition)

    def learn(answer: Response) -> Facts:
        return _described(sent, answer)

    return Step(
        "describe the chapter",
        lambda facts: as_json("PUT", f"{_record(job, facts)}/draft", sent),
        learn,
        repeatable=True,
    )


def _described(sent: Any, answer: Response) -> Facts:
    item = answer.expect(200).json()
    wrong = [fault for fault in faults(item) if not fault.startswith(_NOT_YET)]
    lost = dropped({**sent, "files": {}}, item)
    named = [path for path in lost if not any(path in fault for fault in wrong)]
    wrong += [f"{path} was not kept as sent" for path in named]
    if wrong:
        raise Faulty(f"the server finds fault with the record: {'; '.join(wrong)}")
    return {}


def _files(job: Job, facts: Facts) -> Iterator[Step]:
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
    yield _compared(job, "compare the files", "draft/files")


def _listing(job: Job, facts: Facts) -> Request:
    return as_json("GET", f"{_record(job, facts)}/draft/files")


def _listed(answer: Response) -> Facts:
    return {"files there": "\n".join(entry["key"] for entry in _entries(answer))}


def _entries(answer: Response) -> list[Mapping[str, Any]]:
    return list(answer.expect(200).json().get("entries") or [])


def remove(job: Job, name: str) -> Step:
    """A file of an earlier version or try goes."""
    return Step(
        f"remove {name}",
        lambda facts: as_json("DELETE", f"{_record(job, facts)}/draft/files/{quote(name)}"),
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
        lambda facts: as_json("POST", f"{_record(job, facts)}/draft/files", names),
        expecting(201),
        find=Find(lambda facts: _listing(job, facts), seen),
        always=True,
    )


def _file(job: Job, facts: Facts, file: File) -> str:
    return f"{_record(job, facts)}/draft/files/{quote(file.name, safe='')}"


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


def _compared(job: Job, name: str, place: str) -> Step:
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
        lambda facts: as_json("GET", f"{_record(job, facts)}/{place}"),
        learn,
        always=True,
        repeatable=True,
    )


def publish(job: Job) -> Step:
    """Publishing cannot be taken back, and the second time it is answered with 404."""
    return Step(
        PUBLISH,
        lambda facts: as_json("POST", f"{_record(job, facts)}/draft/actions/publish"),
        lambda answer: {**_links(answer.expect(202, 200).json()), "published": "yes"},
        find=_is_published(job),
        once=True,
    )


def see(job: Job) -> Step:
    """After a break while publishing: what is published has no draft to be worked on."""
    find = _is_published(job)
    return Step("see whether it is published", find.ask, lambda answer: find.learn(answer) or {},
                repeatable=True, always=True)  # fmt: skip


def _is_published(job: Job) -> Find:
    """A record is published once it can be read; an update, once its draft is gone."""

    def there(answer: Response) -> Facts | None:
        if answer.status == 404:
            return None
        return {**_links(answer.expect(200).json()), "published": "yes"}

    def gone(answer: Response) -> Facts | None:
        return {"published": "yes"} if answer.status == 404 else None

    if job.what == METADATA:
        return Find(lambda facts: as_json("GET", f"{_record(job, facts)}/draft"), gone)
    return Find(lambda facts: as_json("GET", _record(job, facts)), there)


def check_record(job: Job) -> Step:
    """What was published is what was sent."""
    sent = packed.record(job.edition)

    def learn(answer: Response) -> Facts:
        item = answer.expect(200).json()
        if lost := dropped({**sent, "files": {}}, item):
            raise Different(f"the published record differs from the chapter: {', '.join(lost)}")
        if not item.get("is_published"):
            raise Refused("the record is not published", answer)
        return _links(item)

    return Step(
        "read the published record",
        lambda facts: as_json("GET", _record(job, facts)),
        learn,
        always=True,
        repeatable=True,
    )


KIND = Kind(
    "invenio",
    "InvenioRDM and Zenodo",
    zenodo.FACTS,
    steps,
    status,
    settings=("address",),
    makes=(DEPOSIT, VERSION, METADATA),
)
