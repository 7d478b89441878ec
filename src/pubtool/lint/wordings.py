"""Citations as people write them, in words: "(Aliyev, 2009, p. 186; Demir & Kaya, 1999)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pubtool.lint.passages import Passage
from pubtool.model import Reference
from pubtool.text import fold

_YEAR = r"(?:1[4-9]|20)\d\d[a-z]?|n\.d\."
# Bounded, so that no text makes the search long.
BRACKETED = re.compile(rf"\(([^()]{{0,500}}?\b(?:{_YEAR})\b[^()]{{0,500}})\)")
_ITEM = re.compile(
    r"(?:(?:see|cf\.|e\.g\.,?|bkz\.|bax|vgl\.|siehe|voir)\s+(?:also\s+)?)?"
    rf"(?P<who>[^\W\d_a-z][^;]*?)(?P<comma>,?)\s+(?P<year>{_YEAR})(?P<rest>$|[,:].*)",
    re.S,
)
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2})?$"
)
_FIRST = re.compile(r"\s*(?:,|&|\bet al|\band\b|\bund\b|\bvd\.|\bve\b|\bvə\b|\bet\b|\by\b|\bи\b)")
_IN_WORDING = re.compile(rf"[(\s]({_YEAR})\b")


@dataclass(frozen=True, slots=True)
class Wording:
    """One source named in a bracket: whom, when, the rest, and where it stands."""

    who: str
    year: str
    rest: str
    start: int


def cited_in(p: Passage) -> Iterator[Wording]:
    """What a passage cites in words that no `<cite>` holds."""
    for bracket in BRACKETED.finditer(p.text):
        if p.inside(bracket.start() + 1, "cite") is None:
            yield from items(bracket[1], bracket.start(1))


def items(text: str, offset: int = 0) -> Iterator[Wording]:
    """The sources named between two brackets."""
    for part in re.finditer(r"[^;]+", text):
        stripped = part[0].strip()
        m = _ITEM.fullmatch(stripped)
        if m and _names_somebody(m):
            yield Wording(m["who"], m["year"], m["rest"].strip(" ,:"), offset + part.start())


def _names_somebody(m: re.Match[str]) -> bool:
    """A name before the year: with a comma, or of at most three words; and not a date."""
    short = len(m["who"].split()) <= 3
    return (bool(m["comma"]) or short) and not _MONTH.search(m["who"])


class Index:
    """The references by year, to be found by the name a citation gives."""

    def __init__(self, references: tuple[Reference, ...]) -> None:
        self.by_year: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
        for reference in references:
            lead = fold(lead_of(reference))
            for year in {year_of(reference), year_of(reference)[:4]}:
                self.by_year[year].append((f"{lead} ", reference))

    def find(self, who: str, year: str) -> list[Reference]:
        """The references that a name and a year can mean."""
        whole, first = fold(who), fold(_FIRST.split(who, maxsplit=1)[0])
        there = self.by_year.get(year, [])
        exact = [r for lead, r in there if lead.startswith(f"{whole} ")]
        return exact or [r for lead, r in there if first and lead.startswith(f"{first} ")]


def year_of(reference: Reference) -> str:
    """The year as printed; of a reference without fields, the first in its wording."""
    if reference.year:
        return reference.year
    m = _IN_WORDING.search(reference.as_written)
    return m[1] if m else ""


def lead_of(reference: Reference) -> str:
    """What a reference is filed under: its first name, else what its wording begins with."""
    if reference.names:
        first = reference.names[0]
        return first.collab or f"{first.family} {first.given}"
    return re.split(rf"\(|\b(?:{_YEAR})\b", reference.as_written, maxsplit=1)[0]
