"""HTML: what each element of a chapter's text becomes, after the HTML standard and DPUB-ARIA 1.1.

The page is polyglot: well-formed XML that is valid HTML. Words that pubtool writes carry
`data-generated`: "yes" where they touch the author's, "separator" where they stand between words.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from lxml import etree

from pubtool.model import child, q, text_of
from pubtool.rules import Builder, Content, Go, Rules, XmlNode, one
from pubtool.source import LANG, MATHML, local
from pubtool.text import squeeze
from pubtool.writers.mathml import unprefixed

el = Builder()
html: Rules[XmlNode] = Rules("html", text=one)
Element = etree._Element
HtmlGo = Go[XmlNode]

PLAIN = {
    "italic": "i",
    "bold": "b",
    "sub": "sub",
    "sup": "sup",
    "underline": "u",
    "strike": "s",
    "monospace": "code",
    "tr": "tr",
    "thead": "thead",
    "tbody": "tbody",
    "tfoot": "tfoot",
}
LIST_STYLES = {
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
SEC_ROLES = {"introduction": "doc-introduction", "conclusion": "doc-conclusion"}


def language(e: Element) -> dict[str, str | None]:
    """The language an element names for itself, as HTML and as XML want it."""
    return {"lang": e.get(LANG), "xml_lang": e.get(LANG)}


def common(e: Element) -> dict[str, str | None]:
    """The id and language of an element."""
    return {"id": e.get("id"), **language(e)}


def said(text: str | None, tag: str = "span", **attributes: str | None) -> Element:
    """Words that pubtool writes, marked as such."""
    return el(tag, text, data_generated="yes", **attributes)


def joined(parts: Iterable[Content], separator: str = ", ") -> list[Content]:
    """Parts with a marked separator between them."""
    out: list[Content] = []
    for part in parts:
        if out:
            out.append(el("span", separator, data_generated="separator"))
        out.append(part)
    return out


def generated(e: Element) -> str | None:
    """The mark of words that pubtool wrote."""
    return "yes" if e.get("generated") == "yes" else None


# ── text ──


@html("italic", "bold", "sub", "sup", "underline", "strike", "monospace")
def emphasis(e: Element, go: HtmlGo) -> Element:
    """Typographic markup."""
    return el(PLAIN[local(e)], go.inside(e), **common(e))


@html("sc")
def small_caps(e: Element, go: HtmlGo) -> Element:
    """Small capitals are a matter of style; the letters stay."""
    return el("span", go.inside(e), class_="sc", **common(e))


@html("foreign")
def foreign(e: Element, go: HtmlGo) -> Element:
    """Words in another language."""
    return el("span", go.inside(e), class_="foreign", **common(e))


@html("term")
def term(e: Element, go: HtmlGo) -> Element:
    """A technical term where it is introduced."""
    return el("dfn", go.inside(e), **common(e))


@html("abbrev")
def abbrev(e: Element, go: HtmlGo) -> Element:
    """An abbreviation with what it stands for."""
    return el("abbr", go.inside(e), title=e.get("expansion"), **common(e))


@html("xref")
def xref(e: Element, go: HtmlGo) -> Element:
    """A cross-reference."""
    return el(
        "a", go.inside(e), href=f"#{e.get('rid')}", class_="xref", data_generated=generated(e),
        **common(e),
    )  # fmt: skip


@html("cite")
def cite(e: Element, go: HtmlGo) -> Element:
    """A citation; the words link to the first reference, further ones follow as marks."""
    first, *more = e.get("ref", "").split()
    link = el(
        "a", go.inside(e), href=f"#{first}", role="doc-biblioref", data_generated=generated(e)
    )
    marks = [said("°", "a", href=f"#{ref}", role="doc-biblioref", class_="more") for ref in more]
    return el("span", link, marks, class_="cite", **common(e))


@html("ext-link")
def ext_link(e: Element, go: HtmlGo) -> Element:
    """A link; without words of its own it shows its address."""
    content, href = go.inside(e), e.get("href", "")
    mark = None if content else "yes"
    return el("a", content or href, href=href, data_generated=mark, class_="link", **common(e))


@html("fn")
def note_call(e: Element, go: HtmlGo) -> Element:
    """The number in the text; the note stands at the end of the page."""
    return said(
        e.get("n"), "a", href=f"#{e.get('id')}", id=f"{e.get('id')}-call", role="doc-noteref",
        class_="noteref",
    )  # fmt: skip


@html("break")
def line_break(e: Element, go: HtmlGo) -> Element:
    """A line break."""
    return el("br")


@html("page-break")
def page_break(e: Element, go: HtmlGo) -> Element:
    """Where a page of the printed edition starts."""
    number = e.get("number")
    return el(
        "span", id=e.get("id"), role="doc-pagebreak", class_="pagebreak", aria_label=f"{number}.",
        data_page=number,
    )  # fmt: skip


@html("query")
def query(e: Element, go: HtmlGo) -> Element:
    """An editor's question, visible in proofs."""
    who = go.chapter.labels["query"]
    asked = "".join(e.itertext())
    return said(f"[{who}: {asked}]", "mark", class_="query", id=e.get("id"))


