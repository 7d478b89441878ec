"""PDF: tables and lines of code that stand out of the text into the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pubtool.diagnostics import Diagnostic, found
from pubtool.edition import Edition
from pubtool.rules import place_of
from pubtool.writers.html import Element
from pubtool.writers.pdf_boxes import Painting, children, kind, tag
from pubtool.writers.pdf_places import place_in

_MILLIMETRES = 25.4 / 96
# What nobody sees (CSS pixels).
_TOLERANCE = 2.0
# A word that no line holds, as far as one can tell before lines are made.
_LONG = re.compile(r"[^\s\u00ad\u200b-]{55}")
_HOLDERS = ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
_WATCHED = frozenset({"table", "pre"})


def mark_long_words(article: Element) -> None:
    """Let lines end anywhere where a word is longer than a line."""
    for holder in article.iter(*_HOLDERS):
        if any(_LONG.search(text) for text in holder.itertext()):
            holder.set("class", f"{holder.get('class', '')} long".strip())


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
