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


def guess(text: str) -> tuple[str, float]:
    """A language and the share of the words that are its small words; "" if too few are any's."""
    words = [lower(word, "") for word in _WORD.findall(text[:_SAMPLE])]
    shares = {
        language: sum(word in small for word in words) / max(len(words), 1)
        for language, small in FUNCTION_WORDS.items()
    }
    best = max(shares, key=lambda language: shares[language])
    return (best, shares[best]) if shares[best] >= _ENOUGH else ("", 0.0)
