"""JATS: valid in the official DTD, and holding every word of the chapter."""

from __future__ import annotations

from functools import cache

from lxml import etree

from pubtool.checks import dtds
from pubtool.conservation import FORMULA, chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place
from pubtool.edition import Edition
from pubtool.resources import jats_dtd
from pubtool.source import local
from pubtool.text import words as fold

# What in JATS repeats or names, but is not the author's running text.
_UNSPOKEN = frozenset(
    """
    label element-citation article-id book-part-id contrib-id email fpage lpage pub-date history
    pub-history isbn related-object collection-meta book-meta copyright-year copyright-holder
    license_ref institution-id volume-series meta-name alt-title index-term
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
    """Well-formed and valid (PT711); the DTDs are cheap, so every level uses them."""
    return dtds.held_to(data, name, "PT711", dtd, "article")


def words(data: bytes, but: frozenset[str] = frozenset()) -> list[str]:
    """The author's words in a JATS article or a BITS chapter, without the elements in `but`."""
    return fold("".join(_spoken(dtds.parsed(data), _UNSPOKEN | but)))


def _spoken(element: etree._Element, unspoken: frozenset[str]) -> list[str]:
    name = local(element)
    if name in _FORMULAS:
        return [f" {FORMULA} "]
    if name in unspoken or element.get("specific-use") == "generated":
        return []
    if element.get("content-type") == "volume-editors" or _is_bare_code(element):
        return []
    edge = "" if name in _INLINE else " "
    parts = [edge, element.text or ""]
    for inner in element.iterchildren("*"):
        parts += _spoken(inner, unspoken)
        parts.append(inner.tail or "")
    return [*parts, edge]


def _is_bare_code(element: etree._Element) -> bool:
    """True for a country of which only the ISO code is known."""
    return local(element) == "country" and element.text == element.get("country")


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Every word of the chapter is in the article, and no other (PT702, PT703).

    With references as fields alone, their wording is left out on purpose.
    """
    bare = edition.settings.jats.citations == "element"
    expected = chapter_words(edition.chapter, but=("ref",) if bare else ())
    there = words(data, but=frozenset({"mixed-citation"} if bare else ()))
    return differences(expected, there, Place(name), edition.chapter)
