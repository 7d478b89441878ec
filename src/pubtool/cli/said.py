"""What commands print: results to standard output, diagnostics to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

import click

from pubtool.diagnostics import Diagnostic, ToolMissing, errors, in_order

# An engine is missing or failed, or the machine gave up; not so a disk that is full.
_MACHINE = ("PT901", "PT902", "PT904", "PT905", "PT906", "PT907")
FORMS = ("concise", "full", "json", "github", "sarif")

form_option = click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMS),
    default="concise",
    show_default=True,
    help="How diagnostics are printed.",
)


def end(findings: Sequence[Diagnostic], form: str) -> NoReturn:
    """Print the findings and leave with their exit code."""
    show(findings, form)
    sys.exit(exit_code(findings))


def exit_code(findings: Iterable[Diagnostic]) -> int:
    """0, or 1 if a finding is an error, or 3 if an engine is missing or failed."""
    wrong = errors(findings)
    if any(finding.rule in _MACHINE for finding in wrong):
        return ToolMissing.exit_code
    return 1 if wrong else 0


def show(findings: Sequence[Diagnostic], form: str, *, hints: bool = False) -> None:
    """Print findings to standard error in one of FORMS, in order and each once."""
    from pubtool import report

    if not findings and form not in ("json", "sarif"):
        return
    click.echo(report.FORMS[form](in_order(findings)), nl=False, err=True)
    if form == "concise":
        # How to install what is missing is always said; other hints, where the work stopped.
        urgent = [d for d in findings if hints or d.rule == "PT901"]
        for hint in dict.fromkeys(d.hint for d in urgent if d.hint):
            click.echo(f"  {hint}", err=True)


def columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows as columns, without blanks at the ends of lines."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip())


def size(count: int) -> str:
    """So many bytes as people say it."""
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
