"""`pubtool deposit TARGET` and `pubtool deposit status`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool.cli.projects import build_folder, distinct, progress, projects
from pubtool.cli.said import columns, end, form_option
from pubtool.diagnostics import Diagnostic, collected, errors

if TYPE_CHECKING:
    from pubtool.deposit.run import Outcome
    from pubtool.deposit.step import Job
    from pubtool.depositing import Prepared, Wish
    from pubtool.settings import Settings

STATUS = "status"


def _day(_: click.Context, __: click.Parameter, value: str) -> str:
    """A date as the calendar has it, or a usage error."""
    from datetime import date

    if not value:
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"“{value}” is no date such as 2027-01-31") from error


@click.command()
@click.argument("target")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--publish", is_flag=True, help="Publish; without it a draft is left to look at.")
@click.option("--new-version", is_flag=True, help="A new version of what is published.")
@click.option("--metadata-only", is_flag=True, help="Correct the description of what is published.")
@click.option("--embargo", metavar="DATE", default="", callback=_day,
              help="Nobody may read the files until that day.")  # fmt: skip
@click.option("--force", is_flag=True, help="Pass over failed checks and open queries.")
@click.option("--write-ids", is_flag=True, help="Write DOI and link into the chapters.")
@form_option
def deposit(
    target: str,
    sources: tuple[Path, ...],
    dry_run: bool,
    publish: bool,
    new_version: bool,
    metadata_only: bool,
    embargo: str,
    force: bool,
    write_ids: bool,
    form: str,
) -> None:
    """Deposit exported chapters in TARGET, a repository named in pubtool.toml.

    Without SOURCE, the chapters of the project. Run again, it goes on where it stopped, or says
    that a chapter is there already. "pubtool deposit status [TARGET]" tells how deposits stand.
    """
    from pubtool.deposit.step import DEPOSIT, METADATA, VERSION
    from pubtool.depositing import Wish

    if new_version and metadata_only:
        raise click.UsageError("--new-version brings new files, --metadata-only none: choose one")
    findings: list[Diagnostic] = []
    if target == STATUS:
        _status(sources, findings, form)
    what = VERSION if new_version else METADATA if metadata_only else DEPOSIT
    wish = Wish(what, publish, embargo, force)
    outcomes: list[Outcome] = []
    for settings, chapters in projects(sources, findings):
        build = build_folder(settings, bool(sources))
        ready = _ready(target, settings, build, findings, dry=dry_run)
        if ready is None:
            continue
        for path in progress(distinct(chapters, findings), "Depositing"):
            with collected(findings):
                outcomes += _one(path, settings, build, ready, wish, findings, dry_run)
        if write_ids:
            _write_ids(outcomes, findings)
    _table(outcomes)
    end(findings, form)


def _ready(
    target: str, settings: Settings, build: Path, findings: list[Diagnostic], *, dry: bool
) -> Prepared | None:
    from pubtool.depositing import prepare

    ready = prepare(target, settings, build, dry=dry)
    if isinstance(ready, Diagnostic):
        findings.append(ready)
        return None
    return ready


def _one(
    path: Path,
    settings: Settings,
    build: Path,
    ready: Prepared,
    wish: Wish,
    findings: list[Diagnostic],
    dry: bool,
) -> list[Outcome]:
    """Deposit a chapter, or show how it would be; nothing if something speaks against it."""
    from pubtool.depositing import forced, job_of, passed_over, send

    job, found = job_of(path, settings, build, ready, wish)
    passed = forced(found) if wish.force else []
    found = passed_over(found) if wish.force else found
    findings += found
    if job is None:
        return []
    if dry:
        _show(job, ready)
        return []
    if errors(found):
        return []
    outcome = send(job, ready, passed)
    findings += outcome.findings
    return [outcome]


def _show(job: Job, ready: Prepared) -> None:
    """What would be sent: the facts, the files, the requests."""
    from pubtool.deposit.plan import fact_rows, file_rows, request_lines

    click.echo(f"{job.edition.chapter.file} → {job.name} ({ready.kind.title}, {job.base})\n")
    columns([("fact", "", "", "why it is needed", "where it is said"), *fact_rows(job, ready.kind)])
    click.echo()
    columns([("file", "bytes", "MD5"), *file_rows(job)])
    click.echo()
    for line in request_lines(job, ready.kind, ready.folder):
        click.echo(line)
    click.echo()


def _status(sources: Sequence[Path], findings: list[Diagnostic], form: str) -> None:
    """How deposits stand: by their receipts, and with a target, by asking the server."""
    from pubtool.deposit.plan import receipt_rows
    from pubtool.depositing import Wish, job_of, standing

    wanted, chapters = (str(sources[0]), sources[1:]) if sources else ("", ())
    rows: list[tuple[str, ...]] = []
    outcomes: list[Outcome] = []
    for settings, paths in projects(chapters, findings):
        build = build_folder(settings, bool(chapters))
        if not wanted:
            rows += receipt_rows(build / "deposits")
            continue
        ready = _ready(wanted, settings, build, findings, dry=False)
        if ready is None:
            continue
        for path in paths:
            with collected(findings):
                job, _ = job_of(path, settings, build, ready, Wish())
                outcomes += [standing(job, ready)] if job is not None else []
    findings += [finding for outcome in outcomes for finding in outcome.findings]
    columns(rows)
    _table(outcomes)
    end(findings, form)


def _write_ids(outcomes: Sequence[Outcome], findings: list[Diagnostic]) -> None:
    from pubtool.depositing import write_ids

    for outcome in outcomes:
        with collected(findings):
            findings += write_ids(outcome)


def _table(outcomes: Sequence[Outcome]) -> None:
    rows = []
    for outcome in outcomes:
        where = outcome.facts.get("doi") or outcome.facts.get("link") or outcome.facts.get("id", "")
        rows.append((outcome.job.edition.chapter.file, outcome.state, where))
    columns(rows)
