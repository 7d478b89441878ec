"""The last look at a chapter: what stands where the schema has no place for it finds another."""

from __future__ import annotations

from lxml import etree

from pubtool.model import q
from pubtool.readers.ast_go import Go
from pubtool.readers.ast_tables import cell_content
from pubtool.readers.draft import inside
from pubtool.readers.footnotes import fit
from pubtool.readers.marks import BLOCKS
from pubtool.rules import XmlNode, fill
from pubtool.source import LANG, local

_ONLY_PARAGRAPHS = ("abstract", "bio", "table-notes", "long-desc")
_ONE_LINE = ("title", "subtitle", "keyword")
_ONLY_WORDS = ("title", "subtitle", "keyword", "as-written", "citation-line", "verse-line")


def fitted(root: etree._Element, go: Go) -> None:
    """Give every block a place the schema knows; languages of whole paragraphs go to them."""
    for name in _ONLY_PARAGRAPHS:
        for holder in root.iter(q(name)):
            _paragraphs(holder, go)
    for name in _ONLY_WORDS:
        for holder in root.iter(q(name)):
            _words(holder, go)
    for name in _ONE_LINE:
        for holder in root.iter(q(name)):
            _without_first_break(holder)
    for holder in root.iter(q("epigraph")):
        kept = list(fit(list(holder), frozenset({"p", "verse-group", "attrib"}), "an epigraph", go))
        holder[:] = kept
    for paragraph in root.iter(q("p")):
        _whole_language(paragraph)


def _paragraphs(holder: etree._Element, go: Go) -> None:
    if any(local(inner) not in ("p", "title", "sec") for inner in holder):
        allowed = frozenset({"p", "title", "sec"})
        holder[:] = list(fit(list(holder), allowed, f"<{local(holder)}>", go))


def _without_first_break(holder: etree._Element) -> None:
    first = holder[0] if len(holder) else None
    if first is not None and local(first) == "break" and not (holder.text or "").strip():
        holder.text = (first.tail or "").lstrip()
        holder.remove(first)


def _words(holder: etree._Element, go: Go) -> None:
    if not any(local(inner) in BLOCKS for inner in holder):
        return
    content: list[XmlNode] = []
    for node in inside(holder):
        block = not isinstance(node, str) and local(node) in BLOCKS
        content += cell_content([node], go) if block and not isinstance(node, str) else [node]
    fill(holder, content)


def _whole_language(paragraph: etree._Element) -> None:
    """A paragraph all in another language has that language itself."""
    only = paragraph[0] if len(paragraph) == 1 else None
    if only is None or local(only) != "foreign" or paragraph.get(LANG):
        return
    if (paragraph.text or "").strip() or (only.tail or "").strip():
        return
    paragraph.set(LANG, only.get(LANG, ""))
    paragraph.remove(only)
    paragraph.text = None
    fill(paragraph, inside(only))
