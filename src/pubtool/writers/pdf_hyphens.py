"""PDF: where Turkish and Azerbaijani words divide; the engine's dictionaries know neither.

Both divide by syllables, and a syllable starts with at most one consonant: a word may be divided
before any consonant that a vowel follows (TDK Yazım Kılavuzu, "Hece yapısı ve satır sonunda
kelimelerin bölünmesi"), but not at an apostrophe.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("tr", "az")
_VOWELS = "aeıioöuüəâîûAEIİOÖUÜƏÂÎÛ"
_DIVISION = re.compile(rf"(?<=[^\W\d_])(?=[^\W\d_{_VOWELS}][{_VOWELS}])")


def divisions(word: str) -> list[int]:
    """Where a word may be divided: numbers of letters before the hyphen."""
    return [match.start() for match in _DIVISION.finditer(word)]


class Syllables:
    """What WeasyPrint's hyphenator (Pyphen) asks a dictionary of patterns."""

    def positions(self, word: str) -> list[Any]:
        """The places where a word may be divided, without any change of spelling."""
        from pyphen import DataInt

        return [DataInt(position) for position in divisions(word)]


@cache
def teach() -> None:
    """Make the engine divide the languages its dictionaries lack."""
    import pyphen

    rule = Path("syllables")
    pyphen.hdcache[rule] = Syllables()
    for language in LANGUAGES:
        pyphen.LANGUAGES[language] = rule
        pyphen.LANGUAGES_LOWERCASE[language] = language
