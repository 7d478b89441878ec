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
from typing import TYPE_CHECKING, Any, NoReturn

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
from pubtool.settings import JATS_PROFILES, JATS_VERSIONS

if TYPE_CHECKING:
    from pubtool.lint.author_page import Part
    from pubtool.pipeline import Outcome
    from pubtool.readers import Imported
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
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file; or a folder, for every chapter of a book.  [default: standard output]",
)
@click.option("--part", default="", metavar="NAME", help="One chapter of a book, by its name.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.option(
    "--bibliography",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A .bib, .ris or CSL-JSON file with references of the manuscript.",
)
@click.option(
    "--track-changes",
    type=click.Choice(("all", "accept", "reject")),
    help="Tracked changes: keep all as queries, accept or reject them.  [default: all]",
)
@_form
def import_(
    file: Path,
    output: Path | None,
    part: str,
    force: bool,
    bibliography: tuple[Path, ...],
    track_changes: str | None,
    form: str,
) -> None:
    """Turn a manuscript FILE into a canonical chapter, or a book into its chapters.

    Every word of the manuscript is in the chapter or in a diagnostic.

    References are taken apart and citations linked. With --bibliography, references of the
    manuscript's list that the file knows get the file's fields, keeping their wording, and those
    that only the file has are added if the text cites them. A .bib, .ris or .json FILE alone
    becomes a list of references.
    """
    from pubtool import config
    from pubtool.readers import read, read_all

    settings, findings = config.load(file)
    settings = _with_bibliography(settings, bibliography)
    if track_changes:
        settings = replace(settings, import_=replace(settings.import_, track_changes=track_changes))
    folder = output is not None and (output.is_dir() or not output.suffix)
    if output is not None and output.is_file() and not force:
        _end([*findings, found("PT607", Place(str(output)), "the file exists already")], form)
    imported: list[Imported] = []
    with _collected(findings):
        every = folder and not part
        imported = read_all(file, settings) if every else [read(file, settings, part)]
    for chapter in imported:
        findings += chapter.findings
        if output is None:
            sys.stdout.buffer.write(chapter.data)
            findings += [_unwritten(name) for name in chapter.files]
        else:
            name = f"{chapter.stem or file.stem}.xml"
            path = output / name if folder else output
            if all(
                _free(path.parent / image, data, force, findings)
                for image, data in chapter.files.items()
            ):
                for image, data in chapter.files.items():
                    _keep(path.parent / image, data, True, findings)
                _keep(path, chapter.data, force, findings)
    _end(findings, form)


def _free(path: Path, data: bytes, force: bool, findings: list[Diagnostic]) -> bool:
    """False, and a finding (PT607), if another image stands under this name."""
    if force or not path.exists() or path.read_bytes() == data:
        return True
    findings.append(found("PT607", Place(str(path)), "the file exists already"))
    return False


def _unwritten(name: str) -> Diagnostic:
    return found("PT632", Place(name), "this image of the manuscript was not written")


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--fix", is_flag=True, help="Put right what cannot change meaning; show the changes.")
@click.option("--diff", is_flag=True, help="With --fix: only show what would be changed.")
@click.option("--report", "page", type=click.Path(path_type=Path), help="Page for the author.")
@_form
def check(sources: tuple[Path, ...], fix: bool, diff: bool, page: Path | None, form: str) -> None:
    """Say what needs a decision in chapters, or what is wrong with finished files.

    Without SOURCE, the chapters of the project are checked.
    """
    from pubtool import pipeline, report

    if diff and not fix:
        raise click.UsageError("--diff says what --fix would change: give both")
    for_programs = form in ("json", "sarif", "github")
    findings: list[Diagnostic] = []
    parts: list[Part] = []
    for settings, chapters in _projects(sources, findings):
        for path in chapters:
            here: list[Diagnostic] = []
            with _collected(here):
                if fix:
                    shown = pipeline.put_right(path, settings, write=not diff)
                    click.echo(shown, nl=False, err=for_programs)
                here += pipeline.examine(path, settings)
            findings += here
            parts += [pipeline.for_author(path, settings, here)] if page else []
    if page is not None:
        _write_page(page, parts)
    if for_programs:
        click.echo(report.FORMS[form](in_order(findings)), nl=False)
        sys.exit(_exit_code(findings))
    _print(findings, form)
    families = report.by_family(findings)
    _columns(families if len(families) > 1 else [])
    click.echo(report.summary(findings))
    sys.exit(_exit_code(findings))


