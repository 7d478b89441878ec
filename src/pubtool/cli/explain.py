"""`pubtool explain`."""

from __future__ import annotations

import click


@click.command()
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
