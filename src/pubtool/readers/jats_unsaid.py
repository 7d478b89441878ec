"""JATS in: what a rule took for a fact, and yet neither the chapter nor a finding says.

`conserve` takes what a rule has read for kept. Here every word and address of the source is looked
for once more; it must stand somewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from pubtool.diagnostics import Diagnostic
from pubtool.readers.jats_run import LETTERING, Element, Reading, generated, href, is_mark
from pubtool.readers.jats_shape import is_math
from pubtool.readers.jats_terms import MONTHS, UNDERSTOOD
from pubtool.readers.jats_words import NESTED
from pubtool.source import local
from pubtool.text import squeeze

_WORD = re.compile(r"[^\W_]+")
_POINTERS = frozenset({"rid", "ref", "affiliations"})
_LINKS = frozenset({"ext-link", "uri", "license", "email"})
# A piece this long that words stand together with has not come there by chance.
_LONG = 4
_MARKS = frozenset({"label", "xref"})


def name_unsaid(
    source: Element, root: Element, findings: Iterable[Diagnostic], go: Reading
) -> None:
    """Name the words (PT606) and addresses (PT658, PT659) that are nowhere."""
    said = [*_told(root), *(f.message for f in findings), *go.labels.values()]
    name_words(source, said, go)
    whole = " ".join(said)
    for e in _own(source):
        if href(e) and href(e) not in whole:
            _name_address(e, go)


def name_words_of(citation: Element, ref: Element, go: Reading) -> None:
    """The same of a citation and the reference made of it."""
    name_words(citation, list(_told(ref)), go)


def name_words(source: Element, said: Sequence[str], go: Reading) -> None:
    """Name the words of an element that are in none of the texts `said`."""
    words = {*UNDERSTOOD, *MONTHS, *_words("\n".join(said))}
    whole = squeeze(" ".join(said)).casefold()
    for e in _own(source):
        for text in _texts(e):
            piece = squeeze(text)
            together = len(piece) >= _LONG and piece.casefold() in whole
            if not together and not words.issuperset(_words(piece)):
                go.leave(e, piece)


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


def _own(source: Element) -> Iterator[Element]:
    """The elements of a part that are not of a part inside it, nor of a formula."""
    yield source
    for e in source.iterchildren("*"):
        if local(e) not in NESTED and not is_math(e) and local(e) != "tex-math":
            yield from _own(e)


def _texts(e: Element) -> Iterator[str]:
    """The pieces of text of an element that say something: no number, nothing pubtool wrote."""
    own = e.text or ""
    if not (_within(e, generated) or (_within(e, _is_marking) and is_mark(own))):
        yield own
    if local(e) == "abbrev":
        yield e.get("alt", "")
    yield from (inner.tail or "" for inner in e if not generated(e))


def _is_marking(e: Element) -> bool:
    return local(e) in _MARKS


def _within(e: Element, holds: Callable[[Element], bool]) -> bool:
    """True if something holds of an element, or of the one whose lettering it is."""
    parent = e.getparent()
    if holds(e) or parent is None or local(e) not in LETTERING:
        return holds(e)
    return _within(parent, holds)


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold()):
        yield word.lstrip("0") or word
