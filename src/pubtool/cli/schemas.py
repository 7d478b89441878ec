"""`pubtool schemas`."""

from __future__ import annotations

from pathlib import Path

import click

from pubtool.cli.said import columns, end, form_option
from pubtool.diagnostics import Diagnostic, collected


@click.group()
def schemas() -> None:
    """Add official schemas that JATS and BITS are held to, and list them.

    JATS 1.3 comes with pubtool. JATS 1.4 and BITS 2 are for everybody to download from
    jats.nlm.nih.gov, but not for others to hand on.
    """


@schemas.command(name="add")
@click.argument("file", type=click.Path(path_type=Path))
@form_option
def schemas_add(file: Path, form: str) -> None:
    """Register the DTDs in the ZIP file FILE: JATS 1.4, BITS 2.x."""
    from pubtool import suites

    findings: list[Diagnostic] = []
    with collected(findings):
        columns([(s.name, s.sha256, s.public) for s in suites.add(file)])
    end(findings, form)


@schemas.command(name="list")
def schemas_list() -> None:
    """List the schemas that have been registered, with the sha256 of the ZIP they came in."""
    from pubtool import suites

    columns([(s.name, s.sha256, s.public) for s in suites.registered()])
