"""How commands find their chapters, and the formats they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.settings import Settings


def projects(
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
            findings.append(_nothing_in(settings.file or str(Path.cwd())))
        yield settings, [_shown(path) for path in chapters]
        return
    projects: dict[Path, tuple[Settings, list[Path]]] = {}
    for source in sources:
        place = source.resolve()
        root = config.project_root(source) or (place if source.is_dir() else place.parent)
        if root not in projects:
            settings, said = config.load(source)
            findings += said
            projects[root] = (settings, [])
        projects[root][1].extend(_chapters(source, findings) if source.is_dir() else [source])
    yield from projects.values()


def _chapters(folder: Path, findings: list[Diagnostic]) -> list[Path]:
    """The chapters of a folder: of a project those it names, otherwise its XML files (PT008)."""
    from pubtool import config

    settings, _ = config.load(folder)
    own = bool(settings.file) and settings.root == folder.resolve()
    globs = settings.project.chapters if own else ("*.xml",)
    chapters = sorted({path for glob in globs for path in folder.glob(glob)})
    if not chapters:
        findings.append(_nothing_in(str(folder)))
    return chapters


def _nothing_in(where: str) -> Diagnostic:
    return found("PT008", Place(where), "there are no chapters here")


def build_folder(settings: Settings, named: bool) -> Path:
    """`build` beside pubtool.toml; for chapters of no project, in the current folder."""
    return _shown(settings.root / settings.project.build) if settings.file else Path("build")


def distinct(
    chapters: Iterable[Path],
    findings: list[Diagnostic],
    named: Callable[[Path], str] | None = None,
) -> list[Path]:
    """The chapters whose artifacts would not overwrite those of an earlier one (PT009).

    `named` gives the name results of a chapter share; by default its stem.
    """
    from pubtool.outcome import stem_of

    seen: dict[str, Path] = {}
    for path in chapters:
        first = seen.setdefault((named or stem_of)(path), path)
        if first is not path:
            message = f"its results would overwrite those of {first}"
            findings.append(found("PT009", Place(str(path)), message))
    return list(seen.values())


def progress(chapters: Sequence[Path], doing: str) -> Iterable[Path]:
    """The chapters one by one; with a progress bar if there are several and a terminal."""
    if len(chapters) < 2 or not sys.stderr.isatty():
        return chapters
    from rich.console import Console
    from rich.progress import track

    return track(chapters, description=doing, console=Console(stderr=True))


def format_names(wanted: str) -> tuple[list[str], frozenset[str]]:
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


def _shown(path: Path) -> Path:
    """The path as the user would type it here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
