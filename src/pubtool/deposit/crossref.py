"""Crossref: a deposit goes into a queue, and what became of it is asked for later.

User and password are fields of the form, never of the address; they are put into its body when it
leaves. Registering is public, so nothing is sent without --publish.

Source: Crossref, "XML deposit via HTTPS POST" and "Polling for submission status".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote_plus

from pubtool.deposit.failures import DepositFailed, Refused
from pubtool.deposit.kind import Kind
from pubtool.deposit.replies import xml
from pubtool.deposit.step import (
    DEPOSIT,
    METADATA,
    Facts,
    File,
    Find,
    Job,
    Request,
    Response,
    Step,
    multipart,
)
from pubtool.packages import crossref as packed

# Stand for user and password until a request leaves; no XML and no form can hold these.
_USER, _PASSWORD = "\x00user\x00", "\x00password\x00"
_BATCH = re.compile(rb"<(?:\w+:)?doi_batch_id>([^<]+)<")
_WAITING = ("queued", "in_process")


class Rejected(DepositFailed):
    """The queue has come to the deposit and found it wrong (PT864)."""

    rule = "PT864"


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """Into the queue, and a first look at what became of it."""
    for file in job.files:
        yield send(job, file)
        yield follow(job, batch(file))


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """What became of the deposit in the queue."""
    yield follow(job, facts.get("batch", ""))


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """User and password put into the form."""
    form = "urlencoded" in request.headers.get("Content-Type", "")
    user, password = job.target.user, secret
    if form:
        user, password = quote_plus(user), quote_plus(password)
    body = request.body.replace(_USER.encode(), user.encode())
    return replace(request, body=body.replace(_PASSWORD.encode(), password.encode()))


def batch(file: File) -> str:
    """The id under which the queue knows a deposit."""
    found = _BATCH.search(file.data)
    return found[1].decode("utf-8", "replace") if found else ""


def send(job: Job, file: File) -> Step:
    """The deposit. 200 says that it is in the queue, not that it is right."""
    form = {"operation": "doMDUpload", "login_id": _USER, "login_passwd": _PASSWORD}

    def queued(answer: Response) -> Facts:
        if "successfully received" not in answer.expect(200).text:
            raise Refused("Crossref has not taken the deposit into its queue", answer)
        return {"state": "queued", "batch": batch(file)}

    def known(answer: Response) -> Facts | None:
        there = xml(answer.expect(200)).get("status", "") != "unknown_submission"
        return {"state": "queued", "batch": batch(file)} if there else None

    return Step(
        "send the deposit",
        lambda _: multipart("POST", f"{job.base}/servlet/deposit", form, file, "fname"),
        queued,
        find=Find(lambda _: result(job, batch(file)), known, looks=3),
    )


def result(job: Job, batch_id: str) -> Request:
    """The question what became of a deposit, by its batch id; as a form, to keep it private."""
    said = {"usr": _USER, "pwd": _PASSWORD, "doi_batch_id": quote_plus(batch_id), "type": "result"}
    body = "&".join(f"{name}={value}" for name, value in said.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return Request("POST", f"{job.base}/servlet/submissionDownload", headers, body)


def follow(job: Job, batch_id: str) -> Step:
    """What became of the deposit."""
    return Step(
        "ask for the result",
        lambda _: result(job, batch_id),
        lambda answer: outcome(answer.expect(200)),
        repeatable=True,
        always=True,
    )


def outcome(answer: Response) -> Facts:
    """The state a `doi_batch_diagnostic` tells. Raises Rejected with Crossref's own words."""
    root = xml(answer)
    state = root.get("status", "")
    if state != "completed":
        return {"state": "queued" if state in _WAITING else f"queued ({state})"}
    said = {one.findtext("{*}doi", ""): one for one in root.iter("{*}record_diagnostic")}
    failed = [
        f"{doi or 'the deposit'}: {one.findtext('{*}msg', '')}"
        for doi, one in said.items()
        if one.get("status") == "Failure"
    ]
    if failed or not said:
        raise Rejected(f"Crossref rejected the deposit: {'; '.join(failed) or 'no record in it'}")
    return {"state": "registered", "doi": next(iter(said)), "published": "yes"}


KIND = Kind(
    "crossref",
    "Crossref",
    packed.FACTS,
    steps,
    status,
    sign=sign,
    settings=("address", "user"),
    package="crossref",
    makes=(DEPOSIT, METADATA),
    drafts=False,
)
