"""JATS Archiving 1.3: what each element of a chapter's text becomes.

Declared losses: queries are left out (they block release and are reported as PT201).
Source: JATS 1.3 Archiving Tag Library (ANSI/NISO Z39.96-2021) and JATS4R recommendations.
"""

from __future__ import annotations

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
CITE_FACTS = ("locator", "label", "mode", "prefix", "suffix")
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


def paragraphs(e: Element, go: XmlGo, but: Collection[str] = ()) -> list[XmlNode]:
    """Blocks where JATS allows only paragraphs."""
    made = go.blocks(e, but)
    return [m if isinstance(m, str) or m.tag == "p" else el("p", m) for m in made]


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
