"""`pubtool import`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool.cli.said import end, form_option
from pubtool.diagnostics import Diagnostic, Place, collected, found
from pubtool.settings import Settings

if TYPE_CHECKING:
    from pubtool.readers import Imported


@click.command(name="import")
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
@form_option
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
    settings = _as_asked(settings, bibliography, track_changes)
    folder = output is not None and (output.is_dir() or not output.suffix)
    if output is not None and output.is_file() and not force:
        end([*findings, found("PT607", Place(str(output)), "the file exists already")], form)
    imported: list[Imported] = []
    with collected(findings):
        every = folder and not part
        imported = read_all(file, settings) if every else [read(file, settings, part)]
    for chapter in imported:
        findings += chapter.findings
        if output is None:
            findings += _print(chapter)
        else:
            name = f"{chapter.stem or file.stem}.xml"
            findings += _keep(chapter, output / name if folder else output, force)
    end(findings, form)


def _keep(chapter: Imported, path: Path, force: bool) -> list[Diagnostic]:
    """Write a chapter and its images, or nothing if a file of that name is in the way (PT607)."""
    from pubtool.files import write_whole

    images = {path.parent / name: data for name, data in chapter.files.items()}
    taken = [p for p, d in images.items() if p.exists() and p.read_bytes() != d]
    taken += [path] if path.exists() else []
    if taken and not force:
        return [found("PT607", Place(str(each)), "the file exists already") for each in taken]
    for file, data in {**images, path: chapter.data}.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
        click.echo(file)
    return []


def _print(chapter: Imported) -> list[Diagnostic]:
    """Write a chapter to standard output; its images find no place there (PT632)."""
    sys.stdout.buffer.write(chapter.data)
    return [_unwritten(name) for name in chapter.files]


def _unwritten(name: str) -> Diagnostic:
    return found("PT632", Place(name), "this image of the manuscript was not written")


def _as_asked(settings: Settings, files: Sequence[Path], track_changes: str | None) -> Settings:
    """The settings, changed by what the command line says instead of pubtool.toml."""
    if files:
        named = tuple(str(path.resolve()) for path in files)
        settings = replace(settings, project=replace(settings.project, bibliography=named))
    if track_changes:
        settings = replace(settings, import_=replace(settings.import_, track_changes=track_changes))
    return settings
