"""Tables and figures of pandoc's document: spans, heads, feet, captions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from pubtool.model import q
from pubtool.readers.ast_go import Attributes, Go, Node, attributes, block
from pubtool.readers.ast_inlines import is_blank
from pubtool.readers.captions import caption
from pubtool.readers.draft import element, inside, wrapped
from pubtool.readers.footnotes import flat
from pubtool.rules import XmlNode, fill
from pubtool.source import local

_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


@block("Table")
def _table(c: Any, go: Go) -> list[etree._Element]:
    attrs, (_short, caption_blocks), columns, head, bodies, foot = c
    alignments = [_ALIGN.get(column[0]["t"], "") for column in columns]
    parts = [
        *wrapped("thead", _rows(head[1], alignments, go, head=True)),
        *(part for body in bodies for part in _body(body, alignments, go)),
        *wrapped("tfoot", _rows(foot[1], alignments, go)),
    ]
    if not any(local(part) == "tbody" for part in parts):
        for part in parts[:1]:
            part.tag = q("tbody")
    said = " ".join(alignment or "left" for alignment in alignments) if any(alignments) else ""
    wrap = element("table-wrap", element("table", parts, columns=said)) if parts else None
    return _captioned(wrap, attributes(attrs), caption_blocks, go)


def _captioned(
    wrap: etree._Element | None, attrs: Attributes, nodes: list[Node], go: Go
) -> list[etree._Element]:
    words = go.blocks(nodes)
    if wrap is None:
        return words
    if attrs.id:
        wrap.set("anchor", attrs.id)
    caption(wrap, words, go)
    return [wrap]


def _body(body: Any, alignments: Sequence[str], go: Go) -> Iterator[etree._Element]:
    _attrs, row_heads, head, rows = body
    made = [
        *_rows(head, alignments, go, head=True),
        *_rows(rows, alignments, go, row_heads=row_heads),
    ]
    yield from wrapped("tbody", made)


def _rows(
    rows: Iterable[Any],
    alignments: Sequence[str],
    go: Go,
    *,
    head: bool = False,
    row_heads: int = 0,
) -> Iterator[etree._Element]:
    for _attrs, cells in rows:
        made = [
            _cell(cell, go, alignments, "col" if head else "row" if n < row_heads else "")
            for n, cell in enumerate(cells)
        ]
        if made:
            yield element("tr", made)


def _cell(cell: Any, go: Go, alignments: Sequence[str], scope: str) -> etree._Element:
    _attrs, align, rows, columns, nodes = cell
    return element(
        "th" if scope else "td",
        cell_content(go.blocks(nodes), go),
        scope=scope,
        colspan=str(columns) if columns > 1 else "",
        rowspan=str(rows) if rows > 1 else "",
        align=_ALIGN.get(align["t"], ""),
    )


def cell_content(blocks: Sequence[etree._Element], go: Go) -> list[XmlNode]:
    """Blocks as the running text of a cell, a break between them."""
    content: list[XmlNode] = []
    for made in blocks:
        for part in _lines(made, go):
            if content:
                content.append(element("break"))
            content += part
    return content


def _lines(made: etree._Element, go: Go) -> Iterator[list[XmlNode]]:
    name = local(made)
    if name == "p":
        yield inside(made)
    elif name == "disp-formula":
        made.tag = q("inline-formula")
        yield [made]
    elif name == "fig":
        alt = [inner for inner in made if local(inner) == "alt"]
        for inner in made.findall("{*}graphic"):
            yield [element("inline-graphic", alt[:1], href=inner.get("href", ""))]
        for part in made.findall("{*}caption"):
            yield from (inside(line) for line in flat(part))
    else:
        if name not in ("list", "disp-quote"):
            message = f"<{name}> cannot stand in a cell of a table; its words are kept as lines"
            go.ledger.report("PT614", go.place, message)
        yield from (inside(line) for line in flat(made))


@block("Figure")
def _figure(c: Any, go: Go) -> list[etree._Element]:
    attrs, (_short, caption_blocks), nodes = attributes(c[0]), c[1], c[2]
    held, others = _held(go.blocks(nodes), go)
    words = go.blocks(caption_blocks)
    if not held:
        return [*others, *words]
    figures = [made for made in held if local(made) == "fig"]
    whole = element("fig-group", figures) if len(figures) > 1 else held[0]
    if attrs.id:
        whole.set("anchor", attrs.id)
    caption(whole, words, go)
    return [whole, *others, *(made for made in held if whole is not made and made not in figures)]


def _held(
    blocks: Iterable[etree._Element], go: Go
) -> tuple[list[etree._Element], list[etree._Element]]:
    """The floats of a figure, and whatever else stands in it."""
    held: list[etree._Element] = []
    others: list[etree._Element] = []
    for made in blocks:
        images = made.findall("{*}inline-graphic") if local(made) == "p" else []
        if images and is_blank([made.text or "", *(image.tail or "" for image in images)]):
            graphics = element("fig")
            fill(graphics, [element("graphic", href=i.get("href", "")) for i in images])
            fill(graphics, [alt for image in images[:1] for alt in image])
            held.append(graphics)
        elif local(made) in ("fig", "table-wrap", "fig-group"):
            held.append(made)
        else:
            others.append(made)
    return held, others
