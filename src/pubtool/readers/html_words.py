"""The words of an HTML page, paragraph by paragraph, as they stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from pubtool.source import local
from pubtool.text import squeeze

_SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "title"})
# The number of a note, and the way back from it: pubtool writes both.
_NUMBERS = frozenset({"doc-noteref", "doc-backlink", "noteref", "backlink"})
_ROLES = ("role", "epub:type", "{http://www.idpf.org/2007/ops}type")
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small
    span strike strong sub sup time tt u var wbr""".split()
)


def lines(text: str) -> list[tuple[int, str]]:
    """The text of each block with the number of its line."""
    root = _parsed(text)
    if root is None:
        return []
    found: list[tuple[int, list[str]]] = [(1, [])]
    _walk(root, found)
    return [(n, "".join(parts)) for n, parts in found if "".join(parts).strip()]


def facts(text: str) -> dict[str, str]:
    """Title and language, as the head of the page has them."""
    root = _parsed(text)
    if root is None:
        return {}
    said = {"title": squeeze(root.findtext(".//title")), "language": root.get("lang", "")}
    return {name: value for name, value in said.items() if value}


def _parsed(text: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        return lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _walk(element: etree._Element, found: list[tuple[int, list[str]]]) -> None:
    if not isinstance(element.tag, str) or local(element) in _SKIPPED:
        return
    if {element.get(name) for name in _ROLES} & _NUMBERS:
        return
    block = local(element) not in _INLINE
    if local(element) == "math":
        found[-1][1].append(" ∎ ")
        return
    if block:
        found.append((element.sourceline or 0, []))
    found[-1][1].append(element.text or "")
    for inner in element:
        _walk(inner, found)
        if isinstance(inner.tag, str) and local(inner) not in _INLINE:
            found.append((inner.sourceline or 0, []))
        found[-1][1].append(inner.tail or "")


def words_of(page: bytes) -> Iterator[str]:
    """The blocks of a page of an EPUB, which is XML: `<a/>` is an end there."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    root = etree.fromstring(page, parser)
    found: list[tuple[int, list[str]]] = [(1, [])]
    if root is not None:
        _walk(root, found)
    yield from ("".join(parts) for _, parts in found if "".join(parts).strip())
