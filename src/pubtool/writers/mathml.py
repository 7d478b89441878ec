"""The author's MathML as the formats of the web want it. Pure."""

from __future__ import annotations

import copy

from lxml import etree

from pubtool.source import MATHML


def unprefixed(math: etree._Element, *, display: bool, alttext: str = "") -> etree._Element:
    """A copy without prefixes, its namespace declared, its words in `alttext` if it has none."""
    made = copy.deepcopy(math)
    for part in made.iter("*"):
        part.attrib.pop("{urn:pubtool:place}at", None)
    fresh = etree.Element(f"{{{MATHML}}}math", nsmap={None: MATHML})
    fresh.attrib.update(made.attrib)
    fresh.text = made.text
    fresh.extend(list(made))
    etree.cleanup_namespaces(fresh)
    fresh.set("display", "block" if display else "inline")
    if alttext and not fresh.get("alttext"):
        fresh.set("alttext", alttext)
    return fresh
