"""Abbreviations: each is spelt out where it first stands, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.model import plain
from pubtool.text import fold

_ABBREVIATION = re.compile(r"(?<![\w.\-&/])[A-ZÇĞİÖŞÜƏ]{2,6}(?=s?(?![\w&/]|\.\w|-\d))")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DEFINED = re.compile(r"\(\s*[“\"]?([A-ZÇĞİÖŞÜƏ]{2,6})s?[”\"]?\s*[);,:]")
_EXPLAINED = re.compile(r"(?<!\w)([A-ZÇĞİÖŞÜƏ]{2,6})s?\s*\(\s*[^\W\d]{4,}")

# Known to every reader, or not abbreviations of the text at all.
_KNOWN = frozenset(
    "AD BC BCE CE AM PM UK US USA USSR EU UN DNA PDF HTML URL DOI ISBN ISSN ORCID OK TV PhD ID "
    "II III IV AI IT OR AND NOT RNA NATO UNESCO UNICEF WHO".split()
)


@cache
def _is_roman(word: str) -> bool:
    return bool(_ROMAN.fullmatch(word))


def _defined(c: Context) -> Counter[str]:
    """Every abbreviation that is spelt out, and how often: "(ADR)", "ADR (Azerbaijan …"."""
    said = Counter[str]()
    for p in c.passages:
        if p.area != "references" and p.kind != "citation-line":
            said.update(_DEFINED.findall(p.prose))
            said.update(_EXPLAINED.findall(p.prose))
    said.update(plain(e) for e in c.all("abbrev") if e.get("expansion"))
    said.update(plain(t) for g in c.all("glossary") for t in g.iter("{*}term"))
    return said


def _spelt_out(c: Context) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Abbreviations in brackets after words of which one begins with the same letter."""
    for p in c.text:
        for m in _DEFINED.finditer(p.prose):
            words = p.prose[max(m.start() - 120, 0) : m.start()].split()[-len(m[1]) - 3 :]
            if not _is_roman(m[1]) and any(fold(w)[:1] == fold(m[1])[:1] for w in words):
                yield p, m


@rule("PT241")
def undefined(c: Context) -> Said:
    known = _KNOWN.union(c.settings.check.abbreviations, _defined(c))
    for p in c.text:
        if p.text.isupper():
            continue
        for m in _ABBREVIATION.finditer(p.prose):
            if m[0] not in known and not _is_roman(m[0]):
                known = known | {m[0]}
                yield p.place(m.start()), f"“{m[0]}” is nowhere spelt out"


@rule("PT242")
def defined_twice(c: Context) -> Said:
    seen: set[str] = set()
    for p, m in _spelt_out(c):
        if m[1] in seen:
            yield p.place(m.start(1)), f"“{m[1]}” is spelt out a second time"
        seen.add(m[1])


@rule("PT243")
def defined_for_nothing(c: Context) -> Said:
    used = Counter(m[0] for p in c.text for m in _ABBREVIATION.finditer(p.prose))
    for p, m in _spelt_out(c):
        if used[m[1]] == 1:
            yield p.place(m.start(1)), f"“{m[1]}” is spelt out and never used"
