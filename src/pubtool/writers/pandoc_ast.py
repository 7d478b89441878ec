"""Pandoc's document model: what each element of a chapter's text becomes.

From here pandoc makes EPUB, DOCX, ODT, LaTeX, Typst, Markdown and ICML. Options of a run:
`mathml` keeps the author's MathML (EPUB), `embed` puts images inside as data: URIs.
"""

from __future__ import annotations

import base64

from lxml import etree

from pubtool.diagnostics import found
from pubtool.model import child, children, q, text_of
from pubtool.rules import Go, Rules
from pubtool.source import LANG, MATHML, local
from pubtool.writers import pandoc_nodes as n
from pubtool.writers.mathml import unprefixed
from pubtool.writers.pandoc_nodes import Attr, Node, Nodes, attr

ast: Rules[Node] = Rules("pandoc", text=n.text)
Element = etree._Element
AstGo = Go[Node]

STYLED = {
    "italic": "Emph",
    "bold": "Strong",
    "sc": "SmallCaps",
    "sub": "Subscript",
    "sup": "Superscript",
    "underline": "Underline",
    "strike": "Strikeout",
}
LIST_STYLES = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
SEC_ROLES = {"introduction": "introduction", "conclusion": "conclusion"}


def own(e: Element, classes: str = "", **pairs: str | None) -> Attr:
    """The id and language of an element as attributes, and what a rule adds."""
    return attr(e.get("id"), classes, lang=e.get(LANG), **pairs)


def generated(e: Element) -> str | None:
    """The mark of words that pubtool wrote."""
    return "yes" if e.get("generated") == "yes" else None


def wrapped(e: Element, content: Nodes) -> Nodes:
    """Inline nodes, in a span where the element has an id or a language."""
    return [n.span(own(e), content)] if e.get("id") or e.get(LANG) else content


# ── text ──


@ast(*STYLED)
def emphasis(e: Element, go: AstGo) -> Nodes:
    """Typographic markup."""
    return wrapped(e, [n.styled(STYLED[local(e)], go.inside(e))])


@ast("monospace")
def monospace(e: Element, go: AstGo) -> Nodes:
    """Fixed-width text; pandoc's own code holds no markup, so what has some becomes a span."""
    if len(e):
        return [n.span(own(e, "monospace"), go.inside(e))]
    return wrapped(e, [n.code(e.text or "")])


@ast("foreign")
def foreign(e: Element, go: AstGo) -> Node:
    """Words in another language."""
    return n.span(own(e, "foreign"), go.inside(e))


@ast("term")
def term(e: Element, go: AstGo) -> Node:
    """A technical term where it is introduced."""
    return n.span(own(e, "term"), [n.styled("Emph", go.inside(e))])


@ast("abbrev")
def abbrev(e: Element, go: AstGo) -> Node:
    """An abbreviation with what it stands for."""
    return n.span(own(e, "abbr", title=e.get("expansion")), go.inside(e))


@ast("xref")
def xref(e: Element, go: AstGo) -> Node:
    """A cross-reference."""
    attributes = own(e, "xref", data_generated=generated(e))
    return n.link(attributes, go.inside(e), f"#{e.get('rid')}")


@ast("cite")
def cite(e: Element, go: AstGo) -> Node:
    """A citation, linked to the first of its references; the words stay the author's.

    Within another link it is none, since pandoc, like HTML, has no link within a link.
    """
    linked = next(e.iterancestors(q("cite"), q("xref"), q("ext-link")), None) is None
    role = "doc-biblioref" if linked else None
    attributes = own(e, "cite", role=role, data_generated=generated(e))
    return n.link(attributes, go.inside(e), f"#{e.get('ref', '').split()[0]}")


@ast("ext-link")
def ext_link(e: Element, go: AstGo) -> Node:
    """A link; without words of its own it shows its address."""
    content, href = go.inside(e), e.get("href", "")
    mark = None if content else "yes"
    return n.link(own(e, data_generated=mark), content or n.text(href), href)


