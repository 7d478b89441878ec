"""The command line. Results go to standard output, diagnostics to standard error.

Exit codes: 0 clean · 1 errors found · 2 wrong usage · 3 an engine is missing or failed.
Everything heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pubtool import __version__
from pubtool.diagnostics import (
    Diagnostic,
    Place,
    PubtoolError,
    ToolFailed,
    ToolMissing,
    Unreadable,
    errors,
    found,
    in_order,
)

if TYPE_CHECKING:
    from pubtool.pipeline import Outcome
    from pubtool.settings import Settings

FORMS = ("concise", "full", "json", "github", "sarif")
_LEVELS = ("quick", "full", "none")

_form = click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMS),
    default="concise",
    show_default=True,
    help="How diagnostics are printed.",
)


class _Commands(click.Group):
    """Commands in the order of the work, and failures as messages instead of tracebacks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Unreadable as error:
            _print([error.finding], "concise", hints=True)
            ctx.exit(error.exit_code)
        except PubtoolError as error:
            _print([as_finding(error)], "concise", hints=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            _print([_unwritable(error)], "concise", hints=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pubtool")
def main() -> None:
    """Publish chapters of edited volumes: one XML chapter becomes JATS, PDF, EPUB and HTML.

    Nothing is lost or invented silently: every export is checked, and whatever pubtool finds is
    told with its place and what to do. "pubtool explain ID" says more.
    """


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a project in FOLDER that can be exported at once."""
    from pubtool.scaffold import scaffold

    for path in scaffold(folder):
        click.echo(path)
    click.echo(f"Next: cd {folder} && pubtool export --format all", err=True)


@main.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: standard output.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@_form
def import_(file: Path, output: Path | None, force: bool, form: str) -> None:
    """Turn a manuscript FILE into a canonical chapter.

    Every word of the manuscript is in the chapter or in a diagnostic.
    """
    from pubtool import config
    from pubtool.readers import read

    settings, findings = config.load(file)
    if output is not None and output.exists() and not force:
        _end([*findings, found("PT607", Place(str(output)), "the file exists already")], form)
    imported = None
    with _collected(findings):
        imported = read(file, settings)
    if imported is None:
        _end(findings, form)
    findings += imported.findings
    if output is None:
        sys.stdout.buffer.write(imported.data)
    else:
        from pubtool.files import write_whole

        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, imported.data)
        click.echo(output)
    _end(findings, form)


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@_form
def check(sources: tuple[Path, ...], form: str) -> None:
    """Say what needs a decision in chapters, or what is wrong with finished files.

    Without SOURCE, the chapters of the project are checked.
    """
    from pubtool import pipeline, report

    findings: list[Diagnostic] = []
    for settings, chapters in _projects(sources, findings):
        for path in chapters:
            with _collected(findings):
                findings += pipeline.examine(path, settings)
    if form in ("json", "sarif", "github"):
        click.echo(report.FORMS[form](in_order(findings)), nl=False)
        sys.exit(_exit_code(findings))
    click.echo(report.summary(findings))
    _end(findings, form)


@main.command()
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
@click.option("--csl", metavar="STYLE", help="Restyle citations: apa, chicago-author-date, mla …")
@_form
def export(
    sources: tuple[Path, ...],
    wanted: str | None,
    output: Path | None,
    level: str | None,
    csl: str | None,
    form: str,
) -> None:
    """Export chapters to JATS, HTML, PDF, EPUB and other formats.

    Without SOURCE, the chapters of the project are exported.
    """
    from pubtool import pipeline

    names = _format_names(wanted) if wanted else None
    findings: list[Diagnostic] = []
    outcomes: list[Outcome] = []
    for settings, chapters in _projects(sources, findings):
        if csl is not None:
            settings = replace(settings, citations=replace(settings.citations, style=csl))
        chosen, optional = names or _format_names(",".join(settings.project.formats))
        folder = output or _build_folder(settings, bool(sources))
        for path in _progress(_distinct(chapters, findings)):
            with _collected(findings):
                for result in pipeline.export(
                    path, chosen, settings, folder, level or settings.check.level, optional
                ):
                    if isinstance(result, Diagnostic):
                        findings.append(result)
                    else:
                        outcomes.append(result)
                        findings.extend(result.findings)
    _table(outcomes)
    _end(findings, form)


@main.command()
def formats() -> None:
    """List the formats pubtool can write."""
    from pubtool.formats import formats as known

    rows = [(f.name, f"<stem>{f.suffix}", f.title) for f in known().values()]
    _columns(rows)


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Explain the diagnostic with the id RULE: why it matters, and what to do."""
    from pubtool.catalogue import CATALOGUE
    from pubtool.source import nearest

    entry = CATALOGUE.get(rule.upper())
    if entry is None:
        raise click.UsageError(f"there is no “{rule}”{nearest(rule.upper(), list(CATALOGUE))}")
    click.echo(
        f"{entry.id}: {entry.title} ({entry.severity})\n\n{entry.why}\n\n"
        f"Bad:  {entry.bad}\nGood: {entry.good}\n\nWhat to do: {entry.hint}"
    )


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
def doctor(sources: tuple[Path, ...]) -> None:
    """Show the version of every engine, the fonts, and how to mend what is missing.

    With SOURCE, or in a project, the fonts are compared with the letters of the chapters.
    """
    from pubtool.doctor import examine

    findings: list[Diagnostic] = []
    chapters = [path for _, paths in _projects(sources, findings) for path in paths]
    rows = examine(chapters)
    _columns([(row.name, row.state, row.remedy) for row in rows])
    if any(row.missing for row in rows):
        sys.exit(ToolMissing.exit_code)


# ── how commands find their chapters ──


def _projects(
    sources: Sequence[Path], findings: list[Diagnostic]
) -> Iterator[tuple[Settings, list[Path]]]:
    """The chapters to work on, grouped by the project they belong to."""
    from pubtool import config

    if not sources:
        settings, said = config.load(Path())
        findings += said
        chapters = sorted(
            {p for glob in settings.project.chapters for p in settings.root.glob(glob)}
        )
        if not chapters:
            where = settings.file or str(Path.cwd())
            findings.append(found("PT008", Place(where), "there are no chapters here"))
        yield settings, [_shown(path) for path in chapters]
        return
    projects: dict[Path, tuple[Settings, list[Path]]] = {}
    for source in sources:
        root = config.project_root(source) or source.resolve().parent
        if root not in projects:
            settings, said = config.load(source)
            findings += said
            projects[root] = (settings, [])
        projects[root][1].append(source)
    yield from projects.values()


def _shown(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _build_folder(settings: Settings, named: bool) -> Path:
    """`build` beside pubtool.toml; for chapters of no project, in the current folder."""
    return _shown(settings.root / settings.project.build) if settings.file else Path("build")


def _distinct(chapters: Iterable[Path], findings: list[Diagnostic]) -> list[Path]:
    """The chapters whose artifacts would not overwrite those of an earlier one (PT009)."""
    from pubtool.pipeline import stem_of

    seen: dict[str, Path] = {}
    for path in chapters:
        first = seen.setdefault(stem_of(path), path)
        if first is not path:
            message = f"its results would overwrite those of {first}"
            findings.append(found("PT009", Place(str(path)), message))
    return list(seen.values())


def _format_names(wanted: str) -> tuple[list[str], frozenset[str]]:
    """The formats asked for, and those of them asked for only through a group."""
    from pubtool.formats import expanded
    from pubtool.formats import formats as known
    from pubtool.source import nearest

    names, optional = expanded(name.strip() for name in wanted.split(",") if name.strip())
    for name in names:
        if name not in known():
            hint = nearest(name, list(known()))
            raise click.UsageError(f"there is no format “{name}”{hint} See: pubtool formats")
    return names, optional


# ── what commands print ──


@contextmanager
def _collected(findings: list[Diagnostic]) -> Iterator[None]:
    """Turn a failure on one chapter into a finding, so that the next chapter is still done."""
    try:
        yield
    except Unreadable as error:
        findings.append(error.finding)
    except (ToolMissing, ToolFailed) as error:
        findings.append(as_finding(error))
    except OSError as error:
        findings.append(_unwritable(error))


def as_finding(error: PubtoolError) -> Diagnostic:
    """An engine's failure as a finding (PT901, PT902)."""
    rule = "PT901" if isinstance(error, ToolMissing) else "PT902"
    return found(rule, Place("pubtool"), error.message, hint=error.hint)


def _unwritable(error: OSError) -> Diagnostic:
    """A file that the machine would not let us write, as a finding (PT903)."""
    return found("PT903", Place(str(error.filename or "pubtool")), error.strerror or str(error))


def _exit_code(findings: Iterable[Diagnostic]) -> int:
    wrong = errors(findings)
    if any(finding.rule in ("PT901", "PT902") for finding in wrong):
        return ToolMissing.exit_code
    return 1 if wrong else 0


def _end(findings: Sequence[Diagnostic], form: str) -> NoReturn:
    _print(findings, form)
    sys.exit(_exit_code(findings))


def _print(findings: Sequence[Diagnostic], form: str, *, hints: bool = False) -> None:
    from pubtool import report

    if not findings and form not in ("json", "sarif"):
        return
    click.echo(report.FORMS[form](in_order(findings)), nl=False, err=True)
    if form == "concise":
        # How to install what is missing is always said; other hints, where the work stopped.
        urgent = [d for d in findings if hints or d.rule == "PT901"]
        for hint in dict.fromkeys(d.hint for d in urgent if d.hint):
            click.echo(f"  {hint}", err=True)


def _progress(chapters: Sequence[Path]) -> Iterable[Path]:
    """The chapters one by one; with a progress bar if there are several and a terminal."""
    if len(chapters) < 2 or not sys.stderr.isatty():
        return chapters
    from rich.console import Console
    from rich.progress import track

    return track(chapters, description="Exporting", console=Console(stderr=True))


def _table(outcomes: Sequence[Outcome]) -> None:
    said = {True: "passed", False: "failed", None: "not checked"}
    _columns([(str(o.path), _size(o.size), said[o.passed], f"{o.seconds:.2f} s") for o in outcomes])


def _size(size: int) -> str:
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows as columns, without blanks at the ends of lines."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip())
