"""Looking words up in the tables of signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pubtool.readers.inline import MARKED, unmarked
from pubtool.readers.signs import CHAPTER, RUN_IN, SIGNS
from pubtool.text import fold

_LONGEST = 50
_EDGES = " \t#*_:.—–-"
_CHAPTER_NUMBER = re.compile(r"(\d{1,3}|[IVXLC]{1,7})([.:]?)$")
_RUN_IN = re.compile(
    rf"^(?P<sign>[^:.—–]{{2,50}}?)(?P<mark>\s*[:.—–](?:[*_]|{MARKED})*)(?=\s|$|[*_])"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A line that announces a part: what kind, in which language, and what follows in the line.

    `written` is the sign as it stands, with its marks; `words` are its words alone.
    """

    kind: str
    language: str
    words: str
    written: str
    rest: str = ""


@cache
def _index() -> dict[str, tuple[str, str]]:
    """Kind and language of every sign by its folded words; of two languages the first counts."""
    index: dict[str, tuple[str, str]] = {}
    for kind, languages in SIGNS.items():
        for language, signs in languages.items():
            for words in signs:
                index.setdefault(fold(words), (kind, language))
    return index


def sign_alone(line: str) -> Sign | None:
    """The sign that is all a line says: "**Abstract**", "KEYWORDS:"."""
    words = unmarked(line).strip(_EDGES)
    if not 0 < len(words) <= _LONGEST or not words[0].isupper():
        return None
    kind, language = _index().get(fold(words), ("", ""))
    return Sign(kind, language, words, line) if kind else None


def sign_before(line: str) -> Sign | None:
    """The sign with which a line begins before it goes on: "Keywords: memory, archives"."""
    match = _RUN_IN.match(line[: _LONGEST * 2])
    if match is None:
        return None
    sign = sign_alone(match["sign"])
    rest = line[match.end() :].strip()
    if sign is None or sign.kind not in RUN_IN or not rest:
        return None
    return Sign(sign.kind, sign.language, sign.words, match[0], rest)


def sign_of(line: str) -> Sign | None:
    """The sign a line is, or begins with."""
    return sign_alone(line) or sign_before(line)


def chapter_label(text: str) -> tuple[str, str]:
    """Number and label of "CHAPTER 8", "8. Bölüm" or "Chapter 8: Title"; two "" for other lines."""
    words = text.split(None, 2)
    if len(words) < 2:
        return "", ""
    first, second = words[0].strip("#*"), words[1].strip("*")
    after, before = _CHAPTER_NUMBER.match(second), _CHAPTER_NUMBER.match(first)
    if after and is_one_of(first, CHAPTER) and (len(words) == 2 or after[2]):
        return after[1], text[: text.index(second) + len(second)]
    if before and is_one_of(second, CHAPTER) and len(words) == 2:
        return before[1], text
    return "", ""


def begins_with(text: str, stems: tuple[str, ...]) -> bool:
    """True if a word of the text begins with one of the stems, case and diacritics aside."""
    folded = f" {fold(text)}"
    return any(f" {stem}" in folded for stem in _folded(stems))


def is_one_of(text: str, words: tuple[str, ...]) -> bool:
    """True if a text is one of the words, case, diacritics and punctuation aside."""
    return fold(text) in _folded(words)


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
