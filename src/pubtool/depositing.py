"""From a chapter and what was exported of it to a deposit: the engine of `pubtool deposit`.

What is deposited are the artifacts in the build folder, the very bytes somebody has looked at.
Each must pass its full check and hold the words of the chapter as it stands now.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from pubtool import intake
from pubtool.cache import remembered
from pubtool.deposit import secrets
from pubtool.deposit.connect import connect
from pubtool.deposit.engine import Patience
from pubtool.deposit.kind import Kind
from pubtool.deposit.kinds import kinds
from pubtool.deposit.run import Open, Outcome
from pubtool.deposit.run import asked as ask
from pubtool.deposit.run import deposit as deposit_one
from pubtool.deposit.step import DEPOSIT, METADATA, File, Job
from pubtool.deposit.wire import is_safe
from pubtool.diagnostics import Diagnostic, Place, errors, found
from pubtool.edition import Edition
from pubtool.files import write_whole
from pubtool.formats import Format, formats
from pubtool.identifying import with_identifiers
from pubtool.model import q
from pubtool.outcome import stem_of
from pubtool.packages import PACKAGES
from pubtool.packages.facts import is_said, where
from pubtool.packing import Parcel, pack
from pubtool.settings import Settings, Target
from pubtool.source import nearest

# What --force passes over, and the receipt records.
FORCEABLE = frozenset({"PT820", "PT821", "PT853", "PT854"})


@dataclass(frozen=True)
class Wish:
    """What the command line asks for."""

    what: str = DEPOSIT
    publish: bool = False
    embargo: str = ""
    force: bool = False


@dataclass(frozen=True)
class Prepared:
    """A target ready to be used: its settings, its kind, where journals go, and its token."""

    name: str
    target: Target
    kind: Kind
    folder: Path
    secret: str = field(default="", repr=False)
    open: Open = connect
    patience: Patience | None = None

    @property
    def package(self) -> str:
        """The package that goes in the place of the files, or ""."""
        return self.target.package or self.kind.package


def prepare(name: str, settings: Settings, build: Path, *, dry: bool) -> Prepared | Diagnostic:
    """The target of that name, or what keeps it from being used (PT850 to PT852)."""
    place = Place(settings.file or "pubtool.toml")
    target = settings.deposit.get(name)
    if target is None:
        known = nearest(name, list(settings.deposit))
        return found("PT850", place, f"there is no target “{name}” in pubtool.toml{known}")
    kind = kinds().get(target.kind)
    if kind is None:
        known = nearest(target.kind, list(kinds()))
        return found("PT850", place, f"[deposit.{name}] kind “{target.kind}” is unknown{known}")
    if wrong := _unusable(name, target, kind):
        return found("PT850", place, wrong)
    secret: str | Diagnostic = ""
    if not dry:
        file = settings.root / target.token_file if target.token_file else None
        secret = secrets.token(name, file, place)
    if isinstance(secret, Diagnostic):
        if kind.token or secret.rule == "PT852":
            return secret
        secret = ""
    return Prepared(name, target, kind, build / "deposits" / name, secret)


def _unusable(name: str, target: Target, kind: Kind) -> str:
    """Why a target's settings will not do; "" if they will."""
    missing = [key for key in kind.settings if not getattr(target, key)]
    if missing:
        return f"[deposit.{name}] needs {' and '.join(missing)}"
    parts = urlsplit(target.address)
    if parts.username or parts.password:
        return f"[deposit.{name}] address holds a password, which must never stand in a file"
    if parts.scheme not in kind.schemes or not parts.hostname:
        return f"[deposit.{name}] address must begin with {kind.schemes[0]}://"
    if not is_safe(target.address):
        return f"[deposit.{name}] address must be https: anybody could read the token on its way"
    package = target.package or kind.package
    if package and package not in PACKAGES:
        return f"[deposit.{name}] there is no package “{package}”{nearest(package, list(PACKAGES))}"
    unknown = [one for one in target.formats if one not in formats()]
    return f"[deposit.{name}] formats: there is no format “{unknown[0]}”" if unknown else ""


def job_of(
    path: Path, settings: Settings, build: Path, ready: Prepared, wish: Wish
) -> tuple[Job | None, list[Diagnostic]]:
    """The deposit of a chapter, and everything found on the way; None if it cannot be made.

    Raises Unreadable, ToolMissing, ToolFailed, OSError.
    """
    if wish.embargo:
        settings = replace(settings, package=replace(settings.package, embargo=wish.embargo))
    source, findings = intake.load(path, settings)
    edition, more = intake.edition(source, settings) if not errors(findings) else (None, [])
    findings += more
    if edition is None or errors(more):
        return None, findings
    files, said = _files(path, edition, build, ready, wish)
    findings += [*said, *_kept_back(ready, wish, path)]
    if not ready.package:
        # A package has asked for these itself.
        findings += [*_queries(edition), *_gaps(ready, edition)]
    job = Job(
        ready.target, ready.name, stem_of(path), edition, tuple(files),
        marker(ready, edition, path, settings), wish.what, wish.publish,
    )  # fmt: skip
    return job, findings


