"""`pubtool doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pubtool.cli.projects import projects
from pubtool.cli.said import columns
from pubtool.diagnostics import Diagnostic, ToolMissing


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
def doctor(sources: tuple[Path, ...]) -> None:
    """Show the version of every engine, the fonts, and how to mend what is missing.

    With SOURCE, or in a project, the fonts are compared with the letters of the chapters.
    """
    from pubtool.doctor import examine

    findings: list[Diagnostic] = []
    chapters = [path for _, paths in projects(sources, findings) for path in paths]
    rows = examine(chapters)
    columns([(row.name, row.state, row.remedy) for row in rows])
    if any(row.missing for row in rows):
        sys.exit(ToolMissing.exit_code)
