"""InvenioRDM 9 and later, and Zenodo, over their REST interface.

A draft is created with nothing but our marker in it, so that it can be found again if the answer
is lost; then it is described, which removes the marker. Files are announced, sent, confirmed, and
compared by MD5 before publishing and after.

Source: InvenioRDM, "REST API reference: drafts and records".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from pubtool.deposit.answers import faults
from pubtool.deposit.failures import Different, Faulty, Refused
from pubtool.deposit.invenio_files import at, compared, files
from pubtool.deposit.kept import dropped
from pubtool.deposit.kind import Kind
from pubtool.deposit.step import (
    DEPOSIT,
    METADATA,
    VERSION,
    Facts,
    Find,
    Job,
    Request,
    Response,
    Step,
    as_json,
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
            yield from files(job, facts)
    if job.publish or job.what == METADATA:
        yield publish(job)
        yield checkat(job)
        if job.what != METADATA:
            yield compared(job, "compare the published files", "files")


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """How the record stands on the server."""
    place = "" if facts.get("published") else "/draft"
    yield Step(
        "ask how it stands",
        lambda f: as_json("GET", f"{at(job, f)}{place}"),
        lambda answer: {"state": str(answer.expect(200).json().get("status", ""))},
        repeatable=True,
        always=True,
    )


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
        lambda facts: as_json("PUT", f"{at(job, facts)}/draft", sent),
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


def publish(job: Job) -> Step:
    """Publishing cannot be taken back, and the second time it is answered with 404."""
    return Step(
        PUBLISH,
        lambda facts: as_json("POST", f"{at(job, facts)}/draft/actions/publish"),
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
        return Find(lambda facts: as_json("GET", f"{at(job, facts)}/draft"), gone)
    return Find(lambda facts: as_json("GET", at(job, facts)), there)


def checkat(job: Job) -> Step:
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
        lambda facts: as_json("GET", at(job, facts)),
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
