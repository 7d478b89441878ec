"""Pandoc's document model: figures, tables and media."""

from __future__ import annotations

from typing import Any

from pubtool.model import child, children, text_of
from pubtool.source import LANG, local
from pubtool.writers import pandoc_nodes as n
from pubtool.writers.pandoc_ast import AstGo, Element, ast, own, source_of
from pubtool.writers.pandoc_nodes import Node, Nodes, attr

ALIGNMENTS = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}


@ast("fig")
def fig(e: Element, go: AstGo) -> Nodes:
    """A figure with its source in the caption; its description after it."""
    classes = "ornament" if e.get("decorative") == "yes" else ""
    caption = [*captioned(e, go), *go.each(children(e, "source"))]
    made = n.figure(own(e, classes), caption, pictures(e, go))
    return [made, *described(e, go)]


def pictures(e: Element, go: AstGo) -> Nodes:
    """The images of a figure; what they show is said once, on the first."""
    alts = [text_of(e, "alt"), *[""] * len(children(e, "graphic"))]
    return [
        n.plain([n.image(attr(), alt, source_of(g, go))])
        for g, alt in zip(children(e, "graphic"), alts, strict=False)
    ]


def described(e: Element, go: AstGo) -> Nodes:
    """The long description."""
    long_desc = child(e, "long-desc")
    if long_desc is None:
        return []
    label = n.para([n.said(go.chapter.labels["alternative"], "label")])
    return [n.div(attr("", "long-desc"), [label, *go.blocks(long_desc)])]


def captioned(e: Element, go: AstGo) -> Nodes:
    """Label and caption; the label runs into the caption's first paragraph."""
    number, caption = child(e, "label"), child(e, "caption")
    label = [n.said(number.text or "", "label")] if number is not None else []
    parts = [go.inside(part) for part in caption] if caption is not None else []
    if label and parts:
        parts[0] = n.joined([label, parts[0]], "\N{EN SPACE}")
    elif label:
        parts = [label]
    return [n.para(part) for part in parts]


@ast("fig-group")
def fig_group(e: Element, go: AstGo) -> Nodes:
    """Figures under one caption."""
    return [n.div(own(e, "group"), [*go.each(children(e, "fig")), *captioned(e, go)])]


@ast("media")
def media(e: Element, go: AstGo) -> Node:
    """A link to sound, film or data."""
    href, alt = e.get("href", ""), text_of(e, "alt")
    shown = n.text(alt) if alt else [n.said(href)]
    link = n.para([n.link(attr(), shown, href)])
    return n.div(own(e, "media"), [link, *described(e, go), *captioned(e, go)])


@ast("table-wrap")
def table_wrap(e: Element, go: AstGo) -> Nodes:
    """A table with notes and source after it; or the image of one."""
    table, notes = child(e, "table"), child(e, "table-notes")
    below = [*(go.blocks(notes) if notes is not None else []), *go.each(children(e, "source"))]
    foot = [n.div(attr("", "table-notes"), below)] if below else []
    if table is None:
        made = n.figure(own(e), captioned(e, go), pictures(e, go))
        return [made, *described(e, go), *foot]
    return [n.div(own(e, "table"), [grid(table, captioned(e, go), go), *foot])]


@ast("table")
def table_alone(e: Element, go: AstGo) -> Node:
    """Rows without a caption."""
    return grid(e, [], go)


def grid(e: Element, caption: Nodes, go: AstGo) -> Node:
    """The rows of a table as pandoc divides them."""
    aligns = columns(e)
    bodies = [(heading_columns(body), rows(body, go)) for body in children(e, "tbody")]
    head = [r for part in children(e, "thead") for r in rows(part, go)]
    foot = [r for part in children(e, "tfoot") for r in rows(part, go)]
    return n.table(attr(), caption, aligns=aligns, head=head, bodies=bodies, foot=foot)


def columns(e: Element) -> list[str]:
    """The alignment of every column, as many as the widest row needs."""
    said = [ALIGNMENTS.get(align, "AlignDefault") for align in e.get("columns", "").split()]
    return said + ["AlignDefault"] * (width(e) - len(said))


def width(e: Element) -> int:
    """The number of columns: the widest row, cells that reach down from above included."""
    widest = 0
    for part in e:
        open_cells: list[tuple[int, int]] = []
        for tr in part:
            spans = [(int(c.get("colspan", "1")), int(c.get("rowspan", "1"))) for c in tr]
            widest = max(widest, sum(c for c, _ in spans) + sum(c for c, _ in open_cells))
            reach = [*open_cells, *((c, r) for c, r in spans if r > 1)]
            open_cells = [(c, r - 1) for c, r in reach if r > 2 or ((c, r) in spans and r > 1)]
    return widest


def heading_columns(body: Element) -> int:
    """1 if every row that starts at the first column starts with a heading."""
    return int(all(local(tr[0]) == "th" for tr in body))


def rows(part: Element, go: AstGo) -> list[Any]:
    """The rows of a head, body or foot."""
    return [n.row([cell(c, go) for c in tr]) for tr in part]


def cell(e: Element, go: AstGo) -> list[Any]:
    """A cell with its spans."""
    content = go.inside(e)
    return n.cell(
        attr(e.get("id"), "", scope=e.get("scope"), lang=e.get(LANG)),
        [n.plain(content)] if content else [],
        align=ALIGNMENTS.get(e.get("align", ""), "AlignDefault"),
        rows=int(e.get("rowspan", "1")),
        columns=int(e.get("colspan", "1")),
    )


ast.reads(
    "graphic", "long-desc", "caption", "table-notes", "thead", "tbody", "tfoot", "tr", "th", "td"
)
