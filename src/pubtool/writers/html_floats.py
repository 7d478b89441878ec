"""HTML: figures, tables and media."""

from __future__ import annotations

from pubtool.model import child, children, text_of
from pubtool.rules import Content
from pubtool.source import local
from pubtool.writers.html import (
    Element,
    HtmlGo,
    alternative,
    common,
    el,
    html,
    link,
    said,
    source_of,
)
from pubtool.writers.html_blocks import led


@html("fig")
def fig(e: Element, go: HtmlGo) -> Element:
    """A figure with its caption, description and source."""
    kind = "ornament" if e.get("decorative") == "yes" else None
    return el(
        "figure", images(e, go), described(e, go), figcaption(e, go), class_=kind, **common(e)
    )


def images(e: Element, go: HtmlGo) -> list[Element]:
    """The images of a figure; what they show is said once, on the first."""
    made = [el("img", src=source_of(g, go), alt="") for g in children(e, "graphic")]
    made[0].set("alt", alternative(e, go))
    return made


def described(e: Element, go: HtmlGo) -> Element | None:
    """The long description, folded away until a reader asks for it; not on paper."""
    described_by = child(e, "long-desc")
    if described_by is None or go.options.get("paper"):
        return None
    label = said(go.chapter.labels["alternative"], "summary")
    return el("details", label, go.blocks(described_by), class_="long-desc")


def figcaption(e: Element, go: HtmlGo) -> Element | None:
    """Label, caption and source of a figure."""
    parts = [*captioned(e, go), *go.each(children(e, "source"))]
    return el("figcaption", parts) if parts else None


def captioned(e: Element, go: HtmlGo) -> list[Content]:
    """Label and caption; the label runs into the first paragraph of the caption."""
    caption = child(e, "caption")
    return led(e, go.blocks(caption) if caption is not None else [])


@html("fig-group")
def fig_group(e: Element, go: HtmlGo) -> Element:
    """Figures under one caption."""
    figures = el("div", go.each(children(e, "fig")), class_="row")
    return el("figure", figures, figcaption(e, go), class_="group", **common(e))


@html("source")
def source(e: Element, go: HtmlGo) -> Element:
    """The credit line of a figure or table."""
    return el("p", go.inside(e), class_="source", **common(e))


@html("table-wrap")
def table_wrap(e: Element, go: HtmlGo) -> Element:
    """A table that scrolls inside itself, with caption, notes and source; or the image of one."""
    caption, table, notes = captioned(e, go), child(e, "table"), child(e, "table-notes")
    below = [
        *(go.blocks(notes) if notes is not None else []),
        *go.each(children(e, "source")),
    ]
    foot = el("div", below, class_="table-notes") if below else None
    if table is None:
        pictured = el("figcaption", caption) if caption else None
        return el("figure", pictured, images(e, go), described(e, go), foot, **common(e))
    rows = el("table", el("caption", caption) if caption else None, grid(table, go))
    name = text_of(e, "label") or None
    scroll = el("div", rows, class_="scroll", tabindex="0", role="group", aria_label=name)
    return el("div", scroll, foot, class_="table", **common(e))


def grid(e: Element, go: HtmlGo) -> list[Content]:
    """The rows of a table, each cell aligned as its column where it says nothing itself."""
    columns = e.get("columns", "").split()
    made = go.blocks(e)
    if columns and any(align != "left" for align in columns):
        return [el("colgroup", [el("col", class_=align) for align in columns]), *made]
    return list(made)


@html("table")
def table(e: Element, go: HtmlGo) -> Element:
    """Rows without a caption."""
    return el("table", grid(e, go))


@html("thead", "tbody", "tfoot", "tr")
def rows(e: Element, go: HtmlGo) -> Element:
    """Rows, whose names are the same."""
    return el(local(e), go.blocks(e))


@html("th", "td")
def cell(e: Element, go: HtmlGo) -> Element:
    """A cell with its spans."""
    return el(
        local(e),
        go.inside(e),
        colspan=e.get("colspan"),
        rowspan=e.get("rowspan"),
        scope=e.get("scope"),
        class_=e.get("align") or column_alignment(e),
        **common(e),
    )


def column_alignment(e: Element) -> str | None:
    """The alignment of the column a body cell stands in, as far as spans let one count."""
    row = e.getparent()
    table = next(e.iterancestors("{*}table"), None)
    columns = table.get("columns", "").split() if table is not None else []
    if row is None or not columns:
        return None
    start = sum(int(c.get("colspan", "1")) for c in e.itersiblings("*", preceding=True))
    # In a row that a rowspan from above shortens, cells are counted from the right.
    width = sum(int(c.get("colspan", "1")) for c in row)
    start += max(0, len(columns) - width)
    align = columns[start] if start < len(columns) else "left"
    return align if align != "left" and int(e.get("colspan", "1")) == 1 else None


@html("media")
def media(e: Element, go: HtmlGo) -> Element:
    """A link to sound, film or data."""
    href, words = e.get("href", ""), alternative(e, go)
    target = link(words or said(href), href, type=e.get("type"), class_="link")
    address = said(f" {href}", class_="address") if words and go.options.get("paper") else None
    return el("figure", el("p", target, address), described(e, go), figcaption(e, go), **common(e))


html.reads("graphic", "long-desc", "caption", "table-notes")
