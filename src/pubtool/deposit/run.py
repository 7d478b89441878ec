"""One chapter to one target: what its journal says decides what is to be done.

no journal              a deposit begins
begun, not ended        it goes on where the journal ends
ended, the same again   already there
ended, changed since    a draft is brought up to date; what is published asks for
--new-version or --metadata-only
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pubtool.deposit import journal as journals
from pubtool.deposit.answers import explained
from pubtool.deposit.engine import Engine, Patience, Transport
from pubtool.deposit.failures import DepositFailed
from pubtool.deposit.journal import Journal, Standing
from pubtool.deposit.kind import Kind
from pubtool.deposit.receipt import receipt, write_receipt
from pubtool.deposit.secrets import Redactor
from pubtool.deposit.step import DEPOSIT, METADATA, VERSION, Job, Placeholders, Request
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.writers.crosswalk_facts import DOI

Sign = Callable[[Request], Request]
Open = Callable[[Kind, Job, str, Sign], AbstractContextManager[Transport]]


@dataclass(frozen=True)
class Outcome:
    """What became of one chapter at one target. `state` is a word for the table."""

    job: Job
    state: str
    facts: dict[str, str] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    receipt: Path | None = None


def deposit(
    job: Job,
    kind: Kind,
    secret: str,
    folder: Path,
    open_: Open,
    forced: Sequence[Diagnostic] = (),
    patience: Patience | None = None,
) -> Outcome:
    """Deposit a chapter, or go on with its deposit; a failure is in the outcome's findings.

    `folder` holds the journals and receipts of the target; `forced` are findings that --force
    passed over. Raises OSError.
    """
    path = folder / f"{job.stem}.jsonl"
    try:
        with journals.alone(path):
            redact = Redactor([secret])
            journal = Journal(path, redact)
            return _deposit(_Deposit(job, kind, secret, journal, redact, forced), open_, patience)
    except journals.Busy:
        message = f"another run is depositing this chapter to “{job.name}”"
        return Outcome(job, "busy", findings=(found("PT862", _place(job), message),))


@dataclass
class _Deposit:
    """What one run works with."""

    job: Job
    kind: Kind
    secret: str
    journal: Journal
    redact: Redactor
    forced: Sequence[Diagnostic]


def _deposit(this: _Deposit, open_: Open, patience: Patience | None) -> Outcome:
    standing = this.journal.standing
    done = _already(this.job, standing)
    if done is not None:
        return _there(this, done)
    if _asks_anew(this.job, standing):
        if refusal := _refusal(this.job, this.kind, standing):
            return Outcome(this.job, "refused", dict(standing.facts), (refusal,))
        this.journal.begin(this.job.what, {"previous": standing.facts.get("id", "")})
    this.job = replace(this.job, what=this.journal.standing.what)
    return _run(this, open_, patience or Patience())


def content(job: Job) -> dict[str, str]:
    """What a deposit consists of, as digests: its files and what is said about them.

    Identifiers that the target gave do not count: they may be written into the chapter, and then
    stand in its citation too.
    """
    record = job.edition.chapter.record
    said = repr((replace(record, doi="", url="", identifiers=()), job.edition.settings.package))
    if record.doi:
        said = re.sub(rf"\s*{re.escape(DOI + record.doi)}", "", said)
    files = "\n".join(f"{file.sha256} {file.name}" for file in job.files)
    return {
        "metadata": hashlib.sha256(said.encode()).hexdigest(),
        "files": hashlib.sha256(files.encode()).hexdigest(),
    }


def _already(job: Job, standing: Standing) -> str | None:
    """How a deposit that needs nothing more is called."""
    if not standing.ended or (job.publish and not standing.published):
        return None
    now = content(job)
    compared = {"metadata"} if job.what == METADATA else now.keys()
    same = all(standing.content.get(part) == now[part] for part in compared)
    return ("published" if standing.published else "draft") if same else None


def _asks_anew(job: Job, standing: Standing) -> bool:
    """True if nothing has begun, or what was begun has been published."""
    return not standing.what or (standing.ended and standing.published)


def _refusal(job: Job, kind: Kind, standing: Standing) -> Diagnostic | None:
    """Why a published chapter is not deposited once more, or not in this way (PT859)."""
    if job.what not in kind.makes:
        message = f"{kind.title} makes no deposit of the kind “{job.what}” over its interface"
        hint = "Make the change in the repository itself."
        return found("PT859", _place(job), message, hint=hint)
    if standing.what and job.what == DEPOSIT:
        message = f"it has changed since it was published at “{job.name}”"
        return found("PT859", _place(job), message)
    if not standing.what and job.what != DEPOSIT:
        message = f"nothing is published at “{job.name}” yet, so there is no {job.what} to make"
        return found("PT859", _place(job), message, hint="Deposit and publish the chapter first.")
    return None


def _there(this: _Deposit, state: str) -> Outcome:
    facts = dict(this.journal.standing.facts)
    where = facts.get("link") or facts.get("doi") or facts.get("id", "")
    message = f"already there as {state}: {where}"
    said = found("PT860", _place(this.job), message)
    return Outcome(this.job, state, facts, (said,), _receipt_path(this))


def _run(this: _Deposit, open_: Open, patience: Patience) -> Outcome:
    job, kind, journal = this.job, this.kind, this.journal
    engine: Engine

    def sign(request: Request) -> Request:
        signed = kind.sign(request, job, this.secret, engine.facts)
        this.redact.add(signed.headers.get("Authorization", "").partition(" ")[2])
        return signed

    with open_(kind, job, this.secret, sign) as transport:
        engine = Engine(journal, transport, this.redact, kind.hear, patience)
        try:
            engine.run(kind.steps(job, engine.facts))
        except DepositFailed as failure:
            return _failed(this, failure)
    published = journal.standing.facts.get("published") == "yes"
    journal.write("end", published=published, content=_content_now(job, journal.standing))
    state = "published" if published else journal.standing.facts.get("state", "draft")
    return Outcome(job, state, dict(journal.standing.facts), (), _written(this, state))


def _content_now(job: Job, standing: Standing) -> dict[str, str]:
    """An update of the metadata leaves the files as they were."""
    now = content(job)
    return now | {"files": standing.content.get("files", "")} if job.what == METADATA else now


def _failed(this: _Deposit, failure: DepositFailed) -> Outcome:
    step = f"at the step “{failure.step}”: " if failure.step else ""
    said = this.redact(f"{step}{explained(failure)}")
    finding = found(failure.rule, _place(this.job), said)
    facts = dict(this.journal.standing.facts)
    return Outcome(this.job, "failed", facts, (finding,), _written(this, "failed", said))


def _receipt_path(this: _Deposit) -> Path:
    return this.journal.path.with_name(f"{this.job.stem}.receipt.json")


def _written(this: _Deposit, state: str, failure: str = "") -> Path:
    path = _receipt_path(this)
    told = receipt(this.job, this.journal.path, this.journal.standing, state, failure, this.forced)
    write_receipt(path, journals.redacted(told, this.redact))
    return path


def _place(job: Job) -> Place:
    return Place(job.edition.chapter.file)


def planned(job: Job, kind: Kind, standing: Standing | None = None) -> list[tuple[str, Request]]:
    """The requests of a deposit that begins now, with {names} for what only the server knows."""
    facts = Placeholders(standing.facts if standing is not None else {})
    if job.what in (VERSION, METADATA):
        facts["previous"] = facts.get("id", "{previous}")
    return [(step.name, step.ask(facts)) for step in kind.steps(job, facts)]


def asked(
    job: Job, kind: Kind, secret: str, folder: Path, open_: Open, patience: Patience | None = None
) -> Outcome:
    """How a deposit stands on the server now. Raises OSError."""
    path = folder / f"{job.stem}.jsonl"
    redact = Redactor([secret])
    try:
        with journals.alone(path):
            journal = Journal(path, redact)
            this = _Deposit(job, kind, secret, journal, redact, ())
            return _asked(this, open_, patience or Patience())
    except journals.Busy:
        return Outcome(job, "busy")


def _asked(this: _Deposit, open_: Open, patience: Patience) -> Outcome:
    engine: Engine

    def sign(request: Request) -> Request:
        return this.kind.sign(request, this.job, this.secret, engine.facts)

    with open_(this.kind, this.job, this.secret, sign) as transport:
        engine = Engine(this.journal, transport, this.redact, this.kind.hear, patience, "look")
        try:
            engine.run(this.kind.status(this.job, engine.facts))
        except DepositFailed as failure:
            said = this.redact(explained(failure))
            finding = found(failure.rule, _place(this.job), said)
            return Outcome(this.job, "unknown", dict(this.journal.standing.facts), (finding,))
    facts, before = dict(this.journal.standing.facts), this.journal.standing
    state = facts.get("state", "")
    if facts.get("published") == "yes" and not before.published and before.ended:
        this.journal.write("end", published=True, content=before.content)
        return Outcome(this.job, state, facts, (), _written(this, state))
    return Outcome(this.job, state, facts)
