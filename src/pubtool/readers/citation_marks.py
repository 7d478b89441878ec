"""Wrapping a stretch of an element's text in a new element, without changing a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pubtool.source import local

# What is not part of the text around it, or must not be cut into.
_OPAQUE = frozenset(
    {"fn", "cite", "xref", "ext-link", "code", "inline-formula", "inline-graphic", "index-term",
     "query", "label", "monospace"}
)  # fmt: skip
_GAP = "\ufffc"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A run of text: before the first child of an element ("text"), or after one ("tail")."""

    owner: etree._Element
    kind: str
    start: int
    text: str

    @property
    def parent(self) -> etree._Element | None:
        return self.owner if self.kind == "text" else self.owner.getparent()


def text_of(block: etree._Element) -> str:
    """The running text of a block; notes, links and formulas are a single mark in it."""
    slots = list(_slots(block))
    return "".join(slot.text for slot in slots)


def _slots(block: etree._Element) -> Iterator[_Slot]:
    position = 0
    for owner, kind, text in _runs(block):
        yield _Slot(owner, kind, position, text)
        position += len(text)


def _runs(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    yield element, "text", element.text or ""
    for inner in element:
        if isinstance(inner.tag, str) and local(inner) not in _OPAQUE:
            yield from _runs(inner)
        else:
            yield inner, "gap", _GAP
        yield inner, "tail", inner.tail or ""


def wrap(block: etree._Element, start: int, end: int, around: etree._Element) -> bool:
    """Put `around` about the text from `start` to `end`; False if markup stands across its ends."""
    slots = [slot for slot in _slots(block) if slot.kind != "gap"]
    ends = [
        (first, last)
        for first in _touching(slots, start)
        for last in _touching(slots, end)
        if first.parent is last.parent and first.start <= last.start
    ]
    if not ends:
        return False
    first, last = ends[-1]
    _enclose(first, start - first.start, last, end - last.start, around)
    return True


def _touching(slots: list[_Slot], position: int) -> list[_Slot]:
    """The slots that a place is in, or at an edge of: several where markup begins or ends."""
    return [s for s in slots if s.start <= position <= s.start + len(s.text)]


def _enclose(first: _Slot, start: int, last: _Slot, end: int, around: etree._Element) -> None:
    parent = first.parent
    if parent is None:
        return
    index = 0 if first.kind == "text" else parent.index(first.owner) + 1
    until = index if last == first else parent.index(last.owner) + 1
    inside = list(parent)[index:until]
    rest = last.text[end:]
    around.text = first.text[start:end] if last == first else first.text[start:]
    _say(first, first.text[:start])
    for element in inside:
        tail = element.tail
        around.append(element)
        element.tail = tail
    if inside:
        inside[-1].tail = last.text[:end]
    around.tail = rest
    parent.insert(index, around)


def _say(slot: _Slot, text: str) -> None:
    if slot.kind == "text":
        slot.owner.text = text
    else:
        slot.owner.tail = text
