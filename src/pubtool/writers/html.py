"""HTML: what the text of a chapter becomes, after the HTML standard and DPUB-ARIA 1.1.

The page is polyglot: well-formed XML that is valid HTML. Words that pubtool writes carry
`data-generated`: "yes" where they touch the author's, "separator" where they stand between words.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from lxml import etree

from pubtool.model import child, text_of
from pubtool.rules import Builder, Content, Go, Rules, XmlNode, one
from pubtool.source import LANG, MATHML, local
from pubtool.text import direction, squeeze
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
}


def language(e: Element) -> dict[str, str | None]:
    """The language an element names for itself, as HTML and as XML want it, and its direction."""
    tag = e.get(LANG)
    return {"lang": tag, "xml_lang": tag, "dir": direction(tag)}


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


def link(content: Content, href: str, **attributes: str | None) -> Element:
    """A link; around another link it is only a span, as HTML allows no link within a link."""
    made = el("a", content, href=href, **attributes)
    if next(made.iterdescendants("a"), None) is not None:
        made.tag = "span"
        for name in ("href", "role"):
            made.attrib.pop(name, None)
    return made


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
    return link(
        go.inside(e), f"#{e.get('rid')}", class_="xref", data_generated=generated(e), **common(e)
    )


@html("cite")
def cite(e: Element, go: HtmlGo) -> Element:
    """A citation; the words link to the first reference, further ones follow as marks."""
    first, *more = e.get("ref", "").split()
    words = link(go.inside(e), f"#{first}", role="doc-biblioref", data_generated=generated(e))
    return el("span", words, [further(ref, go) for ref in more], class_="cite", **common(e))


def further(id_: str, go: HtmlGo) -> Element:
    """A mark that links to one more reference of a citation, and says which."""
    cited = next((ref for ref in go.chapter.record.references if ref.id == id_), None)
    names = [name.collab or name.family for name in cited.names[:1]] if cited else []
    spoken = " ".join((*names, cited.year)) if cited and names else id_
    return said("°", "a", href=f"#{id_}", role="doc-biblioref", class_="more", aria_label=spoken)


@html("ext-link")
def ext_link(e: Element, go: HtmlGo) -> Element:
    """A link; without words of its own it shows its address."""
    content, href = go.inside(e), e.get("href", "")
    mark = None if content else "yes"
    return link(content or href, href, data_generated=mark, class_="link", **common(e))


def call(note: Element) -> str:
    """The id of a note's number in the text; an id that starts so is free: no author's does."""
    return f"_{note.get('id')}"


@html("fn")
def note_call(e: Element, go: HtmlGo) -> Element:
    """The number in the text; the note stands at the end of the page."""
    return said(
        e.get("n"), "a", href=f"#{e.get('id')}", id=call(e), role="doc-noteref",
        class_="noteref",
    )  # fmt: skip


@html("break")
def line_break(e: Element, go: HtmlGo) -> Element:
    """A line break."""
    return el("br")


@html("page-break")
def page_break(e: Element, go: HtmlGo) -> Element:
    """Where a page of the printed edition starts."""
    spoken = f"{go.chapter.labels['page']} {e.get('number')}"
    return el("span", id=e.get("id"), role="doc-pagebreak", class_="pagebreak", aria_label=spoken)


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
    return data_uri(image.media_type, image.data) if image is not None else ""


def data_uri(media_type: str, data: bytes) -> str:
    """Bytes as a data: URI (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


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


html.reads("tex", "alt", "see")
