"""Writes the crosswalk table of docs/metadata.md from the tables the writers use."""

from __future__ import annotations

import sys
from pathlib import Path

from pubtool.writers import metadata_crossref as crossref
from pubtool.writers import metadata_csl as csl
from pubtool.writers import metadata_datacite as datacite
from pubtool.writers import metadata_dublin as dublin
from pubtool.writers import metadata_marc as marc
from pubtool.writers import metadata_mods as mods
from pubtool.writers import metadata_onix as onix
from pubtool.writers import metadata_text as text
from pubtool.writers import metadata_web as web
from pubtool.writers.crosswalk import MUST, SHOULD, Target
from pubtool.writers.crosswalk_facts import FACTS

PAGE = Path(__file__).with_name("metadata.md")
START, END = "<!-- the crosswalk, made by docs/metadata.py -->", "<!-- end of the crosswalk -->"
COLUMNS: dict[str, Target] = {
    "Crossref": crossref.WHOLE,
    "DataCite": datacite.XML,
    "ONIX": onix.TARGET,
    "MARC": marc.TARGET,
    "MODS": mods.TARGET,
    "OAI-DC": dublin.SIMPLE,
    "QDC": dublin.QUALIFIED,
    "CSL-JSON": csl.TARGET,
    "BibTeX": text.BIBTEX,
    "RIS": text.RIS,
    "schema.org": web.SCHEMA_ORG,
    "Highwire": web.HIGHWIRE,
    "COinS": web.COINS,
}
MARKS = {MUST: "**{}**", SHOULD: "*{}*"}


def cell(target: Target, fact: str) -> str:
    """The fields of a target that hold a fact: must fields bold, expected ones in italics."""
    rows = [row for row in target.table if row.source == fact]
    return "<br>".join(MARKS.get(row.need, "{}").format(f"`{row.target}`") for row in rows)


def table() -> str:
    """The crosswalk: a row a fact, a column a target."""
    head = f"| fact | {' | '.join(COLUMNS)} |\n|---|{'---|' * len(COLUMNS)}\n"
    rows = [(fact, [cell(target, fact) for target in COLUMNS.values()]) for fact in FACTS]
    return head + "".join(
        f"| {fact} | {' | '.join(cells)} |\n" for fact, cells in rows if any(cells)
    )


def page() -> str:
    """The page with its table made anew."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.name}\n")
