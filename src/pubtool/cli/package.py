"""`pubtool package`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool.cli.projects import build_folder, distinct, progress, projects
from pubtool.cli.said import columns, exit_code, form_option, show, size
from pubtool.diagnostics import Diagnostic, collected

if TYPE_CHECKING:
    from pubtool.packages.facts import Gap
    from pubtool.packing import Parcel


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option(
    "--for",
    "wanted",
    metavar="KIND[,KIND…]",
    required=True,
    multiple=True,
    help="dspace-saf, sword-simplezip, sword-mets, bagit, crossref, oapen, clockss, zenodo; "
    '"all" for those that can be made.',
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the results.  [default: build]",
)
@form_option
def package(
    sources: tuple[Path, ...], wanted: tuple[str, ...], output: Path | None, form: str
) -> None:
    """Pack chapters for repositories, registries and archives; nothing is sent.

    What a package holds is exported first and fully checked. Nothing is packed of a chapter with
    open queries or with a file that fails. What a receiver asks for and nobody has said is listed:
    the fact, why it is needed, where to say it. Without SOURCE, the chapters of the project are
    packed.
    """
    from pubtool.packing import Parcel, pack, package_name

    kinds, optional = _kinds(",".join(wanted))
    findings: list[Diagnostic] = []
    parcels: list[Parcel] = []
    missing: list[Gap] = []
    for settings, chapters in projects(sources, findings):
        folder = output or build_folder(settings, bool(sources))
        for path in progress(distinct(chapters, findings, package_name), "Packing"):
            with collected(findings):
                for result in pack(path, kinds, settings, folder, optional):
                    if isinstance(result, Diagnostic):
                        findings.append(result)
                    elif isinstance(result, Parcel):
                        parcels.append(result)
                    else:
                        missing.append(result)
    _tell(parcels, missing, findings, form)


def _kinds(wanted: str) -> tuple[list[str], frozenset[str]]:
    """The kinds asked for, and those of them asked for only through "all"."""
    from pubtool.packages import PACKAGES
    from pubtool.source import nearest

    asked = [name.strip() for name in wanted.split(",") if name.strip()]
    for name in asked:
        if name != "all" and name not in PACKAGES:
            hint = nearest(name, list(PACKAGES))
            raise click.UsageError(f"there is no package “{name}”{hint} See: pubtool package -h")
    named = dict.fromkeys(name for name in asked if name != "all")
    every = list(PACKAGES) if "all" in asked else list(named)
    return every, frozenset(every) - frozenset(named)


def _tell(
    parcels: Sequence[Parcel], missing: Sequence[Gap], findings: list[Diagnostic], form: str
) -> None:
    """Print packages and what is missing, and leave with the exit code of all that was found."""
    columns([(str(p.path), size(p.size), f"md5 {p.md5}") for p in parcels])
    told = [gap.finding for gap in missing]
    if form in ("concise", "full"):
        if parcels and missing:
            click.echo()
        _table(missing)
        show(findings, form)
    else:
        show([*findings, *told], form)
    sys.exit(exit_code([*findings, *told]))


def _table(missing: Sequence[Gap]) -> None:
    """What is missing: for which package, the fact, why, where to say it."""
    if missing:
        columns(
            [
                ("package", "missing", "", "why it is needed", "where to say it"),
                *((g.package, g.fact, "must" if g.must else "", g.why, g.where) for g in missing),
            ]
        )
