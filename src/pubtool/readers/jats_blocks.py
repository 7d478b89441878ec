"""JATS in: paragraphs, sections, lists, quotations, verse, code, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubtool.readers.draft import element
from pubtool.readers.jats_labels import number_of, section_number
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    jats_in,
    lang,
)
from pubtool.readers.jats_shape import (
    blocks,
    content,
    epigraph_blocks,
    filled,
    flow,
    inline,
    is_blank,
    some,
    trimmed,
    without_sections,
)
from pubtool.readers.jats_terms import LISTS, PLAIN_LISTS, SECTIONS
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode, fill
from pubtool.source import local

_START = re.compile(r"start-([1-9]\d*)$")
_ITEM = re.compile(r"[(\[]?(\d+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)[.)\]:]*$|[•·▪◦‣*–—-]$")


@jats_in("p")
def paragraph(e: Element, go: Reading) -> list[XmlNode]:
    """A paragraph, parted around the blocks inside it."""
    inside = go.inside(e)
    kind = e.get("content-type")
    if kind == "page-break":
        return [n for n in inside if not isinstance(n, str)]
    own = common(e, go)
    return blocks(inside, continued="yes" if kind == "continued" else "", **own)


@jats_in("sec")
def section(e: Element, go: Reading) -> list[XmlNode]:
    """A section; one without a title is no section, unless others stand before it."""
    number, kind = section_number(e, go), SECTIONS.get(e.get("sec-type", "").lower(), "")
    head = child(e, "title")
    inside = flow(_rest(e, go), go, e)
    if head is None and not number and not _follows_section(e):
        go.note("PT655", e, "sections without a title are joined to the text around them")
        return inside
    if head is None:
        go.note("PT655", e, "sections without a title have an empty one")
    title = element("title") if head is None else title_of(head, go)
    return [element("sec", title, inside, number=number, kind=kind, **common(e, go))]


def _rest(e: Element, go: Reading) -> list[XmlNode]:
    """What follows the title of a section, its meta-data named and left out."""
    for meta in children(e, "sec-meta", "object-id"):
        go.aside(meta)
    subtitles = [element("p", element("bold", go.inside(s))) for s in children(e, "subtitle")]
    skipped = ("label", "title", "sec-meta", "object-id", "subtitle")
    return [*subtitles, *go.inside(e, but=skipped)]


def _follows_section(e: Element) -> bool:
    return any(local(before) == "sec" for before in e.itersiblings("*", preceding=True))


def title_of(head: Element, go: Reading, name: str = "title") -> Element:
    """A title with its markup."""
    inside = inline(go.inside(head), go, head)
    made = filled(name, inside, **common(head, go))
    if len(made) == 1 and local(made[0]) == "foreign" and _is_language(head):
        return filled(name, content(made[0]), lang=lang(head[0]), id=made.get("id") or "")
    return made


def _is_language(head: Element) -> bool:
    """True if the content of a title is one run that tells its language, as our JATS has it."""
    return (
        len(head) == 1
        and head[0].get("content-type") == "language"
        and not ((head.text or "").strip() or (head[0].tail or "").strip())
    )


@jats_in("title", "subtitle")
def stray_title(e: Element, go: Reading) -> Element:
    """A title where a chapter has none is a paragraph in bold."""
    return element("p", element("bold", inline(go.inside(e), go, e)))


# ── lists ──


@jats_in("list")
def list_(e: Element, go: Reading) -> list[XmlNode]:
    """A list; its title stands before it."""
    before = go.each(children(e, "title"))
    kind = e.get("list-type", "bullet").lower()
    start = _START.match(e.get("specific-use", ""))
    items = [list_item(item, go, kind) for item in children(e, "list-item")]
    style = LISTS.get(kind, "")
    name = "ordered" if style else ("plain" if kind in PLAIN_LISTS else "bullet")
    made = element(
        "list",
        items,
        type=name,
        style="" if style == "decimal" else style,
        start=start[1] if start else "",
        **common(e, go),
    )
    return [*before, made] if items else before


@jats_in("list-item")
def stray_item(e: Element, go: Reading) -> list[XmlNode]:
    """An item outside a list is its blocks."""
    return without_sections(go.inside(e), go, e)


def list_item(e: Element, go: Reading, kind: str) -> Element:
    """An item; a label that counting does not give stands before its words."""
    inside = without_sections(go.inside(e, but=("label",)), go, e)
    label = child(e, "label")
    if label is not None:
        if _ITEM.match(text_in(label)) and kind not in PLAIN_LISTS:
            go.take(label)
        else:
            inside = lead([*inline(go.inside(label), go, label), " "], inside)
    return element("list-item", some(inside), **common(e, go))


def lead(words: Iterable[XmlNode], made: list[XmlNode]) -> list[XmlNode]:
    """Words put before the first paragraph, or into a paragraph of their own."""
    first = made[0] if made else None
    if first is None or isinstance(first, str) or local(first) != "p":
        return [element("p", words), *made]
    fill(first, [*words, *content(first)])
    return made


@jats_in("def-list")
def def_list(e: Element, go: Reading) -> list[XmlNode]:
    """Terms and what they mean; heads and lists inside stand as blocks around it."""
    before = go.each(children(e, "title"))
    heads = children(e, "term-head", "def-head")
    if heads:
        before.append(element("p", element("bold", " – ".join(go.take(h) for h in heads))))
    items = [def_item(item, go) for item in children(e, "def-item")]
    after = go.each(children(e, "def-list"))
    made: list[XmlNode] = [element("def-list", items, **common(e, go))] if items else []
    return [*before, *made, *after]


def def_item(e: Element, go: Reading) -> Element:
    """One term and its meanings together."""
    terms = [n for t in children(e, "label", "term") for n in [" ", *inline(go.inside(t), go, t)]]
    means = children(e, "def")
    inside = [n for d in means for n in without_sections(go.inside(d), go, d)]
    own = common(means[0], go) if means else {}
    head = child(e, "term")
    said = common(head, go) if head is not None else {}
    return element(
        "def-item", element("term", terms[1:], **said), element("def", some(inside), **own),
        **common(e, go),
    )  # fmt: skip


# ── quotations, verse, code ──


@jats_in("disp-quote")
def disp_quote(e: Element, go: Reading) -> Element:
    """A quotation set apart, or an epigraph."""
    epigraph = e.get("content-type") == "epigraph"
    inside = go.inside(e, but=("attrib", "label", "title"))
    heads = go.each(children(e, "label", "title"))
    shaped = epigraph_blocks if epigraph else _quoted
    made = shaped([*heads, *inside], go, e)
    name = "epigraph" if epigraph else "disp-quote"
    return element(name, made, attribution(e, go), **common(e, go))


def _quoted(nodes: Iterable[XmlNode], go: Reading, e: Element) -> list[XmlNode]:
    return some(without_sections(nodes, go, e))


@jats_in("attrib")
def attrib(e: Element, go: Reading) -> Element:
    """Whose words these are, where no quotation stands around them."""
    return element("p", inline(go.inside(e), go, e))


def attribution(e: Element, go: Reading) -> list[XmlNode]:
    """Whose words these are; several stand in one line."""
    found = children(e, "attrib")
    if not found:
        return []
    inside = [n for a in found for n in ["; ", *inline(go.inside(a), go, a)]][1:]
    return [filled("attrib", inside, **common(found[0], go))]


@jats_in("verse-group")
def verse_group(e: Element, go: Reading) -> Element:
    """Verse and its stanzas; labels and subtitles stand with the title."""
    heads = children(e, "label", "title", "subtitle")
    title = [n for h in heads for n in [" ", *inline(go.inside(h), go, h)]][1:]
    kept = [
        title_of(part, go, "verse-line") if local(part) == "verse-line" else verse_group(part, go)
        for part in children(e, "verse-line", "verse-group")
    ]
    own = common(heads[0], go) if heads else {}
    made = kept or [element("verse-line")]
    head = [filled("title", title, **own)] if heads else []
    return element("verse-group", head, made, attribution(e, go), **common(e, go))


@jats_in("verse-line")
def stray_line(e: Element, go: Reading) -> Element:
    """A line of verse outside verse is a paragraph."""
    return element("p", inline(go.inside(e), go, e))


@jats_in("code", "preformat")
def code(e: Element, go: Reading) -> Element:
    """Lines kept as they are."""
    text = "".join(str(t) for t in e.itertext())
    return element("code", text, language=e.get("language", ""), **common(e, go))


@jats_in("boxed-text")
def boxed_text(e: Element, go: Reading) -> Element:
    """Text in a box; its caption is its title."""
    number = number_of(e, "box", go)
    return box(e, go, element_number=number)


def box(
    e: Element, go: Reading, lead_in: Iterable[XmlNode] = (), element_number: str = ""
) -> Element:
    """A box of what an element holds: its label or caption for a title, then its blocks."""
    caption = child(e, "caption")
    heads = [h for h in (child(caption, "title"), child(e, "title")) if h is not None]
    title = [*lead_in, *(n for h in heads[:1] for n in inline(go.inside(h), go, h))]
    explained = go.inside(caption, but=("title",)) if caption is not None else []
    for other in children(e, "object-id"):
        go.aside(other)
    inside = go.inside(e, but=("label", "title", "caption", "object-id", "attrib", "permissions"))
    after = go.each(children(e, "attrib", "permissions"))
    body = some(without_sections([*go.each(heads[1:]), *explained, *inside, *after], go, e))
    own = common(heads[0], go) if heads else {}
    head = [filled("title", trimmed(title), **own)] if not is_blank(title) else []
    return element("boxed-text", head, body, number=element_number, **common(e, go))


@jats_in("statement", "question", "answer", "explanation", "question-preamble")
def statement(e: Element, go: Reading) -> Element:
    """A theorem, a question: a box under its own label."""
    label = child(e, "label")
    words = [*inline(go.inside(label), go, label), " "] if label is not None else []
    return box(e, go, lead_in=words)


@jats_in("speech")
def speech(e: Element, go: Reading) -> list[XmlNode]:
    """What a speaker says, the name before it."""
    who = [n for s in children(e, "speaker") for n in inline(go.inside(s), go, s)]
    inside = blocks(go.inside(e, but=("speaker",)))
    return lead([element("bold", who), " "], inside) if who else inside


@jats_in("question-wrap", "answer-set", "question-wrap-group", "block-alternatives", "caption")
@jats_in("permissions", "table-wrap-group", "disp-formula-group", "fn-group", "license", "note")
@jats_in("license-p", "copyright-statement", "copyright-year", "copyright-holder", "toc", "notes")
@jats_in("glossary", "ref-list", "ack", "bio", "app", "app-group", "table-wrap-foot", "body")
def opened(e: Element, go: Reading) -> list[XmlNode]:
    """Wrappers that a chapter has not, at a place where they mean nothing more."""
    return go.inside(e)


@jats_in("alt-text", "long-desc", "counts", "processing-meta", "custom-meta-group")
def said_of_it(e: Element, go: Reading) -> None:
    """Facts about an element that a chapter does not hold."""
    go.aside(e)
