"""JATS: valid in the official DTD, and holding every word of the chapter."""

from __future__ import annotations

from functools import cache

from lxml import etree

from pubtool.conservation import FORMULA, chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.resources import jats_dtd
from pubtool.source import local
from pubtool.text import words as fold

# What in JATS repeats or names, but is not the author's running text.
_UNSPOKEN = frozenset(
    """
    label element-citation article-id contrib-id email fpage lpage pub-date history isbn
    related-object copyright-year copyright-holder license_ref institution-id volume-series
    meta-name alt-title index-term
    """.split()
)
_FORMULAS = frozenset({"disp-formula", "inline-formula"})
_INLINE = frozenset(
    """
    italic bold sc sub sup underline strike monospace named-content abbrev xref ext-link
    milestone-start inline-graphic index-term styled-content
    """.split()
)


@cache
def dtd() -> etree.DTD:
    """The JATS Archiving 1.3 DTD, loaded once. Raises ToolMissing."""
    return etree.DTD(str(jats_dtd()))


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Well-formed and valid (PT711); the DTD is cheap, so every level uses it."""
    try:
        root = parsed(data)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return [found("PT711", Place(name, line, max(column, 1)), f"not XML: {error.msg}")]
    return [
        found("PT711", Place(name, line), message) for line, message in dtd_messages(root, dtd())
    ]


def parsed(data: bytes) -> etree._Element:
    """The root of an artifact; its DOCTYPE names the DTD but nothing is loaded from it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def dtd_messages(root: etree._Element, dtd: etree.DTD) -> list[tuple[int, str]]:
    """(line, message) for everything a DTD objects to."""
    if dtd.validate(root):
        return []
    return [(entry.line, entry.message) for entry in dtd.error_log]


def words(data: bytes) -> list[str]:
    """The author's words in a JATS article."""
    return fold("".join(_spoken(parsed(data))))


def _spoken(element: etree._Element) -> list[str]:
    name = local(element)
    if name in _FORMULAS:
        return [f" {FORMULA} "]
    if name in _UNSPOKEN or element.get("specific-use") == "generated":
        return []
    if element.get("content-type") == "volume-editors" or _is_bare_code(element):
        return []
    edge = "" if name in _INLINE else " "
    parts = [edge, element.text or ""]
    for inner in element.iterchildren("*"):
        parts += _spoken(inner)
        parts.append(inner.tail or "")
    return [*parts, edge]


def _is_bare_code(element: etree._Element) -> bool:
    """True for a country of which only the ISO code is known."""
    return local(element) == "country" and element.text == element.get("country")


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Every word of the chapter is in the article, and no other (PT702, PT703)."""
    expected = chapter_words(edition.chapter)
    return differences(expected, words(data), Place(name), edition.chapter)
