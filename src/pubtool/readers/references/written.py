"""A reference as it was written: its text on one line, and which letters of it are italic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pubtool.readers.references.words import ABBREVIATIONS, VOLUME_WORDS
from pubtool.source import local

_ITALIC = frozenset({"italic", "underline"})
_STOP = re.compile(r"[.?!…](?:[”\"’»]|(?=\s))?(?=\s)|[.?!…][”\"’»](?=\s)")
_LAST_WORD = re.compile(r"([^\s(\[“\"]+)$")


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its face: a letter of `face` for each of `text`, "i" where it is italic."""

    text: str
    face: str

    def __getitem__(self, part: slice) -> Written:
        return Written(self.text[part], self.face[part])

    def __add__(self, other: Written) -> Written:
        return Written(self.text + other.text, self.face + other.face)

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def trimmed(self) -> Written:
        """Without blanks and the punctuation between parts at either end."""
        start = len(self.text) - len(self.text.lstrip(" ,;:."))
        end = len(self.text.rstrip(" ,;:"))
        return self[start : max(start, end)]

    @property
    def italic(self) -> bool:
        """True if most of the letters are italic."""
        letters = [f for c, f in zip(self.text, self.face, strict=True) if c.isalnum()]
        return bool(letters) and letters.count("i") * 2 > len(letters)

    def cut(self, match: re.Match[str], joint: str = " ") -> Written:
        """Without the part that a pattern matched; what is left on either side is joined."""
        before, after = self[: match.start()], self[match.end() :]
        if not (before.text.strip() and after.text.strip()):
            return before if before.text.strip() else after
        if after.text.lstrip()[:1] in ".,;:)]":
            return (
                before[: len(before.text.rstrip())]
                + after[len(after.text) - len(after.text.lstrip()) :]
            )
        return before + Written(joint, "-" * len(joint)) + after


def written(element: etree._Element) -> Written:
    """The text and face of an `<as-written>` element (or of anything with inline markup)."""
    letters = [
        (c, face)
        for text, face in _runs(element, "-")
        for c in unicodedata.normalize("NFC", text)
        if c not in "\u00ad\u200b\u2060\ufeff"
    ]
    folded: list[tuple[str, str]] = []
    for c, face in letters:
        c = " " if c.isspace() else c
        if c != " " or (folded and folded[-1][0] != " "):
            folded.append((c, face))
    while folded and folded[-1][0] == " ":
        folded.pop()
    return Written("".join(c for c, _ in folded), "".join(f for _, f in folded))


def _runs(element: etree._Element, face: str) -> Iterator[tuple[str, str]]:
    own = "i" if local(element) in _ITALIC else face
    yield element.text or "", own
    for inner in element:
        yield from _runs(inner, own)
        yield inner.tail or "", own


def sentences(w: Written) -> list[Written]:
    """The parts between full stops: not within brackets, quotes or italics, nor after "vol."."""
    parts, start = [], 0
    depths = _depths(w.text)
    for match in _STOP.finditer(w.text):
        end = match.end()
        if depths[end - 1] == 0 and _ends(w, match.start(), end):
            parts.append(w[start:end])
            start = end + 1
    return [part for part in [*parts, w[start:]] if part.text.strip(" .,;")]


def _ends(w: Written, stop: int, end: int) -> bool:
    after = w.face[end + 1 : end + 2]
    if w.face[stop - 1 : stop] == "i" == after:
        return False
    if w.text[stop] != "." or w.text[end - 1] != "." or "i" in (w.face[stop - 1 : stop], after):
        return True
    if w.text[end + 1 : end + 2] in '“‘«„"':
        return True
    before = w.text[:stop].rsplit(None, 2)
    word = _LAST_WORD.search(w.text[:stop])
    last = word[1] if word else ""
    if len(last) == 1 and len(before) > 1 and before[-2].lower().strip(".") in VOLUME_WORDS:
        return True
    return not is_abbreviation(last)


def is_abbreviation(word: str) -> bool:
    """True for a word that a full stop does not end: an initial, "St", "U.S", "vol"."""
    bare = word.lstrip("-–")
    initial = len(bare) == 1 and bare.isalpha() and bare.isupper()
    return (
        initial
        or bare.lower() in ABBREVIATIONS
        or bool(re.search(r"(?:^|[.-])\w$", bare) and "." in bare)
    )


def _depths(text: str) -> list[int]:
    """How many brackets and quotes are open at each character; those never closed do not count."""
    depths, open_ = [0] * len(text), []
    for n, c in enumerate(text):
        if c in "([“«":
            open_.append(n)
        elif c in ")]”»" and open_:
            start = open_.pop()
            for k in range(start, n):
                depths[k] += 1
    return depths


def quoted(text: str, start: int = 0) -> tuple[int, int, int] | None:
    """Where a quotation that begins at `start` has its words (from, to), and where it ends."""
    opening = text[start : start + 1]
    closing = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "'": "'"}.get(opening, "")
    if not closing:
        return None
    depth = 0
    for n in range(start + 1, len(text)):
        c = text[n]
        if c == opening and opening in "“«":
            depth += 1
        elif c in closing and depth and opening in "“«":
            depth -= 1
        elif c in closing and _closes(text, n, opening):
            return start + 1, n, n + 1
    return None


def _closes(text: str, n: int, opening: str) -> bool:
    """Curly double quotes close by themselves; others before a mark, or after one."""
    if opening in "“«„":
        return True
    return text[n + 1 : n + 2] in ("", ",", ".", ";", ")") or (
        text[n - 1] in ".,?!" and text[n + 1 : n + 2] == " "
    )
