"""Going through pandoc's document: a table from node name to function, and what they share.

The nodes are those of pandoc-types 1.23 (`Text.Pandoc.Definition`) as its JSON writes them:
`{"t": name, "c": content}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lxml import etree

from pubtool.readers.images import Gallery
from pubtool.readers.ledger import Ledger
from pubtool.readers.signals import understood
from pubtool.rules import XmlNode
from pubtool.settings import Import

Node: TypeAlias = dict[str, Any]
Inline: TypeAlias = "Callable[[Any, Go], list[XmlNode]]"
BlockFunction: TypeAlias = "Callable[[Any, Go], list[etree._Element]]"

INLINES: dict[str, Inline] = {}
BLOCKS: dict[str, BlockFunction] = {}


def inline(*names: str) -> Callable[[Inline], Inline]:
    """Register what an inline node becomes."""

    def register(function: Inline) -> Inline:
        INLINES.update(dict.fromkeys(names, function))
        return function

    return register


def block(*names: str) -> Callable[[BlockFunction], BlockFunction]:
    """Register what a block node becomes."""

    def register(function: BlockFunction) -> BlockFunction:
        BLOCKS.update(dict.fromkeys(names, function))
        return function

    return register


@dataclass(frozen=True)
class Attributes:
    """A node's identifier, classes and named values."""

    id: str
    classes: tuple[str, ...]
    named: dict[str, str]

    @property
    def style(self) -> str:
        """The name of the Word or LibreOffice style, or ""."""
        return self.named.get("custom-style", "")


def attributes(raw: Sequence[Any]) -> Attributes:
    """The attributes of a node."""
    id_, classes, named = raw
    return Attributes(id_, tuple(classes), dict(named))


@dataclass
class Go:
    """One run over one manuscript. `place` is the number of the paragraph the work is at.

    `cited` has the id of each reference by its key; `written` says that a citation has the words
    of its author; `labelled`, that keys stand in the list of references itself (LaTeX);
    `offered`, that a bibliography has references too.
    """

    ledger: Ledger
    gallery: Gallery
    settings: Import
    language: str = ""
    place: int = 0
    locate: Callable[[str], int] = lambda text: 0
    cited: dict[str, str] = field(default_factory=dict)
    written: bool = True
    labelled: bool = False
    offered: bool = False
    formulas: list[etree._Element] = field(default_factory=list)

    def inlines(self, nodes: Iterable[Node]) -> list[XmlNode]:
        """What inline nodes become, neighbouring strings put together."""
        out: list[XmlNode] = []
        words: list[str] = []
        for node in nodes:
            for made in INLINES[node["t"]](node.get("c"), self):
                if isinstance(made, str):
                    words.append(made)
                    continue
                if words:
                    out.append("".join(words))
                    words = []
                out.append(made)
        return understood([*out, "".join(words)] if words else out)

    def blocks(self, nodes: Iterable[Node]) -> list[etree._Element]:
        """What block nodes become, one after the other."""
        return [made for node in nodes for made in BLOCKS[node["t"]](node.get("c"), self)]


def beginning_of(nodes: Any, most: int = 40) -> str:
    """The first words of nodes, as `text_of` has them: at most so many strings."""
    out: list[str] = []
    stack = [nodes]
    while stack and len(out) < most:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node[:most]))
        elif isinstance(node, dict) and node.get("t") == "Str":
            out.append(node["c"])
        elif isinstance(node, dict):
            out.append(" ")
            stack.append(node.get("c"))
    return "".join(out)


def text_of(nodes: Any) -> str:
    """Every character of text in nodes, whatever they are; nothing of this file's tables is used.

    It is what a manuscript is held against in the end. A formula is one `∎`; the description of an
    image is not counted.
    """
    out: list[str] = []
    _gather(nodes, out)
    return "".join(out)


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
_PARAGRAPHS = frozenset({"Para", "Plain", "Header", "Note", "Table", "Figure", "CodeBlock"})


def _gather(nodes: Any, out: list[str]) -> None:
    if isinstance(nodes, list):
        for node in nodes:
            _gather(node, out)
    elif isinstance(nodes, dict):
        name: str = nodes.get("t", "")
        content: Any = nodes.get("c")
        if name == "Str":
            out.append(content)
        elif name in _SPACES:
            out.append(" ")
        elif name == "Math":
            out.append(" ∎ ")
        elif name in ("Code", "CodeBlock", "RawInline", "RawBlock"):
            out += [" " * (name != "Code"), content[-1], " " * (name != "Code")]
        elif name == "Cite":
            _gather(content[1], out)
        elif name == "LineBlock":
            for line in content:
                _gather([line, {"t": "Space"}], out)
        elif name != "Image":
            edge = " " if name in _PARAGRAPHS else ""
            out.append(edge)
            _gather(content, out)
            out.append(edge)
