"""JATS in: what a rule took for a fact, and yet neither the chapter nor a finding says.

`conserve` takes what a rule has read for kept. Here every word and address of the source is looked
for once more; it must stand somewhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import accumulate

from pubtool.diagnostics import Diagnostic
from pubtool.readers.jats_run import (
    LETTERING,
    Element,
    Reading,
    generated,
    href,
    is_mark,
    told_href,
)
from pubtool.readers.jats_terms import MONTHS, UNDERSTOOD
from pubtool.readers.jats_words import NESTED
from pubtool.source import local
from pubtool.text import squeeze

_WORD = re.compile(r"[^\W_]+")
_POINTERS = frozenset({"rid", "ref", "affiliations"})
_LINKS = frozenset({"ext-link", "uri", "license", "email"})
_MARKS = frozenset({"label", "xref"})
# An element, a piece of its text, and whether that says anything.
Piece = tuple[Element, str, bool]


def name_unsaid(
    source: Element, root: Element, findings: Iterable[Diagnostic], go: Reading
) -> None:
    """Name the words (PT606) and addresses (PT658, PT659) that are nowhere."""
    said = [*_told(root), *(f.message for f in findings), *go.labels.values()]
    name_words(source, said, go)
    whole = " ".join(said)
    for e in dict.fromkeys(e for e, _, _ in _pieces(source)):
        if href(e) and href(e) not in whole:
            _name_address(e, go)
        elif href(e) != told_href(e).replace(" ", "%20"):
            message = (
                "addresses with signs that none may have there are written with %3A and the like"
            )
            go.note("PT658", e, message, told_href(e))


def name_words_of(citation: Element, ref: Element, go: Reading) -> None:
    """The same of a citation and the reference made of it."""
    name_words(citation, list(_told(ref)), go)


def name_words(source: Element, said: Sequence[str], go: Reading) -> None:
    """Name the words of an element that are in none of the texts `said`."""
    words = {*UNDERSTOOD, *_words("\n".join(said))}
    words |= {name for name, number in MONTHS.items() if str(number) in words}
    pieces = list(_pieces(source))
    missing = ((pieces[n], word) for n, word in _apart(pieces, words) if _folded(word) not in words)
    silent = {
        piece: None for piece, word in missing if piece[2] and not _is_counted(piece[0], word)
    }
    for e, text, _ in silent:
        go.leave(e, squeeze(text))


def _apart(pieces: Sequence[Piece], words: Set[str]) -> Iterator[tuple[int, str]]:
    """(number of the piece, word) of the words that are not there as they run across pieces."""
    ends = list(accumulate(len(text) for _, text, _ in pieces))
    whole = "".join(text for _, text, _ in pieces)
    for run in (r for r in _WORD.finditer(whole) if _folded(r[0]) not in words):
        start = run.start()
        for n in range(bisect_right(ends, start), bisect_right(ends, run.end() - 1) + 1):
            word = whole[start : min(run.end(), ends[n])]
            start += len(word)
            if word:
                yield n, word


def _name_address(e: Element, go: Reading) -> None:
    if local(e) in _LINKS:
        go.note("PT658", e, "links that have no place in a chapter are left out", href(e))
    else:
        go.note("PT659", e, "addresses that have no place in a chapter", href(e))


def _told(root: Element) -> Iterator[str]:
    """The text of a chapter, its words apart and together, and what its attributes say."""
    yield " ".join(str(t) for t in root.itertext())
    yield "".join(str(t) for t in root.itertext())
    for e in root.iter("*"):
        yield from (str(value) for name, value in e.attrib.items() if name not in _POINTERS)


def _pieces(e: Element) -> Iterator[Piece]:
    """All the text of a part; what pubtool wrote says nothing."""
    printed = _within(e, generated)
    yield e, e.text or "", not printed
    if local(e) == "abbrev":
        yield e, f" {e.get('alt', '')} ", True
    for inner in e.iterchildren("*"):
        if local(inner) not in NESTED:
            yield from _pieces(inner)
        yield e, inner.tail or "", not printed


def _is_counted(e: Element, word: str) -> bool:
    """True for a number or sign in a label or a call, which counting gives again."""
    return is_mark(word) and _within(e, _is_marking)


def _is_marking(e: Element) -> bool:
    return local(e) in _MARKS


def _within(e: Element, holds: Callable[[Element], bool]) -> bool:
    """True if something holds of an element, or of the one whose lettering it is."""
    parent = e.getparent()
    if holds(e) or parent is None or local(e) not in LETTERING:
        return holds(e)
    return _within(parent, holds)


def _words(text: str) -> Iterator[str]:
    return map(_folded, _WORD.findall(unicodedata.normalize("NFC", text)))


def _folded(word: str) -> str:
    """Without case, and without the noughts of "05"."""
    plain = unicodedata.normalize("NFC", word).casefold()
    return plain.lstrip("0") or plain
