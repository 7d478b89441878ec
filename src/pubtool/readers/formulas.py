"""MathML for the formulas of a manuscript, all of them in one go."""

from __future__ import annotations

import json
from collections.abc import Sequence

from lxml import etree

from pubtool.diagnostics import ToolFailed
from pubtool.model import text_of
from pubtool.source import MATHML, fragment, local
from pubtool.tools import pandoc

_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})


def add_mathml(formulas: Sequence[etree._Element], seconds: int, megabytes: int) -> list[str]:
    """Put MathML before the TeX of each formula; the answer is the TeX that could not be read."""
    if not formulas:
        return []
    document = json.dumps(
        {"pandoc-api-version": [1, 23], "meta": {}, "blocks": [_paragraph(f) for f in formulas]}
    )
    try:
        page, _ = pandoc(
            ["-f", "json", "-t", "html", "--mathml", "--wrap=none"],
            document.encode(),
            seconds=seconds,
            megabytes=megabytes,
        )
        paragraphs = fragment(b"<div>" + page + b"</div>")
    except (ToolFailed, etree.XMLSyntaxError):
        return [text_of(formula, "tex") for formula in formulas]
    unread = []
    for formula, paragraph in zip(formulas, paragraphs, strict=False):
        math = paragraph.find(f".//{{{MATHML}}}math")
        if math is None:
            unread.append(text_of(formula, "tex"))
        else:
            formula.insert(0, _bare(math))
    return unread


def _paragraph(formula: etree._Element) -> dict[str, object]:
    kind = "DisplayMath" if local(formula) == "disp-formula" else "InlineMath"
    tex = formula.findtext("{*}tex") or ""
    return {"t": "Para", "c": [{"t": "Math", "c": [{"t": kind}, tex]}]}


def _bare(math: etree._Element) -> etree._Element:
    """The formula without the TeX that pandoc keeps in it: ours stands beside it."""
    math.tail = None
    for semantics in math.findall(f"{{{MATHML}}}semantics"):
        kept = [inner for inner in semantics if local(inner) not in _ANNOTATIONS]
        at = math.index(semantics)
        math[at : at + 1] = kept
    return math