@html("index-term")
def index_term(e: Element, go: HtmlGo) -> None:
    """An index entry shows nothing on the page."""


@html("inline-graphic")
def inline_graphic(e: Element, go: HtmlGo) -> Element:
    """A small image in the line."""
    return el("img", src=source_of(e, go), alt=alternative(e, go), class_="inline")


def alternative(e: Element, go: HtmlGo) -> str:
    """What is said of an image to who cannot see it; nothing for an ornament.

    On paper the long description, which is not printed, is part of it.
    """
    long_desc = child(e, "long-desc") if go.options.get("paper") else None
    more = squeeze(" ".join(long_desc.itertext())) if long_desc is not None else ""
    return f"{text_of(e, 'alt')} {more}".strip()


def source_of(e: Element, go: HtmlGo) -> str:
    """An image as a data: URI, so that the page stands alone."""
    image = go.options["images"].get(e.get("href", ""))
    if image is None:
        return ""
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode('ascii')}"


# ── formulas ──


@html("inline-formula")
def inline_formula(e: Element, go: HtmlGo) -> Element:
    """A formula in the line."""
    return el("span", maths(e, go, display=False), class_="formula", **common(e))


@html("disp-formula")
def disp_formula(e: Element, go: HtmlGo) -> Element:
    """A formula set apart, its number at the margin."""
    number = child(e, "label")
    label = said(number.text, class_="label") if number is not None else None
    return el("div", maths(e, go, display=True), label, class_="disp-formula", **common(e))


def maths(e: Element, go: HtmlGo, *, display: bool) -> Element:
    """The author's MathML; a formula that has only TeX is shown as TeX."""
    math, spoken = e.find(f"{{{MATHML}}}math"), spoken_formula(e)
    if math is None:
        return el("code", text_of(e, "tex"), class_="tex", role="math", aria_label=spoken)
    return unprefixed(math, display=display, alttext=spoken)


def spoken_formula(e: Element) -> str:
    """A formula in words: its alternative text, else its TeX."""
    return text_of(e, "alt") or text_of(e, "tex")


# ── blocks ──


@html("p")
def paragraph(e: Element, go: HtmlGo) -> Element:
    """A paragraph."""
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
    number = child(e, "label")
    label = said(number.text, "p", class_="label") if number is not None else None
    return el("aside", label, go.blocks(e, but=("label",)), class_="box", **common(e))


html.reads("label", "tex", "alt", "see", "def")


# ── the end of the page ──


def notes(e: Element, go: HtmlGo) -> Element | None:
    """All notes of the chapter, each with a way back to its number."""
    found = [note(n, go) for n in e.iter(q("fn"))]
    if not found:
        return None
    label = go.chapter.labels["notes"]
    return el("section", said(label, "h2"), el("ol", found), role="doc-endnotes", id="notes")


def note(e: Element, go: HtmlGo) -> Element:
    """A note; the way back stands after its last word."""
    blocks = go.blocks(e, but=("label",))
    back = said(
        "↩", "a", href=f"#{e.get('id')}-call", role="doc-backlink",
        aria_label=go.chapter.labels["back"], class_="back",
    )  # fmt: skip
    last = blocks[-1]
    if isinstance(last, etree._Element) and last.tag == "p":
        last.append(el("span", " ", data_generated="separator"))
        last.append(back)
    else:
        blocks.append(el("p", back))
    return el("li", blocks, value=e.get("n"), **common(e))
