"""JATS Archiving 1.3: what each element of a chapter's text becomes.

Declared losses: queries are left out (they block release and are reported as PT201).
Source: JATS 1.3 Archiving Tag Library (ANSI/NISO Z39.96-2021) and JATS4R recommendations.
"""

from __future__ import annotations

import copy
from collections.abc import Collection

from lxml import etree

from pubtool.model import child, q
from pubtool.rules import Builder, Go, Rules, XmlNode, one
from pubtool.source import LANG, MATHML, local

PREFIXES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "mml": MATHML,
    "ali": "http://www.niso.org/schemas/ali/1.0/",
}
el = Builder(PREFIXES)
jats: Rules[XmlNode] = Rules("jats", text=one)
Element = etree._Element
XmlGo = Go[XmlNode]

REF_TYPES = {
    "sec": "sec",
    "fig": "fig",
    "fig-group": "fig",
    "table-wrap": "table",
    "fn": "fn",
    "disp-formula": "disp-formula",
    "inline-formula": "disp-formula",
    "app": "app",
    "boxed-text": "boxed-text",
    "list": "list",
}
LIST_TYPES = {
    "decimal": "order",
    "lower-alpha": "alpha-lower",
    "upper-alpha": "alpha-upper",
    "lower-roman": "roman-lower",
    "upper-roman": "roman-upper",
}
CITE_FACTS = ("locator", "label", "mode", "prefix", "suffix")
SEC_TYPES = {"introduction": "intro", "conclusion": "conclusions"}
# What JATS allows directly in a list item; everything else goes into a <p> there.
IN_ITEMS = frozenset({"p", "list", "def-list"})
BREAKABLE = frozenset({"td", "th", "title", "subtitle", "trans-title"})
# Where a page break stands between blocks, not in a line of text.
BLOCK_PARENTS = frozenset(
    {"body", "sec", "app", "list-item", "def", "disp-quote", "boxed-text", "ack", "statement"}
)


def lang(e: Element) -> str | None:
    """The language an element names for itself."""
    return e.get(LANG)


def generated(e: Element) -> str | None:
    """The mark of words that pubtool wrote."""
    return "generated" if e.get("generated") == "yes" else None


# ── text ──


@jats("italic", "bold", "sc", "sub", "sup", "underline", "strike", "monospace")
def emphasis(e: Element, go: XmlGo) -> Element:
    """Typographic markup, whose names are the same; a language of its own needs a wrapper."""
    inner = el(local(e), go.inside(e), id=e.get("id"))
    return inner if lang(e) is None else named("language", e, inner)


@jats("foreign", "term")
def named_run(e: Element, go: XmlGo) -> Element:
    """A foreign run or a technical term."""
    return named(local(e), e, go.inside(e), id=e.get("id"))


def named(
    kind: str,
    e: Element,
    content: XmlNode | list[XmlNode],
    id: str | None = None,
) -> Element:
    """A run of text that JATS names by its content-type."""
    return el("named-content", content, content_type=kind, xml_lang=lang(e), id=id)


@jats("abbrev")
def abbrev(e: Element, go: XmlGo) -> Element:
    """An abbreviation; its expansion stands in @alt."""
    return el("abbrev", go.inside(e), alt=e.get("expansion"), xml_lang=lang(e), id=e.get("id"))


@jats("xref")
def xref(e: Element, go: XmlGo) -> Element:
    """A cross-reference, typed by its target."""
    return el(
        "xref",
        go.inside(e),
        ref_type=REF_TYPES.get(e.get("kind", ""), "other"),
        rid=e.get("rid"),
        specific_use=generated(e),
        xml_lang=lang(e),
        id=e.get("id"),
    )


@jats("cite")
def cite(e: Element, go: XmlGo) -> Element:
    """A citation: @rid is of type IDREFS, so several references share the one run of words.

    Where it says more than whom it cites, a named-content around it holds that.
    """
    made = el(
        "xref",
        go.inside(e),
        ref_type="bibr",
        rid=e.get("ref"),
        specific_use=generated(e),
        xml_lang=lang(e),
        id=e.get("id"),
    )
    more = [f"{name}={e.get(name)}" for name in CITE_FACTS if e.get(name)]
    if not more:
        return made
    return el("named-content", made, content_type="citation", specific_use="; ".join(more))


@jats("ext-link")
def ext_link(e: Element, go: XmlGo) -> Element:
    """A link; without words of its own it shows its address."""
    content = go.inside(e)
    return el(
        "ext-link",
        content or e.get("href"),
        ext_link_type="uri",
        xlink_href=e.get("href"),
        specific_use=None if content else "generated",
        xml_lang=lang(e),
        id=e.get("id"),
    )


@jats("fn")
def note_call(e: Element, go: XmlGo) -> Element:
    """The number in the text; the note itself is collected into back/fn-group."""
    number = el("sup", e.get("n"))
    return el("xref", number, ref_type="fn", rid=e.get("id"), specific_use="generated")


def note(e: Element, go: XmlGo) -> Element:
    """A note in back/fn-group, its number as label."""
    return el(
        "fn",
        el("label", e.get("n")),
        paragraphs(e, go, but=("label",)),
        id=e.get("id"),
        fn_type="other",
        specific_use=e.get("kind"),
        xml_lang=lang(e),
    )


@jats("index-term")
def index_term(e: Element, go: XmlGo) -> Element:
    """An index entry. The DTD allows a deeper entry or cross-references, not both."""
    deeper = child(e, "index-term")
    made = el("index-term", el("term", go.inside(e[0])), id=e.get("id"), xml_lang=lang(e))
    sees = [
        el("see-also" if s.get("also") == "yes" else "see", go.inside(s)) for s in e.iter(q("see"))
    ]
    while deeper is not None:
        below = el("index-term", el("term", go.inside(deeper[0])), id=deeper.get("id"))
        deepest(made).append(below)
        deeper = child(deeper, "index-term")
    deepest(made).extend(sees)
    return made


def deepest(entry: Element) -> Element:
    """The last sub-entry of an index entry."""
    below = entry.find("index-term")
    return entry if below is None else deepest(below)


@jats("break")
def line_break(e: Element, go: XmlGo) -> XmlNode:
    """A line break where JATS has one; elsewhere a space that says it was one."""
    parent = e.getparent()
    if parent is not None and local(parent) in BREAKABLE:
        return el("break")
    return el("named-content", " ", content_type="line-break")


@jats("page-break")
def page_break(e: Element, go: XmlGo) -> Element:
    """Where a printed page starts: a milestone, which may stand in any text."""
    milestone = el(
        "milestone-start", rationale=e.get("number"), content_type="page-break", id=e.get("id")
    )
    parent = e.getparent()
    if parent is not None and local(parent) in BLOCK_PARENTS:
        return el("p", milestone, content_type="page-break")
    return milestone


@jats("query")
def query(e: Element, go: XmlGo) -> None:
    """An editor's question is not part of the text."""


# ── blocks ──


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


def paragraphs(e: Element, go: XmlGo, but: Collection[str] = ()) -> list[XmlNode]:
    """Blocks where JATS allows only paragraphs."""
    made = go.blocks(e, but)
    return [m if isinstance(m, str) or m.tag == "p" else el("p", m) for m in made]


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
