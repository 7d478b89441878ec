"""`pubtool cache`."""

from __future__ import annotations

import click

from pubtool.cli.said import columns


@click.group(invoke_without_command=True)
@click.pass_context
def cache(ctx: click.Context) -> None:
    """Show where results of earlier runs are kept, and how much room they take.

    [cache] megabytes in pubtool.toml is the most that is kept; what was not used for the longest
    time goes first.
    """
    from pubtool import files, store

    if ctx.invoked_subcommand is None:
        click.echo(files.cache_folder())
        columns([(p.name, f"{p.files} files", f"{p.size / 1e6:.1f} MB") for p in store.parts()])


@cache.command(name="clear")
def cache_clear() -> None:
    """Remove everything that is kept; it is made again when it is needed."""
    from pubtool import store

    size = sum(part.size for part in store.parts())
    store.clear()
    click.echo(f"removed {size / 1e6:.1f} MB")