@ast("fn")
def note(e: Element, go: AstGo) -> Node:
    """A note; its id marks the place of its number, to which references lead."""
    return n.span(own(e, "note"), [n.note(go.blocks(e, but=("label",)))])


@ast("break")
def line_break(e: Element, go: AstGo) -> Node:
    """A line break."""
    return n.LINE_BREAK


@ast("page-break")
def page_break(e: Element, go: AstGo) -> Node:
    """Where a page of the printed edition starts."""
    number = e.get("number", "")
    made = n.span(
        attr(e.get("id"), "pagebreak", role="doc-pagebreak", epub_type="pagebreak",
             aria_label=f"{number}.", data_page=number),
        [],
    )  # fmt: skip
    parent = e.getparent()
    between = parent is not None and local(parent) in BLOCK_PARENTS
    return n.plain([made]) if between else made


BLOCK_PARENTS = frozenset(
    {"body", "sec", "app", "list-item", "def", "disp-quote", "boxed-text", "ack", "statement"}
)


@ast("query")
def query(e: Element, go: AstGo) -> Node:
    """An editor's question, visible in proofs."""
    asked = "".join(e.itertext())
    words = n.text(f"[{go.chapter.labels['query']}: {asked}]")
    return n.span(attr(e.get("id"), "query mark", data_generated="yes"), words)


@ast("index-term")
def index_term(e: Element, go: AstGo) -> Node | None:
    """An index entry shows nothing; the EPUB keeps its place and words for the volume's index."""
    if not go.options["mathml"]:
        return None
    levels = [text_of(level, "term") for level in e.iter(q("index-term"))]
    sees = "; ".join("".join(see.itertext()) for see in e.iter(q("see")))
    return n.span(own(e, "index-term", data_index=" → ".join(levels), data_see=sees), [])


@ast("inline-graphic")
def inline_graphic(e: Element, go: AstGo) -> Node:
    """A small image in the line."""
    return n.image(attr(e.get("id"), "inline"), text_of(e, "alt"), source_of(e, go))


def source_of(e: Element, go: AstGo) -> str:
    """An image by its address, or inside the document as a data: URI."""
    href = e.get("href", "")
    picture = go.options["images"].get(href)
    if picture is None or not go.options["embed"]:
        return href
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


@ast("inline-formula", "disp-formula")
def formula(e: Element, go: AstGo) -> Node:
    """A formula: MathML where the format holds it, else TeX; a number stands after it."""
    display = local(e) == "disp-formula"
    shown = [maths(e, go, display=display)]
    if not display:
        return n.span(own(e, "formula"), shown)
    number = child(e, "label")
    label = [GAP_EM, n.said(number.text or "")] if number is not None else []
    return n.div(own(e, "disp-formula"), [n.para([*shown, *label])])


GAP_EM = n.span(attr(data_generated="separator"), n.text("\N{EM SPACE}"))


def maths(e: Element, go: AstGo, *, display: bool) -> Node:
    """The formula itself."""
    math, tex, spoken = e.find(f"{{{MATHML}}}math"), text_of(e, "tex"), text_of(e, "alt")
    if math is not None and go.options["mathml"]:
        made = unprefixed(math, display=display, alttext=spoken or tex)
        return n.raw_html(etree.tostring(made, encoding="unicode"))
    if tex:
        return n.math(tex, display=display)
    message = "a formula that has only MathML is written as plain text here; add <tex>"
    go.findings.append(found("PT752", go.place(e), message))
    words = spoken or "".join("".join(math.itertext()).split() if math is not None else "")
    return n.math(f"\\text{{{words}}}", display=display)


# ── blocks ──


@ast("p")
def paragraph(e: Element, go: AstGo) -> Node:
    """A paragraph; one with an id, a language or a peculiarity stands in a div."""
    made = n.para(go.inside(e))
    kind = "continued" if e.get("continued") == "yes" else ""
    named = e.get("id") or e.get(LANG) or kind
    return n.div(own(e, kind), [made]) if named else made


