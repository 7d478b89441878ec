"""`pubtool formats`."""

from __future__ import annotations

import click

from pubtool.cli.said import columns


@click.command()
def formats() -> None:
    """List the formats pubtool can write."""
    from pubtool.formats import formats as known

    rows = [(f.name, f"<stem>{f.suffix}", f.title) for f in known().values()]
    columns(rows)
