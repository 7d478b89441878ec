"""JATS: figures, tables and media."""

from __future__ import annotations

from pubtool.model import child, children
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.writers.jats import Element, XmlGo, el, jats, lang, named


@jats("fig")
def fig(e: Element, go: XmlGo) -> Element:
    """A figure; JATS wants label and caption before the graphic."""
    return el(
        "fig",
        heading(e, go),
        describing(e, go),
        graphics(e, go),
        go.each(children(e, "source")),
        id=e.get("id"),
        xml_lang=lang(e),
    )


@jats("fig-group")
def fig_group(e: Element, go: XmlGo) -> Element:
    """Figures under one caption."""
    return el(
        "fig-group", heading(e, go), go.each(children(e, "fig")), id=e.get("id"), xml_lang=lang(e)
    )


def heading(e: Element, go: XmlGo) -> list[XmlNode]:
    """Label and caption of a figure or table."""
    return go.each([*children(e, "label"), *children(e, "caption")])


def describing(e: Element, go: XmlGo) -> list[XmlNode]:
    """Alternative text and long description."""
    return go.each([*children(e, "alt"), *children(e, "long-desc")])


def graphics(e: Element, go: XmlGo) -> list[XmlNode]:
    """The images of a figure; an ornament says so by its content-type."""
    made = go.each(children(e, "graphic"))
    if e.get("decorative") == "yes":
        for graphic_ in made:
            if not isinstance(graphic_, str):
                graphic_.set("content-type", "decorative")
    return made


@jats("graphic")
def graphic(e: Element, go: XmlGo) -> Element:
    """An image by its file name, with the media type its bytes show."""
    return el("graphic", **image_attributes(e, go))


@jats("inline-graphic")
def inline_graphic(e: Element, go: XmlGo) -> Element:
    """A small image in the line."""
    kind = "decorative" if e.get("decorative") == "yes" else None
    return el("inline-graphic", describing(e, go), content_type=kind, **image_attributes(e, go))


def image_attributes(e: Element, go: XmlGo) -> dict[str, str | None]:
    """Address and media type of an image."""
    href = e.get("href", "")
    image = go.options.get("images", {}).get(href)
    kind, _, subtype = image.media_type.partition("/") if image else ("", "", "")
    return {"mimetype": kind or None, "mime_subtype": subtype or None, "xlink_href": href}


@jats("alt")
def alt(e: Element, go: XmlGo) -> Element:
    """Alternative text."""
    return el("alt-text", e.text)


@jats("long-desc")
def long_desc(e: Element, go: XmlGo) -> Element:
    """A long description, which JATS holds as plain text."""
    return el("long-desc", "\n\n".join("".join(p.itertext()) for p in e))


@jats("caption")
def caption(e: Element, go: XmlGo) -> Element:
    """A caption."""
    return el("caption", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


@jats("source")
def source(e: Element, go: XmlGo) -> Element:
    """The credit line of a figure or table."""
    content = go.inside(e)
    return el(
        "attrib", content if lang(e) is None else named("language", e, content), id=e.get("id")
    )


@jats("media")
def media(e: Element, go: XmlGo) -> Element:
    """A link to sound, film or data, in a paragraph of its own as the DTD asks."""
    kind, _, subtype = e.get("type", "").partition("/")
    return el(
        "media",
        describing(e, go),
        go.each(children(e, "caption")),
        id=e.get("id"),
        mimetype=kind or None,
        mime_subtype=subtype or None,
        xlink_href=e.get("href"),
        xml_lang=lang(e),
    )


@jats("table-wrap")
def table_wrap(e: Element, go: XmlGo) -> Element:
    """A table, or the image of one."""
    notes = child(e, "table-notes")
    return el(
        "table-wrap",
        heading(e, go),
        describing(e, go),
        go.each([*children(e, "table"), *children(e, "graphic")]),
        go(notes) if notes is not None else None,
        go.each(children(e, "source")),
        id=e.get("id"),
        xml_lang=lang(e),
    )


@jats("table")
def table(e: Element, go: XmlGo) -> Element:
    """The rows; the XHTML model of JATS wants the foot before the body."""
    columns = [el("col", align=align) for align in e.get("columns", "").split()]
    parts = [*children(e, "thead"), *children(e, "tfoot"), *children(e, "tbody")]
    return el("table", columns, go.each(parts))


@jats("thead", "tbody", "tfoot", "tr")
def rows(e: Element, go: XmlGo) -> Element:
    """Rows, whose names are the same."""
    return el(local(e), go.blocks(e))


@jats("th", "td")
def cell(e: Element, go: XmlGo) -> Element:
    """A cell with its spans."""
    return el(
        local(e),
        go.inside(e),
        align=e.get("align"),
        colspan=e.get("colspan"),
        rowspan=e.get("rowspan"),
        scope=e.get("scope"),
        xml_lang=lang(e),
        id=e.get("id"),
    )


@jats("table-notes")
def table_notes(e: Element, go: XmlGo) -> Element:
    """Notes beneath a table."""
    return el("table-wrap-foot", go.blocks(e))
