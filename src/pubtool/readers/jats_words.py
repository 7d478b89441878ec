"""The words of a JATS tree, with the places where they stand."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator

from lxml import etree

from pubtool.readers.jats_terms import CHAPTERS, IN_LINE, NAME_PARTS, SUB_ARTICLES
from pubtool.rules import AT
from pubtool.source import local
from pubtool.text import squeeze

Element = etree._Element
NESTED = frozenset(CHAPTERS) | SUB_ARTICLES
_TOKEN = re.compile(r"\w+|[^\w\s]")
# Inside these, each element is a fact of its own.
_FACTS = frozenset({"contrib", "contrib-group", "aff", "addr-line", "institution-wrap"})


def spoken(element: Element) -> str:
    """The text of an element, with a space wherever a word must end."""
    return "".join(text for _, text in pieces(element))


def text_in(element: Element) -> str:
    """The same on one line."""
    return squeeze(spoken(element))


def pieces(
    element: Element, inside: bool = False, but: Collection[str] = frozenset()
) -> Iterator[tuple[int, str]]:
    """(line, text) in order; `inside` a citation only parts of names end words."""
    name = local(element)
    inside = inside or name == "mixed-citation"
    edge = "" if _in_line(element, name, inside) else " "
    line = line_of(element)
    yield line, edge + (element.text or "")
    line += (element.text or "").count("\n")
    for child in element:
        if local(child) not in but:
            for line, text in pieces(child, inside, but):
                yield line, text
            line += text.count("\n")
        yield line, child.tail or ""
        line += (child.tail or "").count("\n")
    yield line, edge


def _in_line(element: Element, name: str, inside: bool) -> bool:
    parent = element.getparent()
    if name == "xref" and element.get("ref-type") == "fn":
        return False
    if parent is not None and local(parent) in _FACTS:
        return False
    return name in IN_LINE or (inside and name not in NAME_PARTS and name != "mixed-citation")


def line_of(element: Element) -> int:
    """The line an element starts in."""
    here: Element | None = element
    while here is not None:
        if at := here.get(AT):
            return int(at.partition(":")[0])
        here = here.getparent()
    return 0


def tokens(element: Element) -> Iterator[tuple[int, str]]:
    """(line, word or mark) of everything in a part of a document but the parts inside it."""
    starts, lines, texts, length = [0], [0], [], 0
    for line, text in pieces(element, but=NESTED):
        starts.append(length)
        lines.append(line)
        texts.append(text)
        length += len(text)
    whole = "".join(texts)
    for match in _TOKEN.finditer(whole):
        n = bisect_right(starts, match.start()) - 1
        inside = whole.count("\n", starts[n], match.start())
        yield lines[n] + inside, unicodedata.normalize("NFC", match[0])
