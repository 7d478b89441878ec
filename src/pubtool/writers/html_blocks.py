"""HTML: sections, paragraphs, lists, quotations, verse, boxes; and the notes at the end."""

from __future__ import annotations

from lxml import etree

from pubtool.model import child, q
from pubtool.rules import Content, XmlNode
from pubtool.source import local
from pubtool.writers.html import Element, HtmlGo, call, common, el, html, joined, said

SEC_ROLES = {"introduction": "doc-introduction", "conclusion": "doc-conclusion"}
LIST_STYLES = {
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}


@html("p")
def paragraph(e: Element, go: HtmlGo) -> Element:
    """A paragraph."""
    return running(e, go)


def running(e: Element, go: HtmlGo) -> Element:
    """Running text as a paragraph, told apart where it goes on after something set apart."""
    kind = "continued" if e.get("continued") == "yes" else None
    return el("p", go.inside(e), class_=kind, **common(e))


@html("sec")
def section(e: Element, go: HtmlGo) -> Element:
    """A section with its heading."""
    role = SEC_ROLES.get(e.get("kind", ""))
    return el(
        "section", heading(e, go), go.blocks(e, but=("title", "label")), role=role, **common(e)
    )


def heading(e: Element, go: HtmlGo, label: str = "") -> Element | None:
    """The heading of a section, its number apart from its title."""
    title, number = child(e, "title"), child(e, "label")
    if title is None:
        return said(label, f"h{level(e)}") if label else None
    parts: list[Content] = [go.inside(title)]
    if number is not None:
        parts = joined([said(number.text, class_="number"), *parts], "\N{EN SPACE}")
    return el(f"h{level(e)}", parts, **common(title))


def level(e: Element) -> int:
    """The level of a section's heading: below the title, and below every section around it."""
    around = [a for a in e.iterancestors() if local(a) in ("sec", "app", "abstract")]
    return min(2 + len(around), 6)


@html("title")
def title(e: Element, go: HtmlGo) -> Element:
    """The title of a box, a poem or a caption."""
    return el("p", go.inside(e), class_="title", **common(e))


@html("list")
def list_(e: Element, go: HtmlGo) -> Element:
    """A list."""
    kind = e.get("type", "bullet")
    if kind != "ordered":
        return el("ul", go.blocks(e), class_="plain" if kind == "plain" else None, **common(e))
    style = LIST_STYLES.get(e.get("style", ""))
    return el("ol", go.blocks(e), type=style, start=e.get("start"), **common(e))


@html("list-item")
def list_item(e: Element, go: HtmlGo) -> Element:
    """An item of a list."""
    return el("li", go.blocks(e), **common(e))


@html("def-list")
def def_list(e: Element, go: HtmlGo) -> Element:
    """Terms and what they mean."""
    return el("dl", go.blocks(e), **common(e))


@html("def-item")
def def_item(e: Element, go: HtmlGo) -> list[XmlNode]:
    """One term and its meaning."""
    return [el("dt", go.inside(e[0]), id=e.get("id")), el("dd", go.blocks(e[1]))]


@html("disp-quote", "epigraph")
def disp_quote(e: Element, go: HtmlGo) -> Element:
    """A quotation set apart."""
    role = "doc-epigraph" if local(e) == "epigraph" else None
    return el("blockquote", go.blocks(e), role=role, class_=local(e), **common(e))


@html("attrib")
def attrib(e: Element, go: HtmlGo) -> Element:
    """Whose words were quoted."""
    return el("p", go.inside(e), class_="attrib", **common(e))


@html("verse-group")
def verse_group(e: Element, go: HtmlGo) -> Element:
    """Verse, line by line."""
    return el("div", go.blocks(e), class_="verse", **common(e))


@html("verse-line")
def verse_line(e: Element, go: HtmlGo) -> Element:
    """A line of verse."""
    return el("p", go.inside(e), class_="line", **common(e))


@html("code")
def code(e: Element, go: HtmlGo) -> Element:
    """Lines of code."""
    return el("pre", el("code", e.text, class_=e.get("language")), tabindex="0", **common(e))


@html("boxed-text")
def boxed_text(e: Element, go: HtmlGo) -> Element:
    """Text in a box beside the argument."""
    blocks = led(e, go.blocks(e, but=("label",)))
    return el("aside", blocks, class_="box", **common(e))


def led(e: Element, blocks: list[XmlNode]) -> list[Content]:
    """Blocks with the label of an element before the words of the first of them."""
    number = child(e, "label")
    if number is None:
        return list(blocks)
    label = said(number.text, class_="label")
    first = blocks[0] if blocks else None
    if not isinstance(first, etree._Element) or first.tag != "p":
        return [el("p", label), *blocks]
    gap = el("span", "\N{EN SPACE}", data_generated="separator")
    gap.tail, first.text = first.text, None
    first[:0] = [label, gap]
    return list(blocks)


html.reads("label", "def")


# ── the end of the page ──


def notes(e: Element, go: HtmlGo) -> Element | None:
    """All notes of the chapter, each with a way back to its number."""
    found = [note(n, go) for n in e.iter(q("fn"))]
    if not found:
        return None
    label = go.chapter.labels["notes"]
    return el("section", said(label, "h2"), el("ol", found), role="doc-endnotes", id="_notes")


def note(e: Element, go: HtmlGo) -> Element:
    """A note; the way back stands after its last word."""
    blocks = go.blocks(e, but=("label",))
    back = said(
        "↩", "a", href=f"#{call(e)}", role="doc-backlink",
        aria_label=go.chapter.labels["back"], class_="back",
    )  # fmt: skip
    last = blocks[-1]
    if isinstance(last, etree._Element) and last.tag == "p":
        last.append(el("span", " ", data_generated="separator"))
        last.append(back)
    else:
        blocks.append(el("p", back))
    return el("li", blocks, value=e.get("n"), **common(e))
