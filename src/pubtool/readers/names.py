"""Personal names: telling them from other short lines, and taking them apart."""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.function_words import FUNCTION_WORDS
from pubtool.model import Name
from pubtool.readers.recase import Evidence
from pubtool.readers.recognise import begins_with, is_one_of, sign_of
from pubtool.readers.signs import (
    ACADEMIC_TITLES,
    AND,
    DEPARTMENTS,
    INSTITUTIONS,
    NAME_SUFFIXES,
    PARTICLES,
)
from pubtool.text import fold, is_capitals

_LONGEST = 60
_CONNECTORS = "|".join(AND)
# Commas between the marks of affiliations ("Demir1,2") do not part people.
BETWEEN_PEOPLE = re.compile(
    rf"\s*(?:[;&]|,(?![\d¹²³])|(?<=\s)(?:{_CONNECTORS})(?=\s))(?:\s*(?:&|(?:{_CONNECTORS})(?=\s)))?\s*"
)
MARKS = re.compile(r"[\s*†‡§]*[\d¹²³⁴⁵⁶⁷⁸⁹*†‡§][\d¹²³⁴⁵⁶⁷⁸⁹*†‡§,]*$")

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʻ.-][^\W\d_]+)*\.?$")
_SMALL = frozenset(fold(w) for words in FUNCTION_WORDS.values() for w in words) - {
    fold(w) for w in PARTICLES
}


def looks_like_people(line: str, evidence: Evidence) -> bool:
    """True if every part of a short line could be a person's name."""
    if len(line) > 4 * _LONGEST or begins_with(line, INSTITUTIONS + DEPARTMENTS):
        return False
    if is_inverted(line):
        return looks_like_name(line.replace(",", ""), evidence)
    parts = [part for part in BETWEEN_PEOPLE.split(line) if part]
    return bool(parts) and all(looks_like_name(part, evidence) for part in parts)


def looks_like_name(text: str, evidence: Evidence) -> bool:
    """True for two to six capitalised words none of which the manuscript also writes small."""
    words = [w for w in MARKS.sub("", text).split() if not _is_title(w)]
    if len(text) > _LONGEST or not 2 <= len(words) <= 6 or sign_of(text):
        return False
    spelt = [w for w in words if len(w) > 2 and not is_one_of(w, PARTICLES)]
    return bool(spelt) and all(_could_be_in_a_name(w, evidence) for w in words)


def _could_be_in_a_name(word: str, evidence: Evidence) -> bool:
    if _INITIALS.match(word):
        return word[0].isupper()
    if is_one_of(word, PARTICLES):
        return True
    known = fold(word)
    common = known in evidence.lower or known in _SMALL
    return bool(_WORD.match(word)) and word[0].isupper() and not common


def is_academic_title(text: str) -> bool:
    """True for a text of academic titles and nothing else: "Assoc. Prof. Dr."."""
    words = text.split()
    return bool(words) and all(_is_title(word) for word in words)


def _is_title(word: str) -> bool:
    return all(is_one_of(part, ACADEMIC_TITLES) for part in word.split(".") if part)


def is_inverted(text: str) -> bool:
    """True for "Demir, Aylin": one comma, a single word before it."""
    before, comma, after = text.partition(",")
    return (
        bool(comma)
        and len(before.split()) == 1
        and 0 < len(after.split()) <= 2
        and ("," not in after)
    )


def name_of(text: str, evidence: Evidence, families: Collection[str] = ()) -> Name:
    """A name in its parts: "Prof. Dr. Ayla DE MİR Jr.".

    The family name is what stands in capitals, before a comma, or is known from elsewhere
    (`families`, folded); else the last word with the particles before it.
    """
    words = text.replace(",", " , ").split()
    start = next((n for n, w in enumerate(words) if not _is_title(w)), len(words))
    prefix, words = (words[:start], words[start:]) if start < len(words) else ([], words)
    suffix = words[-1:] if len(words) > 2 and is_one_of(words[-1], NAME_SUFFIXES) else []
    words = words[: len(words) - len(suffix)]
    given, family = _halves(words, families)
    return Name(
        given=_cased(given, evidence),
        family=_cased(family, evidence),
        prefix=" ".join(prefix),
        suffix=" ".join(suffix),
    )


def _halves(words: list[str], families: Collection[str]) -> tuple[list[str], list[str]]:
    if "," in words:
        comma = words.index(",")
        return words[comma + 1 :], words[:comma]
    loud = [w for w in words if is_capitals(w) and len(w.strip(".")) > 1 and "." not in w]
    if loud and any(not is_capitals(w) for w in words):
        return [w for w in words if w not in loud], loud
    start = len(words) - 1
    for n in range(1, len(words)):
        if fold(" ".join(words[n:])) in families:
            return words[:n], words[n:]
    while start > 1 and is_one_of(words[start - 1], PARTICLES):
        start -= 1
    return words[:start], words[start:]


def _cased(words: list[str], evidence: Evidence) -> str:
    return " ".join(evidence.word(w) for w in words)