@ast("sec")
def section(e: Element, go: AstGo) -> Node:
    """A section: a div that opens with a heading becomes one section."""
    role = SEC_ROLES.get(e.get("kind", ""))
    pairs = {"role": f"doc-{role}", "epub_type": role} if role else {}
    return n.div(own(e, **pairs), [heading(e, go), *go.blocks(e, but=("title", "label"))])


def heading(e: Element, go: AstGo, words: str = "") -> Node:
    """The heading of a section, its number apart from its title."""
    title, number = child(e, "title"), child(e, "label")
    if title is None:
        return n.header(level(e), attr(), [n.said(words)])
    content = wrapped(title, go.inside(title))
    if number is not None:
        content = n.joined([[n.said(number.text or "")], content], "\N{EN SPACE}")
    return n.header(level(e), attr(), content)


def level(e: Element) -> int:
    """The level of a heading: the chapter's title is 1."""
    around = [a for a in e.iterancestors() if local(a) in ("sec", "app", "abstract")]
    return min(2 + len(around), 6)


@ast("title")
def title(e: Element, go: AstGo) -> Node:
    """The title of a box or a poem."""
    return n.div(own(e, "title"), [n.para([n.styled("Strong", go.inside(e))])])


@ast("list")
def list_(e: Element, go: AstGo) -> Nodes:
    """A list."""
    items = [go.blocks(item) for item in e]
    kind = e.get("type", "bullet")
    if kind == "ordered":
        style = LIST_STYLES[e.get("style", "decimal")]
        made = n.ordered(int(e.get("start", "1")), style, items)
    else:
        made = n.bullets(items)
    plain = kind == "plain"
    return [n.div(own(e, "plain" if plain else ""), [made])] if plain or e.get("id") else [made]


@ast("def-list")
def def_list(e: Element, go: AstGo) -> Node:
    """Terms and what they mean."""
    items = [(go.inside(item[0]), go.blocks(item[1])) for item in e]
    return n.definitions([(wrapped(i, t), m) for i, (t, m) in zip(e, items, strict=True)])


@ast("disp-quote")
def disp_quote(e: Element, go: AstGo) -> Node:
    """A quotation set apart."""
    made = n.quotation(go.blocks(e))
    return n.div(own(e), [made]) if e.get("id") or e.get(LANG) else made


@ast("epigraph")
def epigraph(e: Element, go: AstGo) -> Node:
    """A motto."""
    return n.div(own(e, "epigraph", role="doc-epigraph", epub_type="epigraph"), go.blocks(e))


@ast("attrib", "source")
def attrib(e: Element, go: AstGo) -> Node:
    """Whose words were quoted, or where a figure comes from."""
    return n.div(own(e, local(e)), [n.para(go.inside(e))])


@ast("verse-group")
def verse_group(e: Element, go: AstGo) -> Node:
    """Verse; its lines stand together, stanzas apart."""
    verses = [go.inside(v) for v in children(e, "verse-line")]
    whole = [n.lines(verses)] if verses else []
    head = go.each(children(e, "title"))
    tail = go.each([*children(e, "verse-group"), *children(e, "attrib")])
    return n.div(own(e, "verse"), [*head, *whole, *tail])


@ast("code")
def code(e: Element, go: AstGo) -> Node:
    """Lines of code."""
    return n.code_block(own(e, e.get("language", "")), e.text or "")


@ast("boxed-text")
def boxed_text(e: Element, go: AstGo) -> Node:
    """Text in a box beside the argument."""
    number = child(e, "label")
    label = [n.para([n.said(number.text or "")])] if number is not None else []
    return n.div(own(e, "box"), [*label, *go.blocks(e, but=("label",))])


ast.reads("label", "tex", "alt", "see", "list-item", "def-item", "def", "verse-line")
