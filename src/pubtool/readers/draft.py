"""Making and writing out a canonical chapter."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pubtool.model import q
from pubtool.rules import Content, fill
from pubtool.source import LANG, NAMESPACE, local

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# Elements whose children stand on lines of their own; all others are written on one line.
_OPENED = frozenset(
    {
        "chapter",
        "front",
        "contributor",
        "abstract",
        "book",
        "body",
        "sec",
        "list",
        "back",
        "ack",
        "statement",
        "app",
        "references",
        "bio",
    }
)


def element(name: str, *content: Content, **attributes: str) -> etree._Element:
    """An element of the chapter vocabulary; attributes that are empty are left out."""
    made = etree.Element(q(name), nsmap={None: NAMESPACE})
    for key, value in attributes.items():
        if value:
            made.set(LANG if key == "lang" else key, value)
    for item in content:
        fill(made, item)
    return made


def placed(made: etree._Element, line: int) -> etree._Element:
    """The element, knowing the line of the manuscript it stood in."""
    made.sourceline = line  # type: ignore[misc]
    return made


def optional(name: str, content: str, **attributes: str) -> list[etree._Element]:
    """The element if there is something to put into it."""
    return [element(name, content, **attributes)] if content.strip() else []


def wrapped(name: str, content: Iterable[etree._Element]) -> list[etree._Element]:
    """The element around others, if there are any."""
    inside = list(content)
    return [element(name, inside)] if inside else []


def serialise(root: etree._Element) -> bytes:
    """The chapter as UTF-8, a line for each block, indented by two spaces. The tree is changed."""
    _indent(root, "\n")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8") + b"\n"


def _indent(parent: etree._Element, outside: str) -> None:
    inside = outside + "  "
    if not len(parent) or local(parent) not in _OPENED:
        return
    parent.text = inside
    for child in parent:
        _indent(child, inside)
        child.tail = inside
    parent[-1].tail = outside
