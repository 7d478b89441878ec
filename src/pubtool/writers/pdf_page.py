"""PDF: what differs from the HTML page on paper: notes at the foot, formulas drawn, no marks."""

from __future__ import annotations

import base64
import re

from lxml import etree

import pubtool.writers.html_page  # noqa: F401  (completes the table that is extended here)
from pubtool.model import child
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.writers.formula import drawing
from pubtool.writers.html import (
    Element,
    HtmlGo,
    common,
    el,
    generated,
    html,
    said,
    spoken_formula,
)

page = html.extend("pdf")

# A number and its word stay on one line: "p. 186", "vol. 2"; a dash starts no line.
_UNBREAKABLE = re.compile(
    r"\b(pp?|vol|no|ch|sec|fig|figs|bd|s|ss|c|cilt|səh|nr|art)\.[ \n](?=\d)", re.I
)
_DASH = re.compile(r"(?<=\S)[ ]?(?=[—])|(?<=\S)[ ](?=[–][ ])")


def bound(text: str) -> list[XmlNode]:
    """Text with no-break spaces where a line may not end."""
    text = _UNBREAKABLE.sub("\\1.\N{NO-BREAK SPACE}", text)
    return [_DASH.sub(lambda m: "\N{NO-BREAK SPACE}" if m[0] else "\N{WORD JOINER}", text)]


page.text = bound


@page("fn")
def note(e: Element, go: HtmlGo) -> Element:
    """A note where its number stands; the page carries it to its foot.

    All inside is made of spans: it stands within a paragraph.
    """
    blocks = go.blocks(e, but=("label",))
    inline = [as_spans(b) if isinstance(b, etree._Element) else b for b in blocks]
    return el("span", inline, class_="fn", data_n=e.get("n"), **common(e))


def as_spans(block: Element) -> Element:
    """A block as spans that look like it."""
    for part in block.iter("p", "blockquote", "ul", "ol", "li", "div"):
        part.set("class", " ".join(c for c in (part.get("class"), str(part.tag)) if c))
        part.tag = "span"
    return block


@page("cite")
def cite(e: Element, go: HtmlGo) -> Element:
    """A citation, linked to the first of its references."""
    first = e.get("ref", "").split()[0]
    mark = generated(e)
    return el("a", go.inside(e), href=f"#{first}", class_="cite", data_generated=mark, **common(e))


@page("inline-formula", "disp-formula")
def formula(e: Element, go: HtmlGo) -> Element:
    """A formula as drawing, said in words by its alternative text; undrawable, as TeX."""
    made, spoken = drawing(e), spoken_formula(e) or "formula"
    display = local(e) == "disp-formula"
    shown: Element
    if made is None:
        shown = el("code", spoken, class_="tex", role="math")
    else:
        data = base64.b64encode(made.svg.encode()).decode("ascii")
        style = f"height:{made.height:.3f}em;vertical-align:{-made.depth:.3f}em"
        shown = el(
            "img", src=f"data:image/svg+xml;base64,{data}", alt=spoken, style=style, role="math"
        )
    if not display:
        return el("span", shown, class_="formula", **common(e))
    number = child(e, "label")
    label = said(number.text, class_="label") if number is not None else None
    return el("div", shown, label, class_="disp-formula", **common(e))


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
