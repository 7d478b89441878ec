"""JATS in: what points elsewhere: cross-references, citations, and the calls of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pubtool.model import q
from pubtool.readers.draft import element
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    common,
    every,
    generated,
    jats_in,
    lang,
    plain_text,
)
from pubtool.readers.jats_shape import content, filled, inline, note_blocks
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local

_DASH = re.compile(r"\s*[-‐‑‒–—]\s*$")
_LINKED_TO = frozenset(
    """
    sec app fig fig-group table-wrap disp-formula inline-formula fn boxed-text p list list-item
    disp-quote verse-group media glossary statement ack def-item code page-break references epigraph
    """.split()
)


@jats_in("xref")
def xref(e: Element, go: Reading) -> list[XmlNode]:
    """A citation where it leads to references, a note where it leads to one, else a link."""
    names = e.get("rid", "").split()
    targets = [go.targets[name] for name in names if name in go.targets]
    refs = [r for t in targets for r in go.cited.get(t, ())]
    if refs:
        return [filled("cite", _words(e, go), ref=" ".join(dict.fromkeys(refs)), **common(e, go))]
    note = next((t for t in targets if local(t) == "fn"), None)
    if note is not None and not in_table(note):
        return [call(e, note, go)]
    if not targets:
        return inline(go.inside(e), go, e)
    if len(targets) > 1:
        message = "links to several things lead to the first of them"
        go.note("PT658", e, message, text_in(e))
    first = next(name for name in names if name in go.targets)
    return [filled("xref", _words(e, go), rid=go.rid(first), **common(e, go))]


def _words(e: Element, go: Reading) -> list[XmlNode]:
    """The words of a link; those that pubtool wrote are made again."""
    if generated(e):
        go.again(e)
        return []
    return inline(go.inside(e), go, e)


def in_table(note: Element) -> bool:
    """True for a note beneath a table, which stays there."""
    return any(local(a) == "table-wrap" for a in note.iterancestors())


def call(e: Element, note: Element, go: Reading) -> Element:
    """The note itself at its first call; a later call is a link to it."""
    if note in go.notes:
        return filled("xref", _words(e, go), rid=go.notes[note])
    go.mark(e)
    return note_of(note, go)


@jats_in("fn")
def note(e: Element, go: Reading) -> list[XmlNode]:
    """A note in the text, unless a call before it has brought it there."""
    return [] if e in go.notes else [note_of(e, go)]


def note_of(e: Element, go: Reading) -> Element:
    """A note where its number stands. Its number is counted anew."""
    name = go.id(e) or go.fresh(f"note{len(go.notes) + 1}")
    go.notes[e] = name
    number = child(e, "label")
    if number is not None:
        go.mark(number)
    kind = "endnote" if e.get("specific-use") == "endnote" else ""
    inside = note_blocks(go.inside(e, but=("label",)), go, e)
    return filled("fn", inside, kind=kind, id=name, lang=lang(e))


def uncalled(e: Element, go: Reading) -> list[Element]:
    """The notes of a part that nothing in the text calls."""
    return [note for note in every(e, "fn") if note not in go.notes]


# ── when the chapter stands ──


def settle(root: Element, order: Sequence[str], go: Reading) -> None:
    """Links that lead nowhere become their words; ranges of citations name all they cover."""
    join_ranges(root, order)
    kinds = {e.get("id"): local(e) for e in root.iter("*") if e.get("id")}
    for link in list(root.iter(q("xref"))):
        if kinds.get(link.get("rid")) not in _LINKED_TO:
            message = "links to what is not in the chapter are left out, their words kept"
            go.note("PT658", link, message, plain_text([link]))
            _unwrap(link)
    for cite in list(root.iter(q("cite"))):
        known = [r for r in cite.get("ref", "").split() if kinds.get(r) == "ref"]
        if known:
            cite.set("ref", " ".join(known))
        else:
            _unwrap(cite)
    for who in root.iter(q("contributor")):
        named = who.get("affiliations", "").split()
        known = [a for a in dict.fromkeys(named) if kinds.get(a) == "affiliation"]
        who.attrib.pop("affiliations", None)
        if known:
            who.set("affiliations", " ".join(known))


def _unwrap(link: Element) -> None:
    link.tag = q("unwrapped")
    parent = link.getparent()
    if parent is not None:
        etree.strip_tags(parent, q("unwrapped"))


def join_ranges(root: Element, order: Sequence[str]) -> None:
    """Two citations with a dash between them, "5–8", are one citation of four references."""
    places = {name: n for n, name in enumerate(order)}
    for first in list(root.iter(q("cite"))):
        last = first.getnext()
        if last is None or local(last) != "cite" or not _DASH.match(first.tail or ""):
            continue
        covered = list(_covered(first, last, order, places))
        if covered:
            _merge(first, last, covered)


def _covered(
    first: Element, last: Element, order: Sequence[str], places: dict[str, int]
) -> Iterator[str]:
    ends = [first.get("ref", "").split()[-1:], last.get("ref", "").split()[:1]]
    if not all(end and end[0] in places for end in ends):
        return
    start, stop = places[ends[0][0]], places[ends[1][0]]
    if start < stop and _numeric(first) and _numeric(last):
        yield from order[start : stop + 1]


def _numeric(cite: Element) -> bool:
    return plain_text([cite]).strip("[]() ").isdigit()


def _merge(first: Element, last: Element, covered: Sequence[str]) -> None:
    parent = first.getparent()
    if parent is None:
        return
    dash, after = first.tail or "", last.tail
    inside = content(last)
    merged = element("cite", content(first), dash, inside, ref=" ".join(covered))
    merged.tail = after
    parent.remove(last)
    parent.replace(first, merged)
