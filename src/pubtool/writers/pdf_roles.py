"""PDF: which structure type an element of the page has (ISO 32000-1, 14.8.4). A table."""

from __future__ import annotations

from typing import Any

ROLES = {
    "article": "Art", "section": "Sect", "header": "Div", "footer": "Div", "aside": "Div",
    "div": "Div", "figure": "Div", "blockquote": "BlockQuote",
    "p": "P", "pre": "P", "code": "Code",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "P", "dd": "Div",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption",
    "img": "Figure", "a": "Link", "abbr": "Span",
    "li::marker": "Lbl", "span::footnote-call": "Reference", "span::footnote-marker": "Lbl",
}  # fmt: skip
# Notes stand within a paragraph and are made of spans that say in their class what they are.
SPANS = {
    "fn": "Note", "p": "P", "blockquote": "BlockQuote", "ul": "L", "ol": "L", "li": "LI",
    "div": "Div",
}  # fmt: skip
# What only groups for the sake of style.
UNMEANING = frozenset({"text", "scroll", "row"})


def role(tag: str, element: Any) -> str:
    """The structure type of an element or pseudo-element; "" where it has no meaning of its own."""
    classes = element.get("class", "").split()
    if element.get("role") == "math":
        return "Formula"
    if tag == "span":
        return next((SPANS[name] for name in reversed(classes) if name in SPANS), "")
    if tag == "div" and UNMEANING.intersection(classes):
        return ""
    return ROLES.get(tag, "")
