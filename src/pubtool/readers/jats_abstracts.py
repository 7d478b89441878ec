"""JATS in: abstracts and keywords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.readers.draft import element
from pubtool.readers.jats_blocks import title_of
from pubtool.readers.jats_run import Element, Reading, child, children, common, every
from pubtool.readers.jats_shape import filled, inline, paragraphs
from pubtool.readers.jats_terms import ABSTRACTS
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import fold


def abstracts(meta: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Abstracts of all kinds and languages."""
    for e in (a for m in meta for a in children(m, "abstract", "trans-abstract")):
        said = (e.get("abstract-type") or "").lower()
        kind = ABSTRACTS.get(said, "summary")
        if said not in ABSTRACTS:
            go.note(
                "PT654", e, "kinds of abstract that a chapter has not; they are summaries", said
            )
        for fact in children(e, "object-id", "label", "kwd-group"):
            go.aside(fact)
        inside = _abstract(e, go)
        if inside:
            kind = "" if kind == "abstract" else kind
            yield element("abstract", _own_title(e, go), inside, kind=kind, **common(e, go))


def _own_title(e: Element, go: Reading) -> list[XmlNode]:
    """The title of an abstract, unless it is the one that pubtool prints anyway."""
    head = child(e, "title")
    if head is None:
        return []
    if fold(text_in(head)) in {fold(go.labels["abstract"]), "abstract"}:
        go.take(head)
        return []
    return [title_of(head, go)]


def _abstract(e: Element, go: Reading) -> list[XmlNode]:
    """Sections, or paragraphs: where both stand, the sections become paragraphs."""
    skipped = ("title", "object-id", "label", "kwd-group")
    inside = go.inside(e, but=skipped)
    sections = [n for n in inside if not isinstance(n, str) and local(n) == "sec"]
    others = [n for n in inside if not (isinstance(n, str) and not n.strip())]
    if sections and len(sections) == len(others):
        return list(sections)
    return paragraphs(inside, go, e)


def keywords(meta: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Keywords by language; the title of a group of its own kind is named."""
    for e in (k for m in meta for k in children(m, "kwd-group")):
        for head in children(e, "title", "label"):
            go.aside(head, "is the title of keywords")
        words = [k for k in every(e, "kwd", "compound-kwd") if local(_parent(k)) != "compound-kwd"]
        made = [_keyword(k, go) for k in words if text_in(k)]
        for loose in children(e, "unstructured-kwd-group"):
            go.take(loose)
            made += [element("keyword", w) for w in _split(text_in(loose))]
        if made:
            yield element("keywords", made, **common(e, go))


def _parent(e: Element) -> Element:
    parent = e.getparent()
    return e if parent is None else parent


def _split(text: str) -> list[str]:
    return [w for w in (part.strip() for part in text.replace(";", ",").split(",")) if w]


def _keyword(e: Element, go: Reading) -> Element:
    parts = children(e, "compound-kwd-part") or [e]
    inside = [n for p in parts for n in [" – ", *inline(go.inside(p), go, p)]][1:]
    return filled("keyword", inside, **common(e, go))
