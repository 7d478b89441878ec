"""Nodes of pandoc's document model (pandoc-types 1.23) as JSON objects, a function a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

Node: TypeAlias = dict[str, Any]
Nodes: TypeAlias = list[Node]
Attr: TypeAlias = list[Any]

API_VERSION = [1, 23, 1]
_BLANKS = re.compile(r"([ \t\r\n]+)")
SPACE: Node = {"t": "Space"}
LINE_BREAK: Node = {"t": "LineBreak"}


def text(words: str) -> Nodes:
    """Text as words and spaces; no-break spaces stay within words."""
    parts = _BLANKS.split(words)
    return [SPACE if part.isspace() else {"t": "Str", "c": part} for part in parts if part]


def whole(words: str) -> Nodes:
    """Text as one node, which takes pandoc half the time; no line is broken in it."""
    return [{"t": "Str", "c": _BLANKS.sub(" ", words)}]


def attr(id_: str | None = "", classes: str = "", **pairs: str | None) -> Attr:
    """Id, classes and attributes; `epub_type=` becomes epub:type, `aria_label=` aria-label."""
    named = [
        [k.rstrip("_").replace("epub_", "epub:").replace("_", "-"), v]
        for k, v in pairs.items()
        if v
    ]
    return [id_ or "", classes.split(), named]


def span(attributes: Attr, content: Nodes) -> Node:
    """A run of inline nodes with attributes."""
    return {"t": "Span", "c": [attributes, content]}


def div(attributes: Attr, content: Nodes) -> Node:
    """Blocks with attributes."""
    return {"t": "Div", "c": [attributes, content]}


def styled(kind: str, content: Nodes) -> Node:
    """Emph, Strong, SmallCaps, Superscript, Subscript, Underline, Strikeout."""
    return {"t": kind, "c": content}


def link(attributes: Attr, content: Nodes, target: str) -> Node:
    """A link."""
    return {"t": "Link", "c": [attributes, content, [target, ""]]}


def image(attributes: Attr, alt: str, source: str) -> Node:
    """An image."""
    return {"t": "Image", "c": [attributes, text(alt), [source, ""]]}


def para(content: Nodes) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": content}


def plain(content: Nodes) -> Node:
    """Inline nodes as a block that is no paragraph."""
    return {"t": "Plain", "c": content}


def header(level: int, attributes: Attr, content: Nodes) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attributes, content]}


def math(tex: str, *, display: bool) -> Node:
    """A formula in TeX."""
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}


def raw_html(markup: str) -> Node:
    """Markup that only HTML formats carry."""
    return {"t": "RawInline", "c": ["html", markup]}


def code(words: str) -> Node:
    """Fixed-width text in the line."""
    return {"t": "Code", "c": [attr(), words]}


def code_block(attributes: Attr, words: str) -> Node:
    """Lines of code."""
    return {"t": "CodeBlock", "c": [attributes, words]}


def bullets(items: list[Nodes]) -> Node:
    """An unordered list."""
    return {"t": "BulletList", "c": items}


def ordered(start: int, style: str, items: list[Nodes]) -> Node:
    """A numbered list; style is Decimal, LowerAlpha, UpperAlpha, LowerRoman or UpperRoman."""
    return {"t": "OrderedList", "c": [[start, {"t": style}, {"t": "Period"}], items]}


def definitions(items: list[tuple[Nodes, Nodes]]) -> Node:
    """Terms with their definitions."""
    return {"t": "DefinitionList", "c": [[term, [meaning]] for term, meaning in items]}


def quotation(content: Nodes) -> Node:
    """A quotation set apart."""
    return {"t": "BlockQuote", "c": content}


def lines(content: list[Nodes]) -> Node:
    """Verse, line by line."""
    return {"t": "LineBlock", "c": content}


def note(content: Nodes) -> Node:
    """A footnote."""
    return {"t": "Note", "c": content}


def figure(attributes: Attr, caption: Nodes, content: Nodes) -> Node:
    """A figure with its caption."""
    return {"t": "Figure", "c": [attributes, [None, caption], content]}


def cell(attributes: Attr, content: Nodes, *, align: str, rows: int, columns: int) -> list[Any]:
    """A table cell; align is AlignLeft, AlignRight, AlignCenter or AlignDefault."""
    return [attributes, {"t": align}, rows, columns, content]


def table(
    attributes: Attr,
    caption: Nodes,
    *,
    aligns: list[str],
    head: list[Any],
    bodies: list[tuple[int, list[Any]]],
    foot: list[Any],
) -> Node:
    """A table; each body says how many of its first columns are headings."""
    columns = [[{"t": align}, {"t": "ColWidthDefault"}] for align in aligns]
    body = [[attr(), heads, [], rows] for heads, rows in bodies]
    return {
        "t": "Table",
        "c": [attributes, [None, caption], columns, [attr(), head], body, [attr(), foot]],
    }


def row(cells: list[Any]) -> list[Any]:
    """A table row."""
    return [attr(), cells]


def joined(parts: Iterable[Nodes], separator: str = ", ") -> Nodes:
    """Parts with a marked separator between them."""
    out: Nodes = []
    for part in parts:
        if out:
            out.append(span(attr(data_generated="separator"), text(separator)))
        out += part
    return out


def said(words: str, classes: str = "") -> Node:
    """Words that pubtool writes, marked as such."""
    return span(attr("", classes, data_generated="yes"), text(words))


GAP: Node = span(attr(data_generated="separator"), [SPACE])
