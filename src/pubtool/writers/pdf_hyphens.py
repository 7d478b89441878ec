"""PDF: where words may be hyphenated, by Pyphen's patterns and by syllables where it has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.text import direction
from pubtool.writers.html import Element
from pubtool.writers.pdf_patterns import dictionary
from pubtool.writers.pdf_syllables import EXCEPTIONS, FOREIGN, VOWELS

Limits = tuple[int, int, int]
_LETTERS = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTERS}+(?:[’'ʼ]{_LETTERS}+)*")
_PART = re.compile(rf"{_LETTERS}+")
# Addresses and words that have hyphens of their own are left whole but for those.
_WHOLE = re.compile(r"[\d@/\\_\u00ad\u2010\u2011-]|\w\.\w")
# Words of a language before it is said that it cannot be hyphenated, and how long they are.
_WORTH, _LONG = 20, 6
# So many words are remembered: those of some chapters.
_REMEMBERED = 1 << 15
# Scripts that know no hyphens: of South-East and East Asia.
_UNHYPHENATED = re.compile("[\u0e00-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff]")
_SMALL = {"İ": "i", "I": "ı"}


@lru_cache(maxsize=_REMEMBERED)
def hyphens(word: str, language: str, limits: Limits) -> tuple[int, ...]:
    """Where a word with the marks around it may be hyphenated, as offsets.

    `limits` are the least letters of the word, before the hyphen, and after it.
    """
    if len(word) < limits[0] or _WHOLE.search(word):
        return ()
    dictionary = _dictionary(language, limits[1], limits[2])
    if dictionary is None:
        return ()
    # A suffix after an apostrophe belongs to a Turkish word, but "'s" to no other.
    parts = _WORD if language[:2] in EXCEPTIONS else _PART
    return tuple(
        part.start() + position
        for part in parts.finditer(word)
        if len(part[0]) >= limits[0]
        for position in dictionary.positions(part[0])
        if position.data is None
    )


@lru_cache(maxsize=64)
def _dictionary(language: str, left: int, right: int) -> Any:
    import pyphen

    teach()
    known = pyphen.language_fallback(language) if language else None
    return pyphen.Pyphen(lang=known, left=left, right=right) if known else None


# ── syllables ──


@cache
def teach() -> None:
    """Let Pyphen, and with it WeasyPrint, divide the languages it has no patterns for.

    The patterns it has it reads as they are needed.
    """
    import pyphen

    pyphen.HyphDict = partial(dictionary, pyphen.HyphDict)
    for language in EXCEPTIONS:
        name = f"syllables of {language}"
        pyphen.hdcache[name] = Syllables(language)
        pyphen.LANGUAGES[language] = name
        pyphen.LANGUAGES_LOWERCASE[language] = language


class Syllables:
    """What Pyphen asks a dictionary of patterns for, answered by rule."""

    def __init__(self, language: str) -> None:
        self.language = language

    def positions(self, word: str) -> list[Any]:
        """Where a word may be divided, without any change of spelling."""
        from pyphen import DataInt

        return [DataInt(position) for position in divisions(word, self.language)]


def divisions(word: str, language: str = "tr") -> list[int]:
    """Where a Turkish ("tr") or Azerbaijani ("az") word is divided; never at its apostrophes."""
    small = "".join(_SMALL.get(c) or (c.lower() if len(c.lower()) == 1 else c) for c in word)
    return [
        part.start() + position
        for part in _PART.finditer(small)
        for position in _divided(part[0], language)
    ]


def _divided(word: str, language: str) -> Iterator[int]:
    """Where a word in small letters, without suffixes after an apostrophe, is divided."""
    plain, special = 0, _exceptions(language)
    stem = next((s for s in special if _like(word).startswith(s)), None)
    if stem is not None:
        plain = len(stem)
        yield from special[stem]
    elif any(letter in FOREIGN[language] for letter in word):
        return
    first = next((i for i, letter in enumerate(word) if letter in VOWELS), len(word))
    for vowel in range(first + 1, len(word)):
        start = vowel if word[vowel - 1] in VOWELS else vowel - 1
        if word[vowel] in VOWELS and start > first and start >= plain:
            yield start


def _like(word: str) -> str:
    """A word with its ı as i: foreign names keep the I of their capitals."""
    return word.replace("ı", "i")


@cache
def _exceptions(language: str) -> dict[str, list[int]]:
    """How foreign names are divided, the longest first."""
    words = sorted(EXCEPTIONS[language], key=len, reverse=True)
    return {word.replace("-", ""): _offsets(word) for word in words}


def _offsets(divided: str) -> list[int]:
    hyphens = [i for i, c in enumerate(divided) if c == "-"]
    return [at - number for number, at in enumerate(hyphens)]


# ── languages without ──


def unhyphenated(article: Element, language: str, place: Place) -> list[Diagnostic]:
    """PT735 for each language of running text, the chapter's first, that cannot be hyphenated."""
    import pyphen

    teach()
    words: Counter[str] = Counter()
    _count(article, language, words)
    return [
        found("PT735", place, f"no hyphenation for the language “{name}”")
        for name, count in words.items()
        if count >= _WORTH and direction(name) == "ltr" and not pyphen.language_fallback(name)
    ]


def _count(e: Element, language: str, words: Counter[str]) -> None:
    """Count the long words of each language."""
    own = e.get("lang") or language
    words[own] += _long(e.text)
    for inner in e.iterchildren("*"):
        _count(inner, own, words)
        words[own] += _long(inner.tail)


def _long(text: str | None) -> int:
    if not text or _UNHYPHENATED.search(text):
        return 0
    return sum(len(word) >= _LONG for word in _WORD.findall(text))
