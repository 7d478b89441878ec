"""`pubtool export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from pubtool.cli.projects import build_folder, distinct, format_names, projects
from pubtool.cli.said import columns, end, form_option, show, size
from pubtool.diagnostics import Diagnostic, collected
from pubtool.settings import JATS_PROFILES, JATS_VERSIONS, Settings
from pubtool.storage import shown

if TYPE_CHECKING:
    from pubtool.outcome import Done, Job, Outcome

Planned: TypeAlias = "tuple[list[Job], list[Diagnostic]]"
_LEVELS = ("quick", "full", "none")
_OVERRIDES = (
    click.option(
        "--csl", metavar="STYLE", help="Restyle citations: apa, chicago-author-date, mla …"
    ),
    click.option("--jats-version", type=click.Choice(JATS_VERSIONS), help="[default: 1.3]"),
    click.option(
        "--profile",
        type=click.Choice(JATS_PROFILES),
        help="The receiver whose rules JATS and BITS are held to.  [default: generic]",
    ),
    click.option("--trim", help='Size of pages in print: "A5", "6x9in", "16x24cm".'),
    click.option("--bleed", help='Bleed in print, such as "3mm".'),
    click.option("--marks/--no-marks", default=None, help="Crop and registration marks in print."),
    click.option(
        "--time-limit",
        type=click.IntRange(min=1),
        metavar="SECONDS",
        help="Time for one chapter.  [default: 600]",
    ),
)
_MANY = (
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Chapters at a time.  [default: one a core, fewer where memory is short]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Export on the Dask cluster of this scheduler: tcp://host:8786.",
    ),
    click.option("--fail-fast", is_flag=True, help="Begin no chapter after one has failed."),
    click.option("--no-cache", is_flag=True, help="Make everything anew, though nothing changed."),
    click.option(
        "--watch", is_flag=True, help="Stay, and export what is changed; end with Ctrl-C."
    ),
    click.option(
        "--report",
        is_flag=True,
        help="Write report.json and report.junit.xml even for one chapter.",
    ),
)


def _options(options: Sequence[Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Several options as one decorator."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option(
    "-f",
    "--format",
    "wanted",
    metavar="NAME[,NAME…]",
    help='Formats to make, "metadata" or "all"; default: those of pubtool.toml. '
    "See pubtool formats.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the results.  [default: build]",
)
@click.option(
    "--check",
    "level",
    type=click.Choice(_LEVELS),
    help="How much the results are checked.  [default: full]",
)
@_options(_OVERRIDES)
@_options(_MANY)
@click.option(
    "--write-pages", is_flag=True, help="Write first and last page of the PDF into the chapters."
)
@form_option
def export(
    sources: tuple[Path, ...],
    jobs: int | None,
    scheduler: str | None,
    fail_fast: bool,
    watch: bool,
    report: bool,
    form: str,
    **asked: Any,
) -> None:
    """Export chapters to JATS, HTML, PDF, EPUB and other formats.

    Without SOURCE, the chapters of the project are exported; a folder stands for the chapters in
    it. What has not changed since it was last exported is not made again.
    """
    from pubtool.cli.exporting import Crew, Run, carry_out, interrupted, write_reports

    def plan() -> tuple[list[Job], list[Diagnostic]]:
        said: list[Diagnostic] = []
        planned: list[Job] = []
        with collected(said):
            planned.extend(_jobs(sources, said, **asked))
        return planned, said

    crew, run, findings = Crew(jobs, scheduler), Run([]), list[Diagnostic]()
    try:
        for jobs_now, findings in _watched(plan) if watch else [plan()]:
            run = Run(jobs_now)
            with collected(findings):
                carry_out(run, crew, fail_fast=fail_fast)
            if report or len(run.jobs) > 1:
                write_reports(run)
            _tell(run.results, run.summary() if len(run.jobs) > 1 else "")
            findings += [finding for done in run.results for finding in done.findings]
            if watch:
                show(findings, form)
        crew.dismiss()
    except KeyboardInterrupt:
        interrupted(run, crew)
    end(findings, form)


def _watched(plan: Callable[[], Planned]) -> Iterator[Planned]:
    from pubtool.cli.watching import watched  # late: what it needs is loaded while a PDF is begun

    return watched(plan)


def _jobs(
    sources: Sequence[Path],
    findings: list[Diagnostic],
    *,
    wanted: str | None,
    output: Path | None,
    level: str | None,
    write_pages: bool,
    no_cache: bool,
    **overriding: Any,
) -> Iterator[Job]:
    """What is to be done: a job a chapter."""
    from pubtool.outcome import Job

    for project, chapters in projects(sources, findings):
        settings = _overridden(project, **overriding)
        asked = wanted.split(",") if wanted else settings.project.formats
        names = tuple(name.strip() for name in asked if name.strip())
        if write_pages and not {"pdf", "print"} & set(format_names(",".join(names))[0]):
            raise click.UsageError("--write-pages counts the pages of a PDF: give --format pdf too")
        folder = output or build_folder(settings, bool(sources))
        for path in distinct(chapters, findings):
            yield Job(
                path=path,
                asked=names,
                settings=settings,
                out=folder,
                level=level or settings.check.level,
                write_pages=write_pages,
                cached=not no_cache,
            )


def _overridden(
    settings: Settings,
    *,
    csl: str | None,
    jats_version: str | None,
    profile: str | None,
    time_limit: int | None,
    **press: Any,
) -> Settings:
    """The settings, changed by what the command line says instead of pubtool.toml."""
    if csl is not None:
        settings = replace(settings, citations=replace(settings.citations, style=csl))
    if time_limit is not None:
        settings = replace(settings, limits=replace(settings.limits, chapter_seconds=time_limit))
    said = {name: value for name, value in press.items() if value is not None}
    settings = replace(settings, print=replace(settings.print, **said))
    return settings.with_jats(jats_version, profile)


def _tell(results: Sequence[Done], summary: str) -> None:
    """The table of artifacts, and of several chapters the run in a line."""
    columns([_row(done, outcome) for done in results for outcome in done.outcomes])
    if summary:
        click.echo(summary)


def _row(done: Done, outcome: Outcome) -> tuple[str, ...]:
    said = {True: "passed", False: "failed", None: "not checked"}
    took = "unchanged" if done.cached else f"{outcome.seconds:.2f} s"
    return shown(outcome.path), size(outcome.size), said[outcome.passed], took
