"""One spelling system in an English chapter: -ise or -ize, American or British."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.spellings import ALWAYS_ISE, ALWAYS_IZE, AMERICAN, BRITISH

_WORD = re.compile(r"(?<![\w’'])[a-z]{4,}(?![\w])")
_ISE = re.compile(r"(\w+?)(is|iz)(?:e|ed|es|er|ers|ing|ation|ations|able)")

Places = dict[str, list[tuple[Passage, int]]]


@lru_cache(maxsize=1)
def _words(c: Context) -> list[tuple[str, Passage, int]]:
    """Words in small letters of the English passages: names keep the spelling they have."""
    english = [p for p in c.prose if p.tongue == "en"]
    return [(m[0], p, m.start()) for p in english for m in _WORD.finditer(p.prose)]


@lru_cache(maxsize=1)
def _sides(c: Context) -> tuple[Places, Places]:
    """Words in -is- and in -iz- that could stand with the other letter."""
    s: Places = defaultdict(list)
    z: Places = defaultdict(list)
    for word, p, i in _words(c):
        m = _ISE.fullmatch(word) if "is" in word or "iz" in word else None
        if m and m[2] == "is" and m[1] not in ALWAYS_ISE and m[1][-1] != "w":
            s[word].append((p, i))
        elif m and m[2] == "iz" and m[1] not in ALWAYS_IZE:
            z[word].append((p, i))
    return s, z


def _total(places: Places) -> int:
    return sum(map(len, places.values()))


@rule("PT239")
def ise_and_ize(c: Context) -> Said:
    s, z = _sides(c)
    if not (s and z):
        return
    few, others = (s, z) if _total(s) < _total(z) else (z, s)
    usual = "-ise" if others is s else "-ize"
    for word, places in few.items():
        p, i = places[0]
        yield p.place(i), f"“{word}” ({len(places)}×), while {_total(others)} words have {usual}"


@rule("PT240")
def american_and_british(c: Context) -> Said:
    american: Places = defaultdict(list)
    british: Places = defaultdict(list)
    for word, p, i in _words(c):
        if word in AMERICAN:
            american[word].append((p, i))
        elif word in BRITISH:
            british[word].append((p, i))
    # Only British English writes -ise; -ize stands in both.
    s, z = _sides(c)
    weight = _total(british) + (_total(s) if _total(s) > _total(z) else 0)
    if not american or (not weight and c.record.language.lower() != "en-gb"):
        few, name = (british, "British") if c.record.language.lower() == "en-us" else ({}, "")
    elif _total(american) <= weight:
        few, name = american, "American"
    else:
        few, name = british, "British"
    for word, places in few.items():
        p, i = places[0]
        yield (
            p.place(i),
            f"“{word}” ({len(places)}×) is {name} spelling, unlike most of the chapter",
        )
