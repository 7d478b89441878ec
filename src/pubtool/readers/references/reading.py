"""A list of references read in one style."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from pubtool.readers.references import apa, chicago, harvard, mla, vancouver
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.parts import kind_of_whole, links
from pubtool.readers.references.people import families_of
from pubtool.readers.references.written import Written

Grammar = Callable[[Written, Facts, Collection[str]], bool]
GRAMMARS: dict[str, Grammar] = {
    "apa": apa.parse,
    "chicago": chicago.parse,
    "chicago-notes": chicago.parse,
    "mla": mla.parse,
    "harvard": harvard.parse,
    "vancouver": vancouver.parse,
}
# No reference is longer; a paragraph that is was not meant as one.
LONGEST = 1500
_SAME = re.compile(
    r"(?:[—⸺⸻_–-]{2,}|⸻|⸺)(?:, et al\.?)?(?:,\s*(?P<role>eds?|editors?)\.?)?[.,]?\s*"
)


def read_list(entries: Sequence[Written], style: str) -> list[Facts]:
    """The fields of each entry. Family names known from one help to part those of another."""
    first = [read_one(w, style) for w in entries]
    families = {f for facts in first for f in families_of(facts.names) if " " in f}
    found = [read_one(w, style, families) for w in entries] if families else first
    for before, after, w in zip(found, found[1:], entries[1:], strict=False):
        if dash := _SAME.match(w.text):
            _repeat(before, after, "editor" if dash["role"] else "author")
    return found


def read_one(w: Written, style: str, families: Collection[str] = ()) -> Facts:
    """The fields of one entry; none where it is not in this style, or is a whole page long."""
    facts = Facts()
    if len(w.text) > LONGEST:
        return facts
    if dash := _SAME.match(w.text):
        w = w[dash.end() :]
    if not GRAMMARS[style](links(w, facts), facts, families):
        return Facts()
    return facts


def _repeat(before: Facts, after: Facts, role: str) -> None:
    """A long dash stands for the names that begin the entry before."""
    leading = [n for n in before.names if n.role == before.names[0].role]
    names = [replace(name, role=role) for name in leading]
    after.names[:0] = names
    after.sure |= {name.role: 0.95 for name in names}
    if after.type == "book":
        after.type = kind_of_whole(after)
