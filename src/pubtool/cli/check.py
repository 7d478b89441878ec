"""`pubtool check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool.cli.projects import projects
from pubtool.cli.said import columns, exit_code, form_option, show
from pubtool.diagnostics import Diagnostic, collected, in_order

if TYPE_CHECKING:
    from pubtool.lint.author_page import Part


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option("--fix", is_flag=True, help="Put right what cannot change meaning; show the changes.")
@click.option("--diff", is_flag=True, help="With --fix: only show what would be changed.")
@click.option("--report", "page", type=click.Path(path_type=Path), help="Page for the author.")
@form_option
def check(sources: tuple[Path, ...], fix: bool, diff: bool, page: Path | None, form: str) -> None:
    """Say what needs a decision in chapters, or what is wrong with finished files.

    Without SOURCE, the chapters of the project are checked.
    """
    from pubtool import examination, report

    if diff and not fix:
        raise click.UsageError("--diff says what --fix would change: give both")
    for_programs = form in ("json", "sarif", "github")
    findings: list[Diagnostic] = []
    parts: list[Part] = []
    for settings, chapters in projects(sources, findings):
        for path in chapters:
            here: list[Diagnostic] = []
            with collected(here):
                if fix:
                    shown = examination.put_right(path, settings, write=not diff)
                    click.echo(shown, nl=False, err=for_programs)
                here += examination.examine(path, settings)
            findings += here
            parts += [examination.for_author(path, settings, here)] if page else []
    if page is not None:
        _write_page(page, parts)
    if for_programs:
        click.echo(report.FORMS[form](in_order(findings)), nl=False)
        sys.exit(exit_code(findings))
    show(findings, form)
    families = report.by_family(findings)
    columns(families if len(families) > 1 else [])
    click.echo(report.summary(findings))
    sys.exit(exit_code(findings))


def _write_page(page: Path, parts: Sequence[Part]) -> None:
    from pubtool import config
    from pubtool.files import write_whole
    from pubtool.lint.author_page import page as author_page

    page.parent.mkdir(parents=True, exist_ok=True)
    root = config.project_root(Path()) or Path()
    write_whole(page, author_page(parts, root).encode("utf-8"))
