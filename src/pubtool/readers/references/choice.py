"""Which style a list of references is in, and what each of its entries says in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.readers.references.facts import Facts
from pubtool.readers.references.layouts import SIGNATURES
from pubtool.readers.references.reading import LONGEST, read_list, read_one
from pubtool.readers.references.rendering import Agreement, agreement
from pubtool.readers.references.written import Written

NAMES = {
    "apa": "APA",
    "chicago": "Chicago (author–date)",
    "chicago-notes": "Chicago (notes and bibliography)",
    "mla": "MLA",
    "harvard": "Harvard",
    "vancouver": "Vancouver",
}
_SIGNATURES = {s: tuple(re.compile(p) for p in patterns) for s, patterns in SIGNATURES.items()}
_SAMPLE, _FINALISTS = 24, 2
# What one mark of a style weighs beside the agreement of a whole entry (1.0).
_A_MARK = 0.1


@dataclass(frozen=True, slots=True)
class Read:
    """An entry: its fields, the style they were read in, and how far both agree."""

    facts: Facts
    style: str
    agreement: Agreement


def read_entries(entries: Sequence[Written]) -> tuple[str, list[Read]]:
    """The style of a list, and every entry read in it, or in the style that explains it better."""
    ranked = ranking(entries)
    style = best(entries, ranked[:_FINALISTS])
    return style, [
        _entry(w, facts, style, ranked)
        for w, facts in zip(entries, read_list(entries, style), strict=True)
    ]


def ranking(entries: Sequence[Written]) -> list[str]:
    """The styles, that first of whose marks the entries have most."""
    sample = entries[:: max(len(entries) // _SAMPLE, 1)]
    votes = {s: sum(_votes(w.text, s) for w in sample) for s in _SIGNATURES}
    return sorted(votes, key=lambda s: -votes[s])


def _votes(text: str, style: str) -> int:
    return sum(bool(pattern.search(text[:LONGEST])) for pattern in _SIGNATURES[style])


def best(entries: Sequence[Written], styles: Sequence[str]) -> str:
    """The style in which the entries, set again, are most like what was written."""
    sample = entries[:: max(len(entries) // _SAMPLE, 1)]
    scores = {s: sum(_likeness(w, s) for w in sample) for s in styles}
    return max(styles, key=lambda s: scores[s])


def _likeness(w: Written, style: str) -> float:
    facts = read_one(w, style)
    alike = agreement(w, facts, style).whole if facts.type else 0.0
    return alike + _A_MARK * _votes(w.text, style)


def _entry(w: Written, facts: Facts, style: str, ranked: Sequence[str]) -> Read:
    if facts.type:
        return Read(facts, style, agreement(w, facts, style))
    others = ((read_one(w, s), s) for s in ranked if s != style)
    reads = [Read(f, s, agreement(w, f, s)) for f, s in others if f.type]
    nothing = Read(Facts(), style, Agreement(0.0, {}, []))
    return max(reads, key=lambda r: r.agreement.whole, default=nothing)
