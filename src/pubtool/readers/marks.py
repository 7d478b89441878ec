"""Markup carried through text: every piece of it is one character of Unicode's private planes.

The recognisers of titles, authors, sections and references work on text. A rich manuscript is
shown to them as text in which each start, end, note, formula, table is a single character that
no alphabet knows; `restore` puts the elements back into the chapter they made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pubtool.readers.draft import element
from pubtool.readers.inline import FIRST_OBJECT, FIRST_PAIR, LAST_MARK, MARKED
from pubtool.rules import XmlNode, fill
from pubtool.source import local

# Elements that stand between paragraphs; a paragraph around one is parted.
BLOCKS = frozenset(
    {
        "p", "list", "def-list", "disp-quote", "epigraph", "verse-group", "fig", "fig-group",
        "table-wrap", "disp-formula", "code", "boxed-text", "media",
    }
)  # fmt: skip
# Elements whose content is one thing: no part of it is text to be recognised.
_WHOLE = BLOCKS | {
    "fn", "inline-formula", "inline-graphic", "index-term", "break", "page-break", "query",
    "anchor",
}  # fmt: skip
# Elements that hold characters only; marks within them are dropped.
_PLAIN = frozenset(
    {
        "given", "family", "prefix", "suffix", "collab", "orcid", "email", "department",
        "institution", "city", "country", "publisher", "year", "doi", "url",
    }
)  # fmt: skip
_ESCAPED = re.compile(r"[\\*]|^#", re.M)
_PRIVATE = re.compile(MARKED)

_Shape = tuple[str, tuple[tuple[str, str], ...]]


class TooManyMarks(Exception):
    """A text with more markup than the private planes have characters."""


@dataclass
class Marks:
    """The elements of one manuscript that its text stands for, by their characters."""

    pairs: dict[_Shape, str] = field(default_factory=dict)
    shapes: dict[str, _Shape] = field(default_factory=dict)
    objects: dict[str, XmlNode] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)

    def flatten(self, content: Iterable[XmlNode]) -> str:
        """Content as text: words as they are, elements as characters around or between them."""
        return "".join(self._flat(node) for node in content)

    def _flat(self, node: XmlNode) -> str:
        if isinstance(node, str):
            return _PRIVATE.sub(lambda match: self.whole(match[0]), _escaped(node))
        if local(node) in _WHOLE or not (len(node) or node.text):
            return self.whole(node)
        start = self._pair(node)
        inside = "".join(
            [self._flat(node.text or "")]
            + [part for child in node for part in (self._flat(child), self._flat(child.tail or ""))]
        )
        return f"{start}{inside}{chr(ord(start) + 1)}"

    def whole(self, node: XmlNode) -> str:
        """The character that stands for an element, or for a character of the private planes."""
        code = FIRST_OBJECT + len(self.objects)
        if code > LAST_MARK:
            raise TooManyMarks
        self.objects[chr(code)] = node
        return chr(code)

    def _pair(self, node: etree._Element) -> str:
        shape = (local(node), tuple(sorted((str(k), str(v)) for k, v in node.attrib.items())))
        if shape not in self.pairs:
            code = FIRST_PAIR + 2 * len(self.pairs)
            if code + 1 >= FIRST_OBJECT:
                raise TooManyMarks
            self.pairs[shape] = chr(code)
            self.shapes[chr(code)] = shape
        return self.pairs[shape]

    def restore(self, root: etree._Element) -> None:
        """Put every element back where its characters stand in a tree."""
        for parent in list(root.iter("*")):
            self._restore(parent)
        for paragraph in list(root.iter("{*}p")):
            _part(paragraph)

    def missing(self) -> Iterator[tuple[str, XmlNode]]:
        """What stood in the text and is nowhere in the tree, with its character."""
        return ((mark, n) for mark, n in self.objects.items() if mark not in self.placed)

    def _restore(self, parent: etree._Element) -> None:
        for key, value in parent.attrib.items():
            if _PRIVATE.search(str(value)):
                parent.set(key, _PRIVATE.sub("", str(value)))
        if not any(_PRIVATE.search(text) for text in _texts(parent)):
            return
        nodes: list[XmlNode] = [parent.text or ""]
        for inner in list(parent):
            nodes += [inner, inner.tail or ""]
            inner.tail = None
            parent.remove(inner)
        parent.text = None
        if local(parent) in _PLAIN:
            nodes = [_PRIVATE.sub("", n) if isinstance(n, str) else n for n in nodes]
            fill(parent, nodes)
        else:
            fill(parent, self._rebuilt(nodes))

    def _rebuilt(self, nodes: Iterable[XmlNode]) -> list[XmlNode]:
        levels: list[tuple[str, list[XmlNode]]] = [("", [])]
        for node in nodes:
            if isinstance(node, str):
                for piece in re.split(f"({MARKED})", node):
                    self._take(piece, levels)
            else:
                levels[-1][1].append(node)
        while len(levels) > 1:
            self._close(levels)
        return levels[0][1]

    def _take(self, piece: str, levels: list[tuple[str, list[XmlNode]]]) -> None:
        if piece in self.shapes:
            levels.append((piece, []))
        elif piece in self.objects:
            self.placed.add(piece)
            levels[-1][1].append(self.objects[piece])
        elif _PRIVATE.fullmatch(piece):
            opener = chr(ord(piece) - 1)
            while any(start == opener for start, _ in levels):
                last = levels[-1][0]
                self._close(levels)
                if last == opener:
                    break
        elif piece:
            levels[-1][1].append(piece)

    def _close(self, levels: list[tuple[str, list[XmlNode]]]) -> None:
        start, content = levels.pop()
        name, attributes = self.shapes[start]
        if content:
            made = element(name, content)
            for key, value in attributes:
                made.set(key, value)
            levels[-1][1].append(made)


def _escaped(text: str) -> str:
    """Text whose asterisks and backslashes are only themselves, as `inline.parse` reads it."""
    return _ESCAPED.sub(lambda match: f"\\{match[0]}", text)


def _texts(parent: etree._Element) -> Iterator[str]:
    yield parent.text or ""
    yield from (child.tail or "" for child in parent)


def _part(paragraph: etree._Element) -> None:
    """Part a paragraph around the blocks that stand in it."""
    parent = paragraph.getparent()
    if parent is None or not any(local(child) in BLOCKS for child in paragraph):
        return
    pieces = parted(paragraph)
    pieces[-1].tail = paragraph.tail
    at = parent.index(paragraph)
    parent[at : at + 1] = pieces


def parted(paragraph: etree._Element) -> list[etree._Element]:
    """The blocks in a paragraph, and paragraphs of what stands before, between and after them."""
    runs: list[list[XmlNode]] = [[paragraph.text or ""]]
    made: list[etree._Element] = []
    for child in list(paragraph):
        tail, child.tail = child.tail or "", None
        if local(child) in BLOCKS:
            made += _run(runs.pop())
            made.append(child)
            runs.append([tail])
        else:
            runs[-1] += [child, tail]
    return [*made, *_run(runs.pop())] or [element("p")]


def _run(nodes: list[XmlNode]) -> list[etree._Element]:
    if not any(not isinstance(node, str) or node.strip() for node in nodes):
        return []
    return [element("p", nodes)]
