"""What may be put right without asking, since no meaning hangs on it: the table behind `--fix`.

Each repair reads a passage and yields edits in the passage's characters. The rule of the same id
reports the same places, so that what is found is what is mended.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pubtool.lint.passages import MARK, Passage
from pubtool.lint.quote_marks import ABBREVIATIONS, QUOTES
from pubtool.settings import Settings
from pubtool.text import orcid

NBSP = "\N{NO-BREAK SPACE}"
_SENTENCES = frozenset(
    "title subtitle short-title trans-title p verse-line attrib source th td keyword alt".split()
)
_RANGED = _SENTENCES | {"as-written", "citation-line", "license"}


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a passage, from start to end, and what shall stand there."""

    start: int
    end: int
    new: str


Repair = Callable[[Passage, Settings], Iterator[Edit]]


def is_open(p: Passage) -> bool:
    """True where repairs are allowed: not in wordings that are evidence, nor beside them."""
    return not p.verbatim and p.area != "references"


def normal_form(p: Passage, _: Settings) -> Iterator[Edit]:
    """Letters in Unicode's composed form, NFC (UAX 15)."""
    if unicodedata.is_normalized("NFC", p.text):
        return
    for start, end in _clusters(p.text):
        normal = unicodedata.normalize("NFC", p.text[start:end])
        if normal != p.text[start:end]:
            yield Edit(start, end, normal)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each letter with the marks and jamo that belong to it."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not _joins(text[i]):
            yield start, i
            start = i


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or "\u1160" <= character <= "\u11ff"


_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")


def double_spaces(p: Passage, _: Settings) -> Iterator[Edit]:
    """One space between words."""
    if p.kind in _SENTENCES:
        for m in _DOUBLE.finditer(p.prose):
            yield Edit(m.start(), m.end(), " ")


_RANGE = re.compile(
    r"(?<![\w\-‐–/])(?<!\d[.,])([1-9]\d{0,3})([-‐‑‒])([1-9]\d{0,3})(?=s\b|(?![\w\-‐–/:]))(?![.,]\d)"
)


def range_dashes(p: Passage, _: Settings) -> Iterator[Edit]:
    """An en dash in "127–133" (Chicago 6.78); identifiers and dates in figures are left alone."""
    if p.kind in _RANGED:
        for m in _RANGE.finditer(p.prose):
            if _rises(m[1], m[3]):
                yield Edit(m.start(2), m.end(2), "–")


def _rises(first: str, last: str) -> bool:
    """True for 127, 133 and for 1912, 13; a score such as 12, 3 is none."""
    if len(last) >= len(first):
        return int(first) < int(last)
    return len(last) == 2 and int(first[-2:]) < int(last)


_PATTERNS = {
    language: re.compile(rf"(?<!\w)(?:{'|'.join(names.split())})\.( )(?=\d)")
    for language, names in ABBREVIATIONS.items()
}


def kept_together(p: Passage, _: Settings) -> Iterator[Edit]:
    """A no-break space in "p. 186", so that no line ends between the two."""
    pattern = _PATTERNS.get(p.tongue)
    if pattern is not None and p.kind in _SENTENCES:
        for m in pattern.finditer(p.prose):
            yield Edit(m.start(1), m.end(1), NBSP)


_ANY_QUOTE = re.compile('["“”„«»‟]')
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_BEFORE_OPENING = re.compile(rf"[\s(\[{{—–\-/{MARK}]")
_AFTER_CLOSING = re.compile(rf"[\s)\]}}—–\-/.,;:!?…’'{MARK}]")


def house_quotes(p: Passage, settings: Settings) -> Iterator[Edit]:
    """Quotation marks and apostrophes as the passage's language has them.

    Marks are changed only where all of a passage pair up; where they do not, nobody can know.
    """
    marks = settings.check.quotes.get(p.tongue) or QUOTES.get(p.tongue)
    if marks is None or p.kind not in _SENTENCES:
        return
    for m in _APOSTROPHE.finditer(p.prose):
        yield Edit(m.start(), m.end(), "’")
    if len(marks) != 2:
        return
    for n, i in enumerate(quote_pairs(p) or ()):
        edit = _quote(p, i, marks[n % 2], opening=n % 2 == 0)
        if edit is not None:
            yield edit


def quote_pairs(p: Passage) -> list[int] | None:
    """Where double quotation marks stand, opening and closing by turns; None if they do not."""
    places = [m.start() for m in _ANY_QUOTE.finditer(p.prose)]
    for n, i in enumerate(places):
        wanted = "opening" if n % 2 == 0 else "closing"
        if _role(p, i) != wanted:
            return None
    return places if len(places) % 2 == 0 else None


def _role(p: Passage, i: int) -> str:
    """What a mark must be, seen from its neighbours; "" where it could be either or neither."""
    span = p.inside(i, "foreign")
    if span is not None and not span.element.get(_LANG, p.language).startswith(p.tongue):
        return ""
    if p.tongue != "de" and p.text[i] in "«»":
        return "opening" if p.text[i] == "«" else "closing"
    before, after = p.text[i - 1 : i] if i else "", p.text[i + 1 : i + 2]
    opening = (not before or bool(_BEFORE_OPENING.match(before))) and bool(after.strip())
    closing = bool(before.strip()) and (not after or bool(_AFTER_CLOSING.match(after)))
    if opening == closing:
        return ""
    return "opening" if opening else "closing"


_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _quote(p: Passage, i: int, mark: str, *, opening: bool) -> Edit | None:
    """The edit that puts `mark` at i; French keeps its marks apart from the words."""
    if p.tongue != "fr" or mark not in "«»":
        return Edit(i, i + 1, mark) if p.text[i] != mark else None
    start, end = (i, i + 2) if opening else (i - 1, i + 1)
    beside = p.text[i + 1 : i + 2] if opening else p.text[i - 1 : i]
    if beside in (NBSP, "\u202f"):
        return Edit(i, i + 1, mark) if p.text[i] != mark else None
    if beside != " ":
        start, end = i, i + 1
    return Edit(start, end, f"{mark}{NBSP}" if opening else f"{NBSP}{mark}")


def orcid_form(p: Passage, _: Settings) -> Iterator[Edit]:
    """A valid ORCID iD as its sixteen characters, without an address before them."""
    written = p.text.strip()
    bare = orcid(written) if p.kind == "orcid" else None
    if bare is not None and bare != written:
        start = p.text.index(written)
        yield Edit(start, start + len(written), bare)


def edits_of(id_: str, p: Passage, settings: Settings) -> list[Edit]:
    """The edits of one repair that can be made in the file, no tag standing in between."""
    return [e for e in REPAIRS[id_](p, settings) if p.stretch(e.start, e.end) is not None]


REPAIRS: dict[str, Repair] = {
    "PT220": normal_form,
    "PT224": double_spaces,
    "PT230": house_quotes,
    "PT231": range_dashes,
    "PT233": kept_together,
    "PT406": orcid_form,
}
