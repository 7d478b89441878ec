"""PDF: what differs from the HTML page on paper: notes at the foot, formulas drawn, no marks."""

from __future__ import annotations

import re

from lxml import etree

import pubtool.writers.html_page  # noqa: F401  (completes the table that is extended here)
from pubtool.model import child
from pubtool.source import local
from pubtool.writers.formula import drawing
from pubtool.writers.html import (
    Element,
    HtmlGo,
    common,
    data_uri,
    el,
    generated,
    html,
    link,
    maths,
    said,
    spoken_formula,
)
from pubtool.writers.html import xref as reference
from pubtool.writers.html_blocks import running
from pubtool.writers.pdf_lines import bound, hold_ending
from pubtool.writers.pdf_places import number_of

# The blank before the number at the end of "Section 3.2", "Equation (1)", "Appendix A".
_NUMBER = re.compile(r" (?=[(]?[\dA-Z][\d.]*[)]?$)")

page = html.extend("pdf")
page.text = bound


@page("p")
def paragraph(e: Element, go: HtmlGo) -> Element:
    """A paragraph, its last line held together."""
    return hold_ending(running(e, go))


@page("fn")
def note(e: Element, go: HtmlGo) -> Element:
    """A note where its number stands; the page carries it to its foot.

    All inside is made of spans: it stands within a paragraph.
    """
    blocks = go.blocks(e, but=("label",))
    inline = [as_spans(b) if isinstance(b, etree._Element) else b for b in blocks]
    return el("span", inline, class_="fn", data_n=e.get("n"), **common(e))


def as_spans(block: Element) -> Element:
    """A block as spans that look like it; a blank keeps the words of neighbours apart."""
    for part in block.iter("p", "blockquote", "ul", "ol", "li", "div"):
        part.set("class", " ".join(c for c in (part.get("class"), str(part.tag)) if c))
        part.tag = "span"
        part.tail = f"{part.tail or ''} "
    return block


@page("xref")
def xref(e: Element, go: HtmlGo) -> Element:
    """A cross-reference; a word and its number that pubtool wrote ("Section 3") stay together."""
    made = reference(e, go)
    if generated(e) and made.text:
        made.text = _NUMBER.sub("\N{NO-BREAK SPACE}", made.text)
    return made


@page("cite")
def cite(e: Element, go: HtmlGo) -> Element:
    """A citation, linked to the first of its references."""
    first = e.get("ref", "").split()[0]
    mark = generated(e)
    return link(go.inside(e), f"#{first}", class_="cite", data_generated=mark, **common(e))


@page("inline-formula", "disp-formula")
def formula(e: Element, go: HtmlGo) -> Element:
    """A formula as drawing, said in words by its alternative text; undrawable, as TeX."""
    made, spoken = drawing(e), spoken_formula(e) or "formula"
    display = local(e) == "disp-formula"
    shown: Element
    if made is None:
        shown = el("code", spoken, class_="tex", role="math")
    else:
        source = data_uri("image/svg+xml", made.svg.encode())
        style = f"height:{made.height:.3f}em;vertical-align:{-made.depth:.3f}em"
        shown = el(
            "img", src=source, alt=spoken, style=style, role="math", data_mathml=mathml(e, go),
            data_place=number_of(e, go),
        )  # fmt: skip
    if not display:
        return el("span", shown, class_="formula", **common(e))
    number = child(e, "label")
    label = said(number.text, class_="label") if number is not None else None
    return el("div", shown, label, class_="disp-formula", **common(e))


def mathml(e: Element, go: HtmlGo) -> str | None:
    """The author's MathML, for readers who do not see the drawing; None where there is none."""
    math = maths(e, go, display=local(e) == "disp-formula")
    spoken = etree.tostring(math, encoding="unicode", with_tail=False)
    return spoken if local(math) == "math" else None


@page("list")
def list_(e: Element, go: HtmlGo) -> Element:
    """A list; WeasyPrint takes kind and start of numbers from CSS alone."""
    kind = e.get("type", "bullet")
    if kind != "ordered":
        return el("ul", go.blocks(e), class_="plain" if kind == "plain" else None, **common(e))
    before = int(e.get("start", "1")) - 1
    style = f"list-style-type:{e.get('style', 'decimal')};counter-reset:list-item {before}"
    return el("ol", go.blocks(e), style=style, **common(e))


@page("code")
def code(e: Element, go: HtmlGo) -> Element:
    """Lines of code."""
    return el("pre", el("code", e.text), **common(e))
