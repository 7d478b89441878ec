"""`pubtool new`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a project in FOLDER that can be exported at once."""
    from pubtool.scaffold import scaffold

    for path in scaffold(folder):
        click.echo(path)
    click.echo(f"Next: cd {folder} && pubtool export --format all", err=True)
