"""`pubtool export`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubtool.cli.projects import build_folder, distinct, format_names, progress, projects
from pubtool.cli.said import columns, end, form_option, size
from pubtool.diagnostics import Diagnostic, collected
from pubtool.settings import JATS_PROFILES, JATS_VERSIONS, Settings

if TYPE_CHECKING:
    from pubtool.pipeline import Outcome

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
)


def _overrides(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that change a setting of pubtool.toml for one run."""
    for option in reversed(_OVERRIDES):
        command = option(command)
    return command


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
@_overrides
@click.option(
    "--write-pages", is_flag=True, help="Write first and last page of the PDF into the chapters."
)
@form_option
def export(
    sources: tuple[Path, ...],
    wanted: str | None,
    output: Path | None,
    level: str | None,
    write_pages: bool,
    form: str,
    **overriding: Any,
) -> None:
    """Export chapters to JATS, HTML, PDF, EPUB and other formats.

    Without SOURCE, the chapters of the project are exported.
    """
    from pubtool import pipeline

    names = format_names(wanted) if wanted else None
    findings: list[Diagnostic] = []
    outcomes: list[Outcome] = []
    for project, chapters in projects(sources, findings):
        settings = _overridden(project, **overriding)
        chosen, optional = names or format_names(",".join(settings.project.formats))
        if write_pages and not {"pdf", "print"} & set(chosen):
            raise click.UsageError("--write-pages counts the pages of a PDF: give --format pdf too")
        folder = output or build_folder(settings, bool(sources))
        for path in progress(distinct(chapters, findings), "Exporting"):
            with collected(findings):
                for result in pipeline.export(
                    path, chosen, settings, folder, level or settings.check.level, optional
                ):
                    if isinstance(result, Diagnostic):
                        findings.append(result)
                    else:
                        outcomes.append(result)
                        findings.extend(result.findings)
                        if write_pages:
                            _write_pages(path, result)
    _table(outcomes)
    end(findings, form)


def _overridden(
    settings: Settings,
    *,
    csl: str | None,
    jats_version: str | None,
    profile: str | None,
    **press: Any,
) -> Settings:
    """The settings, changed by what the command line says instead of pubtool.toml."""
    if csl is not None:
        settings = replace(settings, citations=replace(settings.citations, style=csl))
    said = {name: value for name, value in press.items() if value is not None}
    settings = replace(settings, print=replace(settings.print, **said))
    return settings.with_jats(jats_version, profile)


def _write_pages(path: Path, outcome: Outcome) -> None:
    from pubtool import pipeline

    pages = pipeline.write_pages(path, outcome)
    if pages is not None:
        said = f"{path}: pages {pages.first} to {pages.last}; export again for formats that tell"
        click.echo(said, err=True)


def _table(outcomes: Sequence[Outcome]) -> None:
    said = {True: "passed", False: "failed", None: "not checked"}
    columns([(str(o.path), size(o.size), said[o.passed], f"{o.seconds:.2f} s") for o in outcomes])
