"""Which language a text is in, by its commonest small words."""

from __future__ import annotations

import re

from pubtool.readers.function_words import FUNCTION_WORDS
from pubtool.text import lower

NAMES = {
    "en": "English",
    "tr": "Turkish",
    "az": "Azerbaijani",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "ru": "Russian",
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 100_000
_ENOUGH = 0.08


def shares(text: str) -> dict[str, float]:
    """For each language, the share of the words that are its small words."""
    words = [lower(word, "") for word in _WORD.findall(text[:_SAMPLE])]
    return {
        language: sum(word in small for word in words) / max(len(words), 1)
        for language, small in FUNCTION_WORDS.items()
    }


def guess(text: str) -> tuple[str, float]:
    """A language and the share of the words that are its small words; "" if too few are any's."""
    found = shares(text)
    best = max(found, key=lambda language: found[language])
    return (best, found[best]) if found[best] >= _ENOUGH else ("", 0.0)
