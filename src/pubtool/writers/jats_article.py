"""JATS: the whole article, and its bytes."""

from __future__ import annotations

import itertools

from lxml import etree

import pubtool.writers.jats_blocks
import pubtool.writers.jats_floats  # noqa: F401  (their rules register themselves)
from pubtool.edition import Edition, Made
from pubtool.model import q
from pubtool.rules import Go, Rules, XmlNode
from pubtool.source import MATHML
from pubtool.writers.jats import Element, XmlGo, el, jats, note
from pubtool.writers.jats_front import article_meta
from pubtool.writers.jats_references import back

_ARCHIVING = "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3"
DOCTYPES = {
    "1.3": f'<!DOCTYPE article PUBLIC "{_ARCHIVING} v1.3 20210610//EN"'
    ' "JATS-archivearticle1-3-mathml3.dtd">',
    "1.4": f'<!DOCTYPE article PUBLIC "{_ARCHIVING} v1.4 20241031//EN"'
    ' "JATS-archivearticle1-4-mathml3.dtd">',
}
# Metadata that may be missing; a paragraph only where it is part of it.
_OPTIONAL = (
    *("p", "bio", "abstract", "trans-abstract", "subtitle", "trans-title", "trans-title-group"),
    *("alt-title", "kwd", "kwd-group"),
)
_PROSE = frozenset({"bio", "abstract", "trans-abstract"})
# Elements whose children start lines of their own: they hold no text, so no text changes.
_STRUCTURE = frozenset(
    """
    article front article-meta title-group contrib-group contrib aff permissions license
    abstract trans-abstract kwd-group funding-group award-group custom-meta-group custom-meta
    history pub-date body back sec list list-item def-list def-item def fig fig-group caption
    table-wrap table thead tbody tfoot tr table-wrap-foot disp-quote verse-group boxed-text
    ref-list ref citation-alternatives fn-group fn app-group app ack notes glossary bio
    book-part-wrapper collection-meta volume-in-collection book-meta book-title-group publisher
    book-part book-part-meta pub-history
    """.split()
)


def run(edition: Edition, rules: Rules[XmlNode] = jats) -> XmlGo:
    """A run of the rules over the chapter, with what they may want to know."""
    options = {
        "images": edition.images,
        "beside": edition.beside,
        "citations": edition.settings.jats.citations,
    }
    return Go(rules, edition.chapter, options)


def article(edition: Edition) -> tuple[Element, XmlGo]:
    """The chapter as `<article>`, and the run that made it with its findings."""
    chapter = edition.chapter
    go = run(edition)
    made = el(
        "article",
        el(
            "processing-meta",
            tagset_family="jats",
            base_tagset="archiving",
            mathml_version="3.0",
            table_model="xhtml",
        ),
        el("front", article_meta(chapter.front, chapter.record, go)),
        body_and_back(go),
        article_type="chapter-article",
        dtd_version=edition.settings.jats.version,
        xml_lang=chapter.record.language,
    )
    return made, go


def body_and_back(go: XmlGo) -> list[Element]:
    """`body` and `back`, each only if something stands in it; the notes come last."""
    chapter = go.chapter
    body = go.blocks(chapter.body)
    matter = back(chapter.back, go) if chapter.back is not None else []
    notes = [note(e, go) for e in chapter.root.iter(q("fn"))]
    if notes:
        matter = [*matter, el("fn-group", notes)]
    return [el(name, made) for name, made in (("body", body), ("back", matter)) if made]


def write(edition: Edition) -> Made:
    """The chapter as JATS Archiving, in the version of [jats] version."""
    root, go = article(edition)
    return Made(serialised(root, DOCTYPES[edition.settings.jats.version]), tuple(go.findings))


def serialised(root: Element, doctype: str) -> bytes:
    """UTF-8 with declaration and DOCTYPE, a line for each structural element."""
    _leave_out_empty(root)
    _name_formulas(root)
    _break_lines(root)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink", "mml", "ali"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype) + b"\n"


def _leave_out_empty(root: Element) -> None:
    """Leave out metadata in which nothing stands, from the inside out."""
    for element in reversed(list(root.iter(*_OPTIONAL))):
        parent = element.getparent()
        if parent is None or len(element) or (element.text or "").strip():
            continue
        if element.tag != "p" or parent.tag in _PROSE:
            parent.remove(element)


def _name_formulas(root: Element) -> None:
    """Give an id to each MathML formula that has none, as PubMed Central asks."""
    taken = {e.get("id") for e in root.iter("*")}
    free = (name for n in itertools.count(1) if (name := f"mml-{n}") not in taken)
    for math in root.iter(f"{{{MATHML}}}math"):
        if math.get("id") is None:
            math.set("id", next(free))


def _break_lines(root: Element) -> None:
    for element in root.iter("*"):
        if element.tag in _STRUCTURE and len(element) and not _holds_text(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"


def _holds_text(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)
