"""PDF: what stands out of the text or beyond the page, what was made smaller, loose lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.rules import place_of
from pubtool.writers.html import Element
from pubtool.writers.pdf_boxes import Painting, children, kind, tag
from pubtool.writers.pdf_places import place_in

if TYPE_CHECKING:
    from pubtool.writers.pdf_cut import Outcome

_MILLIMETRES = 25.4 / 96
# What nobody sees (CSS pixels).
_TOLERANCE = 2.0
_SHOWN = 6
# A word that no line holds, as far as one can tell before lines are made.
_LONG = re.compile(r"[^\s\u00ad\u200b-]{55}")
# Letters that fill more than half a page; what holds more is not kept on one.
_TALL = 1500
_KEPT = frozenset({"table", "box", "bio"})
_HOLDERS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
_WATCHED = frozenset({"table", "pre"})
# A formula that is set smaller than this part of its size is hard to read.
_READABLE = 0.7
# Fewer lines than these that the engine filled are no matter.
_FEW = 10


def mark_long_words(article: Element) -> None:
    """Let lines end anywhere where a word is longer than a line."""
    for holder in article.iter(*_HOLDERS):
        if any(_LONG.search(text) for text in holder.itertext()):
            holder.set("class", f"{holder.get('class', '')} long".strip())


def mark_tall_blocks(article: Element) -> None:
    """Let boxes, tables, their rows and biographies go over pages where they are long."""
    for block in article.iter("*"):
        classes = block.get("class", "").split()
        kept = block.tag == "tr" or not _KEPT.isdisjoint(classes)
        if kept and sum(map(len, block.itertext())) > _TALL:
            block.set("class", " ".join((*classes, "tall")))


def overflowing(paintings: Sequence[Painting], edition: Edition) -> Iterator[Diagnostic]:
    """The tables that are wider than the text (PT740), each told once."""
    elements = list(edition.chapter.root.iter("*"))
    told: set[Any] = set()
    for painting in paintings:
        edge = painting.box.content_box_x() + painting.box.width
        for box, place in _watched(painting.box, None):
            beyond = _right(box) - edge
            if beyond > _TOLERANCE and box.element not in told:
                told.add(box.element)
                element = elements[place] if place is not None else None
                where = place_of(element, edition.chapter.file)
                said = f"this {tag(box)} stands {beyond * _MILLIMETRES:.0f} mm out into the margin"
                yield found("PT740", where, said)


def cut_off(paintings: Sequence[Painting], edition: Edition) -> Iterator[Diagnostic]:
    """The words above or below the page, which nobody will read (PT790), told once an element.

    The engine does not carry a note or a row of a table over to a next page.
    """
    elements = list(edition.chapter.root.iter("*"))
    told: set[int | None] = set()
    for painting in paintings:
        for box, place in _texts(painting.box, None):
            inside = 0 <= box.position_y <= painting.height - _TOLERANCE
            if not inside and box.text.strip() and place not in told:
                told.add(place)
                element = elements[place] if place is not None else None
                said = (
                    f"“{' '.join(box.text.split()[:_SHOWN])} …” stands beyond the edge of the page"
                )
                yield found("PT790", place_of(element, edition.chapter.file), said)


def shrunk(paintings: Sequence[Painting], edition: Edition) -> Iterator[Diagnostic]:
    """The formulas made much smaller so that they are no wider than the text (PT793)."""
    elements = list(edition.chapter.root.iter("*"))
    for painting in paintings:
        for box, place in _formulas(painting.box, None):
            part = box.width / (box.height * box.replacement.get_intrinsic_size(1, 1)[2])
            if part < _READABLE:
                element = elements[place] if place is not None else None
                said = f"this formula is set at {part:.0%} of its size, to fit into the line"
                yield found("PT793", place_of(element, edition.chapter.file), said)


def lines_told(seen: Outcome, place: Place, *, whole: bool) -> Iterator[Diagnostic]:
    """Lines that are too long (PT736); whether most were not planned, as `whole` asks (PT791)."""
    for text in dict.fromkeys(seen.overfull):
        yield found("PT736", place, f"too long: “{text}”")
    if whole and seen.filled > max(seen.planned, _FEW):
        lines = seen.planned + seen.filled
        said = f"{seen.filled} of {lines} lines were filled one after the other"
        yield found("PT791", place, said)


def _formulas(box: Any, place: int | None) -> Iterator[tuple[Any, int | None]]:
    """The drawn formulas under a box, each with the number of the chapter's element it is."""
    place = place_in(box, place)
    if hasattr(box, "replacement") and box.element.get("role") == "math":
        yield box, place
    for child in children(box):
        yield from _formulas(child, place)


def _texts(box: Any, place: int | None) -> Iterator[tuple[Any, int | None]]:
    """The texts under a box, each with the number of the chapter's element it is in."""
    place = place_in(box, place)
    if kind(box) == "TextBox" and "::" not in tag(box):
        yield box, place
    for child in children(box):
        yield from _texts(child, place)


def _watched(box: Any, place: int | None) -> Iterator[tuple[Any, int | None]]:
    """The tables under a box, with the number of the chapter's element that has a text in them."""
    place = place_in(box, place)
    if tag(box) in _WATCHED and kind(box) != "TextBox":
        yield box, _first_place(box)
        return
    for child in children(box):
        yield from _watched(child, place)


def _first_place(box: Any) -> int | None:
    for child in children(box):
        place = place_in(child, None)
        place = _first_place(child) if place is None else place
        if place is not None:
            return place
    return None


def _right(box: Any) -> float:
    """The right edge of all that is in a box."""
    inner = (_right(child) for child in children(box))
    return max([float(box.position_x + (box.width or 0)), *inner])
