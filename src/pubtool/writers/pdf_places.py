"""PDF: which element of the chapter a text on the page is of, and so where its pages begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pubtool.conservation import INLINE, chapter_words, seal
from pubtool.edition import Edition
from pubtool.pagination import Pages, PageStart, start
from pubtool.rules import Go, XmlNode
from pubtool.source import local
from pubtool.text import letters
from pubtool.writers.html import Element, HtmlGo, el
from pubtool.writers.pdf_boxes import Painting, children, kind, tag
from pubtool.writers.pdf_numerals import folios

_PLACE = "data-place"
# The place of words that pubtool wrote, and of the author's that are no element's own text.
_OURS, _NOWHERE = -1, -2
_NO_TEXT = frozenset({"MarginBox", "FootnoteAreaBox"})


class PlacedGo(Go[XmlNode]):
    """A run of the page's table that tells of every text which element of the chapter it is of."""

    numbers: dict[Element, int]

    def inside(self, element: Element, but: Collection[str] = ()) -> list[XmlNode]:
        """What is inside an element, with a mark before it unless it runs in lines of another."""
        content = super().inside(element, but)
        if not content or in_lines(element) or element not in self.numbers:
            return content
        return [el("span", data_place=str(self.numbers[element])), *content]


def in_lines(element: Element) -> bool:
    """True if an element runs in the lines of another; the term of a glossary does not."""
    parent = element.getparent()
    return local(element) in INLINE and (parent is None or local(parent) != "def-item")


def placed(go: HtmlGo) -> PlacedGo:
    """The same run, telling places."""
    made = PlacedGo(go.rules, go.chapter, go.options, go.findings)
    made.numbers = {element: n for n, element in enumerate(go.chapter.root.iter("*"))}
    return made


def number_of(element: Element, go: Go[XmlNode]) -> str | None:
    """The number of an element of the chapter, which what has no text says by itself."""
    return str(go.numbers[element]) if isinstance(go, PlacedGo) and element in go.numbers else None


def settle_places(article: Element) -> None:
    """Take the marks away, and let the elements they stand in say the places instead."""
    for mark in list(article.iter("span")):
        parent = mark.getparent()
        if _PLACE not in mark.attrib or parent is None:
            continue
        parent.set(_PLACE, mark.get(_PLACE, ""))
        before = mark.getprevious()
        if before is None:
            parent.text = (parent.text or "") + (mark.tail or "") or None
        else:
            before.tail = (before.tail or "") + (mark.tail or "") or None
        mark.tail = None
        parent.remove(mark)


def place_in(box: Any, place: int | None) -> int | None:
    """The number of the chapter's element whose text is in a box; `place` is that around it."""
    said = box.element.get(_PLACE) if box.element is not None else None
    return place if said is None else int(said)


def pages(paintings: list[Painting], edition: Edition) -> Pages:
    """The pages of a document, and the word each begins with."""
    root, numbering = edition.chapter.root, folios(edition.chapter.record.first_page)
    reader = _Reader(list(root.iter("*")))
    labels = tuple(numbering.on(number) for number in range(len(paintings)))
    pairs = zip(labels, paintings, strict=True)
    starts = [reader.begin(label, painting.box) for label, painting in pairs]
    sealed = seal(chapter_words(edition.chapter))
    return Pages(labels, tuple(begun for begun in starts if begun is not None), sealed)


@dataclass(slots=True)
class _Reader:
    """Reads page after page and counts the letters of each element that it has met."""

    elements: list[etree._Element]
    printed: Counter[int] = field(default_factory=Counter)
    heads: dict[Any, Any] = field(default_factory=dict)

    def begin(self, label: str, page: Any) -> PageStart | None:
        """The start of a page, after which the page counts as read."""
        begun, open_, led = None, True, 0
        for place, text in self._texts(page, page, None):
            held = letters(text)
            if open_ and held and place != _OURS:
                # A page that begins with a name or an affiliation has no word to begin at.
                begun, open_ = self._start(label, place, led=led), False
            led += len(held) if place == _OURS else 0
            self.printed[place] += len(held)
        return begun

    def _start(self, label: str, place: int, *, led: int) -> PageStart | None:
        if place == _NOWHERE:
            return None
        return start(label, self.elements[place], self.printed[place], led=led)

    def _texts(self, box: Any, page: Any, place: int | None) -> Iterator[tuple[int, str]]:
        """The texts under a box with their places; notes are not among them."""
        if kind(box) in _NO_TEXT or "::" in tag(box):
            return
        if kind(box) == "TextBox":
            yield _NOWHERE if place is None else place, box.text
            return
        element = box.element
        if element is not None and kind(box) != "PageBox":
            # A reference in the words of a style has a place all the same.
            if element.get("data-generated") and _PLACE not in element.attrib:
                place = _OURS
            if tag(box) == "thead" and self.heads.setdefault(element, page) is not page:
                return
            place = place if place == _OURS else place_in(box, place)
        for child in children(box):
            yield from self._texts(child, page, place)
