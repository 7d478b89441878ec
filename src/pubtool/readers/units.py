"""The blocks of pandoc's document with the style, level and place each had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pubtool.languages import other
from pubtool.readers.ast_go import Attributes, Go, Node, attributes, beginning_of
from pubtool.readers.ast_inlines import is_blank
from pubtool.readers.draft import element, inside
from pubtool.readers.styles import role_of
from pubtool.source import LANG, local

_LISTS = frozenset({"references", "thebibliography"})


@dataclass
class Unit:
    """A block on its way: an element with the style it had, its level if it is a heading."""

    made: etree._Element
    style: str = ""
    level: int = 0
    number: str = ""
    place: int = 0

    @property
    def name(self) -> str:
        """The name of the element."""
        return local(self.made)


def units(nodes: Iterable[Node], go: Go, style: str = "", start: int = 0) -> Iterator[Unit]:
    """The blocks of a document; those that only carry a style are opened."""
    for node in nodes:
        name: str = node["t"]
        c: Any = node.get("c")
        go.place = go.locate(beginning_of(node))
        if name == "Div":
            yield from _division(attributes(c[0]), c[1], go, style)
        elif name == "Header":
            yield from _heading(c, go)
        elif name == "BlockQuote" and role_of(style, go.settings) not in ("", "disp-quote"):
            yield from units(c, go, style)
        else:
            for made in go.blocks([node]):
                yield Unit(made, style, place=go.place)


def _division(attrs: Attributes, nodes: list[Node], go: Go, outer: str) -> Iterator[Unit]:
    language = other(attrs.named.get("lang", ""), go.language)
    if attrs.id == "refs" or _LISTS & set(attrs.classes):
        style = "Bibliography"
    else:
        style = attrs.style or next((c for c in attrs.classes if role_of(c, go.settings)), outer)
    first = True
    for unit in units(nodes, go, style):
        if first and attrs.id and "anchor" not in unit.made.attrib:
            unit.made.set("anchor", attrs.id)
        first = False
        yield _spoken(unit, language) if language else unit


def _spoken(unit: Unit, language: str) -> Unit:
    """A block in another language: a paragraph's words say so, until it is one again."""
    if unit.name == "p":
        unit.made.append(element("foreign", inside(unit.made), lang=language))
    elif not unit.made.get(LANG):
        unit.made.set(LANG, language)
    return unit


def _heading(c: Any, go: Go) -> Iterator[Unit]:
    level, attrs, words = c
    content = go.inlines(words)
    if is_blank(content):
        return
    named = attributes(attrs)
    made = element("p", content)
    if named.id:
        made.append(element("anchor", id=named.id))
    yield Unit(made, named.style, level=level, place=go.place)
