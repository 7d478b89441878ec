"""JATS: the whole article, and its bytes."""

from __future__ import annotations

from lxml import etree

import pubtool.writers.jats_floats  # noqa: F401  (its rules register themselves)
from pubtool.edition import Edition, Made
from pubtool.model import q
from pubtool.rules import Go, Rules, XmlNode
from pubtool.writers.jats import Element, XmlGo, el, jats, note
from pubtool.writers.jats_front import article_meta
from pubtool.writers.jats_references import back

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD'
    ' with MathML3 v1.3 20210610//EN" "JATS-archivearticle1-3-mathml3.dtd">'
)
# Elements whose children start lines of their own: they hold no text, so no text changes.
_STRUCTURE = frozenset(
    """
    article front article-meta title-group contrib-group contrib aff permissions license
    abstract trans-abstract kwd-group funding-group award-group custom-meta-group custom-meta
    history pub-date body back sec list list-item def-list def-item def fig fig-group caption
    table-wrap table thead tbody tfoot tr table-wrap-foot disp-quote verse-group boxed-text
    ref-list ref citation-alternatives fn-group fn app-group app ack notes glossary bio
    """.split()
)


def article(edition: Edition, rules: Rules[XmlNode] = jats) -> tuple[Element, XmlGo]:
    """The chapter as `<article>`, and the run that made it with its findings."""
    chapter = edition.chapter
    go: XmlGo = Go(rules, chapter, {"images": edition.images})
    record = chapter.record
    front = el("front", article_meta(chapter.front, record, go))
    body = go.blocks(chapter.body)
    matter = back(chapter.back, go) if chapter.back is not None else []
    notes = [note(e, go) for e in chapter.root.iter(q("fn"))]
    if notes:
        matter = [*matter, el("fn-group", notes)]
    made = el(
        "article",
        front,
        el("body", body) if body else None,
        el("back", matter) if matter else None,
        article_type="chapter-article",
        dtd_version="1.3",
        xml_lang=record.language,
    )
    return made, go


def write(edition: Edition) -> Made:
    """The chapter as JATS Archiving 1.3."""
    root, go = article(edition)
    return Made(serialised(root), tuple(go.findings))


def serialised(root: Element, doctype: str = DOCTYPE) -> bytes:
    """UTF-8 with declaration and DOCTYPE, a line for each structural element."""
    _break_lines(root)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink", "mml", "ali"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype) + b"\n"


def _break_lines(root: Element) -> None:
    for element in root.iter("*"):
        if element.tag in _STRUCTURE and len(element) and not _holds_text(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"


def _holds_text(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)