def _write_page(page: Path, parts: Sequence[Part]) -> None:
    from pubtool import config
    from pubtool.files import write_whole
    from pubtool.lint.author_page import page as author_page

    page.parent.mkdir(parents=True, exist_ok=True)
    root = config.project_root(Path()) or Path()
    write_whole(page, author_page(parts, root).encode("utf-8"))


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
@click.option("--jats-version", type=click.Choice(JATS_VERSIONS), help="[default: 1.3]")
@click.option(
    "--profile",
    type=click.Choice(JATS_PROFILES),
    help="The receiver whose rules JATS and BITS are held to.  [default: generic]",
)
@click.option("--trim", help='Size of pages in print: "A5", "6x9in", "16x24cm".')
@click.option("--bleed", help='Bleed in print, such as "3mm".')
@click.option("--marks/--no-marks", default=None, help="Crop and registration marks in print.")
@click.option(
    "--write-pages", is_flag=True, help="Write first and last page of the PDF into the chapters."
)
@_form
def export(
    sources: tuple[Path, ...],
    wanted: str | None,
    output: Path | None,
    level: str | None,
    csl: str | None,
    jats_version: str | None,
    profile: str | None,
    trim: str | None,
    bleed: str | None,
    marks: bool | None,
    write_pages: bool,
    form: str,
) -> None:
    """Export chapters to JATS, HTML, PDF, EPUB and other formats.

    Without SOURCE, the chapters of the project are exported.
    """
    from pubtool import pipeline

    names = _format_names(wanted) if wanted else None
    findings: list[Diagnostic] = []
    outcomes: list[Outcome] = []
    press: dict[str, Any] = {
        k: v for k, v in (("trim", trim), ("bleed", bleed), ("marks", marks)) if v is not None
    }
    for settings, chapters in _projects(sources, findings):
        if csl is not None:
            settings = replace(settings, citations=replace(settings.citations, style=csl))
        settings = settings.with_jats(jats_version, profile)
        settings = replace(settings, print=replace(settings.print, **press))
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
                        if write_pages:
                            _write_pages(path, result)
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


@main.group()
def schemas() -> None:
    """Add official schemas that JATS and BITS are held to, and list them.

    JATS 1.3 comes with pubtool. JATS 1.4 and BITS 2 are for everybody to download from
    jats.nlm.nih.gov, but not for others to hand on.
    """


@schemas.command(name="add")
@click.argument("file", type=click.Path(path_type=Path))
@_form
def schemas_add(file: Path, form: str) -> None:
    """Register the DTDs in the ZIP file FILE: JATS 1.4, BITS 2.x."""
    from pubtool import suites

    findings: list[Diagnostic] = []
    with _collected(findings):
        _columns([(s.name, s.sha256, s.public) for s in suites.add(file)])
    _end(findings, form)


@schemas.command(name="list")
def schemas_list() -> None:
    """List the schemas that have been registered, with the sha256 of the ZIP they came in."""
    from pubtool import suites

    _columns([(s.name, s.sha256, s.public) for s in suites.registered()])


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


def _keep(path: Path, data: bytes, force: bool, findings: list[Diagnostic]) -> None:
    """Write an imported chapter, unless there is a file of that name already (PT607)."""
    from pubtool.files import write_whole

    if path.exists() and not force:
        findings.append(found("PT607", Place(str(path)), "the file exists already"))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    click.echo(path)


def _with_bibliography(settings: Settings, files: Sequence[Path]) -> Settings:
    """The settings with the files named on the command line instead of those of the project."""
    from dataclasses import replace

    if not files:
        return settings
    named = tuple(str(path.resolve()) for path in files)
    return replace(settings, project=replace(settings.project, bibliography=named))


def _write_pages(path: Path, outcome: Outcome) -> None:
    from pubtool import pipeline

    pages = pipeline.write_pages(path, outcome)
    if pages is not None:
        said = f"{path}: pages {pages.first} to {pages.last}; export again for formats that tell"
        click.echo(said, err=True)


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
