"""Which language a text is in, by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

from pubtool.function_words import FUNCTION_WORDS
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
_PRIMARY, _SUBTAG = re.compile(r"[A-Za-z]{2,3}"), re.compile(r"[A-Za-z0-9]{1,8}")
_SAMPLE = 100_000
_ENOUGH = 0.08


def shares(text: str) -> dict[str, float]:
    """For each language, the share of the words that are its small words."""
    words = Counter(_WORD.findall(lower(text[:_SAMPLE], "")))
    count = max(words.total(), 1)
    return {
        language: sum(words[word] for word in small) / count
        for language, small in FUNCTION_WORDS.items()
    }


def guess(text: str) -> tuple[str, float]:
    """A language and the share of the words that are its small words; "" if too few are any's."""
    found = shares(text)
    best = max(found, key=lambda language: found[language])
    return (best, found[best]) if found[best] >= _ENOUGH else ("", 0.0)


def canonical(tag: str) -> str:
    """A language tag as BCP 47 writes it: "TR" → "tr", "en_gb" → "en-GB"; "" if it is none."""
    parts = tag.strip().replace("_", "-").split("-")
    if not _PRIMARY.fullmatch(parts[0]) or not all(_SUBTAG.fullmatch(p) for p in parts[1:]):
        return ""
    rest = [part.upper() if len(part) == 2 else part.title() for part in parts[1:]]
    return "-".join([parts[0].lower(), *rest])


def other(tag: str, main: str) -> str:
    """A language tag, canonical, if it names another language than the chapter's; else ""."""
    said = canonical(tag)
    return said if said.split("-")[0] not in ("", main.split("-")[0]) else ""
