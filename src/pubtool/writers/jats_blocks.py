"""JATS: sections, paragraphs and what stands among them, and formulas."""

from __future__ import annotations

import copy

from pubtool.model import child
from pubtool.rules import XmlNode
from pubtool.source import MATHML, local
from pubtool.writers.jats import Element, XmlGo, el, jats, lang, named, paragraphs

LIST_TYPES = {
    "decimal": "order",
    "lower-alpha": "alpha-lower",
    "upper-alpha": "alpha-upper",
    "lower-roman": "roman-lower",
    "upper-roman": "roman-upper",
}
# What JATS allows directly in a list item; everything else goes into a <p> there.
IN_ITEMS = frozenset({"p", "list", "def-list"})
SEC_TYPES = {"introduction": "intro", "conclusion": "conclusions"}


@jats("p")
def paragraph(e: Element, go: XmlGo) -> Element:
    """A paragraph."""
    kind = "continued" if e.get("continued") == "yes" else None
    return el("p", go.inside(e), id=e.get("id"), xml_lang=lang(e), content_type=kind)


@jats("sec")
def section(e: Element, go: XmlGo) -> Element:
    """A section, its label apart from its title."""
    kind = e.get("kind", "")
    sec_type = SEC_TYPES.get(kind, kind) or None
    return el("sec", go.blocks(e), id=e.get("id"), xml_lang=lang(e), sec_type=sec_type)


@jats("title")
def title(e: Element, go: XmlGo) -> Element:
    """A title within the text."""
    content = go.inside(e)
    return el(
        "title", content if lang(e) is None else named("language", e, content), id=e.get("id")
    )


@jats("label")
def label(e: Element, go: XmlGo) -> Element:
    """A number with its word, as resolve made it."""
    return el("label", e.text)


@jats("list")
def list_(e: Element, go: XmlGo) -> Element:
    """A list; a start other than 1 is told by the label of each item."""
    kind = e.get("type", "bullet")
    ordered = LIST_TYPES[e.get("style", "decimal")]
    list_type = {"ordered": ordered, "plain": "simple"}.get(kind, "bullet")
    start = e.get("start") if kind == "ordered" else None
    return el(
        "list",
        go.blocks(e),
        list_type=list_type,
        id=e.get("id"),
        xml_lang=lang(e),
        specific_use=f"start-{start}" if start else None,
    )


@jats("list-item")
def list_item(e: Element, go: XmlGo) -> Element:
    """An item of a list."""
    return el("list-item", in_item(go.blocks(e)), id=e.get("id"), xml_lang=lang(e))


def in_item(made: list[XmlNode]) -> list[XmlNode]:
    """Blocks where JATS allows only paragraphs and lists: others stand in a paragraph."""
    return [m if isinstance(m, str) or m.tag in IN_ITEMS else el("p", m) for m in made]


@jats("def-list")
def def_list(e: Element, go: XmlGo) -> Element:
    """Terms and what they mean."""
    return el("def-list", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


@jats("def-item")
def def_item(e: Element, go: XmlGo) -> Element:
    """One term and its meaning."""
    return el("def-item", el("term", go.inside(e[0])), go(e[1]), id=e.get("id"), xml_lang=lang(e))


@jats("def")
def def_(e: Element, go: XmlGo) -> Element:
    """What a term means."""
    return el("def", paragraphs(e, go), id=e.get("id"), xml_lang=lang(e))


@jats("disp-quote", "epigraph")
def disp_quote(e: Element, go: XmlGo) -> Element:
    """A quotation set apart; an epigraph is one by its content-type."""
    kind = "epigraph" if local(e) == "epigraph" else None
    return el("disp-quote", go.blocks(e), content_type=kind, id=e.get("id"), xml_lang=lang(e))


@jats("verse-group")
def verse_group(e: Element, go: XmlGo) -> Element:
    """Verse and its stanzas."""
    return el("verse-group", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


@jats("verse-line", "attrib")
def verse_line(e: Element, go: XmlGo) -> Element:
    """A line of verse, or whose words were quoted."""
    content = go.inside(e)
    return el(
        local(e), content if lang(e) is None else named("language", e, content), id=e.get("id")
    )


@jats("code")
def code(e: Element, go: XmlGo) -> Element:
    """Lines of code, kept as they are."""
    return el("code", e.text, language=e.get("language"), xml_lang=lang(e), id=e.get("id"))


@jats("boxed-text")
def boxed_text(e: Element, go: XmlGo) -> Element:
    """Text in a box; its title is a caption."""
    head = child(e, "title")
    number = child(e, "label")
    caption = el("caption", title(head, go)) if head is not None else None
    return el(
        "boxed-text",
        label(number, go) if number is not None else None,
        caption,
        go.blocks(e, but=("label", "title")),
        id=e.get("id"),
        xml_lang=lang(e),
    )


# ── formulas ──


@jats("disp-formula", "inline-formula")
def formula(e: Element, go: XmlGo) -> Element:
    """A formula: MathML and TeX side by side where both are there."""
    alt, number, made = child(e, "alt"), child(e, "label"), forms(e)
    return el(
        local(e),
        label(number, go) if number is not None else None,
        el("alt-text", alt.text) if alt is not None else None,
        el("alternatives", made) if len(made) > 1 else made,
        id=e.get("id"),
    )


def forms(e: Element) -> list[XmlNode]:
    """The MathML and the TeX of a formula, as far as there are."""
    math, tex = e.find(f"{{{MATHML}}}math"), child(e, "tex")
    made: list[XmlNode] = [mathml(math, e.get("id"))] if math is not None else []
    return [*made, el("tex-math", tex.text)] if tex is not None else made


def mathml(math: Element, id_: str | None) -> Element:
    """A copy of the author's MathML under the prefix that receivers ask for, with an id."""
    made = el("mml:math", id=f"{id_}-math" if id_ else None)
    for name, value in math.attrib.items():
        made.set(name, value)
    made.text = math.text
    made.extend(copy.deepcopy(part) for part in math)
    for part in made.iter("*"):
        part.attrib.pop("{urn:pubtool:place}at", None)
    return made
