"""The field's small facts about text: words, ORCID, ISBN, DOI, page ranges, casing.

Pure functions on strings, standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_ORCID = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$", re.I
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.I)
# Characters without a shape: they part no word and are no part of one.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_UNPRINTED = re.compile(r"[\s\u00ad\u200b-\u200f\u2010\u2011\u2060\ufeff\ufffe\x00-\x1f-]")
# Capitals are a matter of style, and i and ı change places with the language; brackets turn round
# in lines that run from the right.
_ALIKE = tuple(zip("İIı)]}>»›", "iii([{<«‹", strict=True))
_DOTTED_LANGUAGES = frozenset({"tr", "az", "crh", "tt", "kk-latn"})
# Scripts written from the right, and languages that are written in one of them (CLDR).
_RIGHT_TO_LEFT = frozenset(
    "adlm arab hebr mand nkoo rohg syrc thaa ar arc ckb dv fa he ps sd syr ug ur yi".split()
)


def words(text: str) -> list[str]:
    """The words of a text: NFC, white space folded, invisible format characters dropped."""
    return without_invisible(unicodedata.normalize("NFC", text)).split()


def without_invisible(text: str) -> str:
    """A text without its invisible format characters."""
    return _INVISIBLE.sub("", text)


def word_differences(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    """Words lost and words added between two texts, as multisets, in the order they stood."""
    old, new = list(before), list(after)
    return _missing(old, Counter(new)), _missing(new, Counter(old))


def _missing(wanted: list[str], there: Counter[str]) -> list[str]:
    missing = []
    for word in wanted:
        if there[word] > 0:
            there[word] -= 1
        else:
            missing.append(word)
    return missing


def squeeze(text: str | None) -> str:
    """The text on one line: white space folded and trimmed."""
    return " ".join((text or "").split())


def letters(text: str) -> str:
    """What is printed of a text, whatever its case: no blanks, hyphens, format characters."""
    plain = unicodedata.normalize("NFKC", text)
    for sign, alike in _ALIKE:
        plain = plain.replace(sign, alike)
    return _UNPRINTED.sub("", plain.casefold())


def orcid(text: str) -> str | None:
    """The bare sixteen characters of an ORCID iD, or None where the form or check digit is wrong.

    Check digit: ISO 7064 MOD 11-2, as ORCID's "Structure of the ORCID Identifier" gives it.
    """
    match = _ORCID.match(text.strip())
    if not match:
        return None
    bare = match[1].upper()
    return bare if _mod_11_2(bare.replace("-", "")) else None


def _mod_11_2(digits: str) -> bool:
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def isbn(text: str) -> str | None:
    """The digits of an ISBN-13 or ISBN-10, or None where the check digit is wrong (ISO 2108)."""
    digits = re.sub(r"[\s‐‑–-]", "", text).upper()
    if re.fullmatch(r"\d{13}", digits):
        total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
        return digits if total % 10 == 0 else None
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits))
        return digits if total % 11 == 0 else None
    return None


def doi(text: str) -> str | None:
    """The bare DOI ("10.…/…") of a DOI in any of its written forms, or None."""
    match = _DOI.match(text.strip())
    return match[1] if match else None


def page_range(text: str) -> tuple[str, str] | None:
    """First and last page of "127-133", "pp. 127–133" or "xii–xv"; None if it is not a range."""
    match = re.fullmatch(r"\s*(?:pp?\.?\s*)?([\divxlc]+)\s*[-‐‑–—]\s*([\divxlc]+)\s*", text, re.I)
    return (match[1], match[2]) if match else None


def dotted(language: str) -> bool:
    """True for languages that tell dotted from dotless i when they change case."""
    return language.lower().split("-")[0] in _DOTTED_LANGUAGES


def direction(tag: str | None) -> str | None:
    """Which way a language is written, "rtl" or "ltr": its script decides, else the language."""
    if not tag:
        return None
    main, *more = tag.lower().split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), main)
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def lower(text: str, language: str) -> str:
    """Lower case as `language` writes it: İ→i and I→ı in Turkish and Azerbaijani."""
    if dotted(language):
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text.replace("İ", "i").lower())


def titled(word: str, language: str) -> str:
    """A word in capitals as a name: "BAKHSHALIYEVA" → "Bakhshaliyeva", "ALİYEV" → "Aliyev"."""
    return "-".join(part[:1] + lower(part[1:], language) for part in word.split("-"))


def is_capitals(text: str) -> bool:
    """True if a text has letters and all of them are capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(c == c.upper() and c != c.lower() for c in letters)


def fold(text: str) -> str:
    """A text for comparing spellings: no diacritics, no case, only letters, digits and spaces.

    İ, I and ı fold together, so that "TÜRKİYE" and "Türkiye" compare equal.
    """
    plain = text.replace("ı", "i").replace("ə", "a").replace("Ə", "a")
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if c.isascii() or not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", plain.casefold()).split())


def ascii_id(text: str) -> str:
    """An identifier safe in every format: ASCII letters, digits, hyphens, a letter first."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return bare if bare[:1].isalpha() else f"x{bare}"
