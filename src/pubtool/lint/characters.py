"""Characters: their normal form, invisible ones, and letters of the wrong alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pubtool.lint.confusables import (
    ALWAYS,
    CYRILLIC_LOOKALIKES,
    GREEK_LOOKALIKES,
    INVISIBLE,
    TURKIC,
)
from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.repairs import normal_form

_UNSEEN = re.compile(f"[{''.join(INVISIBLE)}\x7f-\x9f\ue000-\uf8ff]")
# Marks of direction have their use where scripts of both directions meet.
_DIRECTIONS = "\u200e\u200f"
_RIGHT_TO_LEFT = frozenset("ar fa he ur ps ug sd yi".split())
_WRONG = re.compile("|".join(map(re.escape, ALWAYS)))
_WRONG_TURKIC = re.compile("|".join(map(re.escape, TURKIC)))
_NON_LATIN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@rule("PT220")
def not_normal(c: Context) -> Said:
    for p in c.passages:
        first = next(normal_form(p, c.settings), None)
        if first is not None:
            seen = p.text[max(first.start - 10, 0) : first.end + 5].split()
            shown = next((w for w in seen if p.text[first.start : first.end] in w), "")
            yield p.place(first.start), f"“{shown}” holds a letter in pieces (not NFC)"


@rule("PT221")
def unseen_character(c: Context) -> Said:
    for p in c.passages:
        for m in _UNSEEN.finditer(p.text):
            if m[0] in _DIRECTIONS and p.tongue in _RIGHT_TO_LEFT:
                continue
            name = INVISIBLE.get(m[0], "a control or private character")
            yield (
                p.place(m.start()),
                f"U+{ord(m[0]):04X}, {name}, after “{p.text[max(m.start() - 15, 0) : m.start()]}”",
            )


def _odd_words(c: Context) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Words that hold Greek or Cyrillic letters."""
    for p in c.passages:
        if _NON_LATIN.search(p.text):
            yield from ((p, w) for w in _WORD.finditer(p.text) if _NON_LATIN.search(w[0]))


@rule("PT222")
def mixed_scripts(c: Context) -> Said:
    for p, word in _odd_words(c):
        strangers = "".join(ch for ch in word[0] if not _LATIN.match(ch))
        # Greek letters are signs too: μm, ΔG. Only those that pass for Latin are suspect.
        greek = all("\u0370" <= ch <= "\u03ff" for ch in strangers)
        sign = greek and (len(word[0]) < 4 or not GREEK_LOOKALIKES.issuperset(strangers))
        if _LATIN.search(word[0]) and not sign:
            names = ", ".join(unicodedata.name(ch, "?").title() for ch in dict.fromkeys(strangers))
            yield p.place(word.start()), f"“{word[0]}” mixes alphabets: {names}"


@rule("PT223")
def wrong_letter(c: Context) -> Said:
    for p in c.passages:
        yield from _wrong(p, _WRONG, ALWAYS)
        if p.tongue in ("tr", "az"):
            yield from _wrong(p, _WRONG_TURKIC, TURKIC)


def _wrong(p: Passage, pattern: re.Pattern[str], meant: dict[str, str]) -> Said:
    for m in pattern.finditer(p.prose):
        yield p.place(m.start()), f"“{m[0]}” stands where “{meant[m[0]]}” is meant"


@rule("PT252")
def lookalike_word(c: Context) -> Said:
    """A word of Cyrillic or Greek letters all of which pass for Latin, among Latin words."""
    for p, word in _odd_words(c):
        letters = set(word[0])
        alike = letters <= CYRILLIC_LOOKALIKES or letters <= GREEK_LOOKALIKES
        if (
            alike
            and p.tongue not in ("ru", "uk", "bg", "sr", "el")
            and not p.inside(word.start(), "foreign")
        ):
            yield p.place(word.start()), f"“{word[0]}” is not written with Latin letters"