def _files(
    path: Path, edition: Edition, build: Path, ready: Prepared, wish: Wish
) -> tuple[list[File], list[Diagnostic]]:
    """What is sent: a package made now, or the artifacts as they stand in the build folder."""
    if wish.what == METADATA and not ready.package:
        return [], []
    if ready.package:
        return _package(path, edition.settings, build, ready.package, force=wish.force)
    files, findings = [], []
    for name in ready.target.formats:
        file, said = _artifact(formats()[name], edition, build, path)
        findings += said
        files += [file] if file is not None else []
    return files, findings


def _package(
    path: Path, settings: Settings, build: Path, kind: str, *, force: bool
) -> tuple[list[File], list[Diagnostic]]:
    """The package of that kind, with what packing found: refusals are its own."""
    files, findings = [], []
    for result in pack(path, [kind], settings, build, force=force):
        if isinstance(result, Parcel):
            media_type = PACKAGES[kind].media_type
            files.append(File(result.path.name, result.path.read_bytes(), media_type, result.files))
        else:
            findings.append(result if isinstance(result, Diagnostic) else result.finding)
    return files, findings


def _gaps(ready: Prepared, edition: Edition) -> Iterator[Diagnostic]:
    """What the target asks for and nobody has said: PT868 where it must be, else PT869."""
    for need in ready.kind.needs:
        if not is_said(need, edition):
            message = f"the record at “{ready.name}” has no {need.fact}: {need.why}"
            hint = f"Say it in {where(need)}, if there is one."
            rule = "PT868" if need.must else "PT869"
            yield found(rule, Place(edition.chapter.file), message, hint=hint)


def marker(ready: Prepared, edition: Edition, path: Path, settings: Settings) -> str:
    """A name for this chapter at this target that is the same in every run."""
    record = edition.chapter.record
    where = path.resolve()
    place = where.relative_to(settings.root) if settings.root in where.parents else where.name
    said = (ready.target.address, ready.target.collection, record.book.id or record.book.title,
            record.id, str(place))  # fmt: skip
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(said)).urn


def _artifact(
    format_: Format, edition: Edition, build: Path, chapter: Path
) -> tuple[File | None, list[Diagnostic]]:
    """An exported artifact as it stands, and whether it may go out (PT853)."""
    name = f"{stem_of(chapter)}{format_.suffix}"
    path = next((p for p in (build / name, build / f"{name}.invalid") if p.is_file()), None)
    if path is None:
        hint = f"Export it first: pubtool export {chapter} --format {format_.name}"
        message = f"there is no {name} in {build}"
        return None, [found("PT865", Place(str(chapter)), message, hint=hint)]
    data = path.read_bytes()
    wrong = remembered(format_.check, data, name, "full", format_.engines)
    wrong = errors(wrong) or errors(format_.conserved(edition, data, name))
    file = File(name, data, format_.media_type)
    if not wrong:
        return file, []
    message = f"{name} does not pass its check: {wrong[0].rule} {wrong[0].message}"
    return file, [found("PT853", Place(str(path)), message)]


def _queries(edition: Edition) -> Iterator[Diagnostic]:
    """Open questions of an editor (PT854)."""
    count = sum(1 for _ in edition.chapter.root.iter(q("query")))
    if count:
        message = f"{count} open {'query' if count == 1 else 'queries'}"
        yield found("PT854", Place(edition.chapter.file), message)


def _kept_back(ready: Prepared, wish: Wish, path: Path) -> Iterator[Diagnostic]:
    """A target that knows no drafts needs to be told to publish (PT863)."""
    if not ready.kind.drafts and not wish.publish:
        message = f"“{ready.name}” keeps nothing as a draft: what is sent there is out"
        yield found("PT863", Place(str(path)), message)


def forced(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Those findings that --force passes over."""
    return [finding for finding in findings if finding.rule in FORCEABLE]


def passed_over(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings with those that --force passes over as warnings."""
    from pubtool.diagnostics import Severity

    return [
        replace(finding, severity=Severity.WARNING) if finding.rule in FORCEABLE else finding
        for finding in findings
    ]


def send(job: Job, ready: Prepared, passed: Sequence[Diagnostic]) -> Outcome:
    """Deposit a chapter. Raises OSError."""
    return deposit_one(
        job, ready.kind, ready.secret, ready.folder, ready.open, passed, ready.patience
    )


def standing(job: Job, ready: Prepared) -> Outcome:
    """How a deposit stands on the server. Raises OSError."""
    return ask(job, ready.kind, ready.secret, ready.folder, ready.open, ready.patience)


def write_ids(outcome: Outcome) -> list[Diagnostic]:
    """Write the DOI and the link of a deposit into its chapter, each only where none stands.

    Says so where the chapter names another one (PT867). Raises OSError.
    """
    path = Path(outcome.job.edition.chapter.file)
    record = outcome.job.edition.chapter.record
    given, link = outcome.facts.get("doi", ""), outcome.facts.get("link", "")
    if outcome.facts.get("published") != "yes" and not given:
        return []
    findings: list[Diagnostic] = []
    if given and record.doi and record.doi.lower() != given.lower():
        message = f"the chapter has the DOI {record.doi}, the repository gave {given}"
        findings.append(found("PT867", Place(str(path)), message))
    doi, url = "" if record.doi else given, "" if record.url else link
    if doi or url:
        before = path.read_bytes()
        after = with_identifiers(before, doi, url)
        if after != before:
            write_whole(path, after)
    return findings
