"""JATS in: numbers out of printed labels: "Figura 3." is number 3 of the figures."""

from __future__ import annotations

import re
from functools import cache

from pubtool.labels import LABELS
from pubtool.model import q
from pubtool.readers.jats_run import Element, Reading, child
from pubtool.source import local
from pubtool.text import squeeze

_LAST = re.compile(r"([\w]+(?:[.\-–]\w+)*)\W*$")
_KINDS = {"fig": "figure", "fig-group": "figure", "table-wrap": "table", "disp-formula": "formula"}


def number_of(e: Element, kind: str, go: Reading) -> str:
    """The number in an element's label; where the label will be printed otherwise, a note."""
    label = child(e, "label")
    if label is None:
        return ""
    text = go.take(label).strip()
    own = _number(text, _pattern(go.labels[kind]))
    if kind == "formula":
        own = own or _number(text, _pattern("({n})"))
    if own:
        return own
    bare = _LAST.search(text)
    number = bare[1] if bare else text
    if number:
        printed = go.labels[kind].format(n="1")
        message = f"labels that will be printed in the words of the house, like “{printed}”"
        if squeeze(text).rstrip(".:") != number:
            go.note("PT657", label, message, text)
    return number


def section_number(e: Element, go: Reading) -> str:
    """The number of a section or chapter, without the stop after it."""
    label = child(e, "label")
    if label is None:
        return ""
    text = go.take(label)
    for names in LABELS.values():
        if number := _number(text, _pattern(names["chapter"])):
            return number.rstrip(".:")
    return text.rstrip(".:").strip() or text


@cache
def _pattern(label: str) -> re.Pattern[str]:
    before, _, after = label.partition("{n}")
    return re.compile(rf"{re.escape(before)}(\S(?:.*?\S)?){re.escape(after)}[.:]?$", re.I)


def _number(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(squeeze(text))
    return match[1] if match else ""


def automatic(root: Element, prefix: str) -> None:
    """Numbers that counting gives anyway are left to counting."""
    for kind in ("figure", "table", "formula"):
        counted = [e for e in root.iter("*") if _KINDS.get(local(e)) == kind and _is_counted(e)]
        numbered = [f"{prefix}{n}" for n in range(1, len(counted) + 1)]
        if [e.get("number") for e in counted] == numbered:
            for e in counted:
                del e.attrib["number"]


def _is_counted(e: Element) -> bool:
    parent = e.getparent()
    if local(e) == "disp-formula":
        return e.get("number") is not None and e.get("id") is not None
    grouped = parent is not None and local(parent) == "fig-group"
    return not grouped and e.get("decorative") != "yes"


def unnumbered(root: Element, go: Reading) -> None:
    """Figures and tables without a label will be counted: that is said. Formulas lose their id."""
    pointed = {x.get("rid") for x in root.iter(q("xref"))}
    for e in root.iter(q("disp-formula")):
        if not e.get("number") and e.get("id") not in pointed:
            e.attrib.pop("id", None)
    for name in ("fig", "table-wrap", "fig-group"):
        for e in root.iter(q(name)):
            if _is_counted(e) and not e.get("number"):
                message = f"a <{name}> without a label will be numbered"
                go.note("PT657", e, message, e.get("id") or "")
