"""JATS and BITS in: articles, chapters, and books chapter by chapter.

Source: JATS 1.0 to 1.4 (ANSI/NISO Z39.96), NLM 2 and 3, BITS 2. Of a document with several
chapters one is asked for by name, or all are read.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from lxml import etree

from pubtool.diagnostics import Diagnostic, Unreadable, found, in_order
from pubtool.model import q
from pubtool.readers import Imported
from pubtool.readers.conserve import lost, unseen_words
from pubtool.readers.draft import serialise
from pubtool.readers.jats_chapter import chapter
from pubtool.readers.jats_parts import Part, listed, outside, parts_of, stem_of
from pubtool.readers.jats_source import parse
from pubtool.readers.jats_unsaid import name_unsaid
from pubtool.readers.jats_words import text_in, tokens
from pubtool.readers.ledger import Ledger
from pubtool.settings import Settings
from pubtool.source import Source, local, nearest
from pubtool.text import squeeze

ROOTS = frozenset({"article", "book", "book-part", "book-part-wrapper"})
_LONG = 80


def read(data: bytes, file: str, settings: Settings, part: str = "") -> Imported:
    """One chapter: the only one, or the one of that name.

    Raises Unreadable: what `jats_source.parse` raises; PT665 if a book has several chapters and
    none is named, PT666 if it has none of that name.
    """
    source, findings = parse(data, file)
    parts = parts_of(source.root)
    chosen = _chosen(parts, part, source)
    made = _imported(chosen, parts, source, settings)
    return replace(made, findings=in_order([*findings, *made.findings]))


def read_all(data: bytes, file: str, settings: Settings) -> list[Imported]:
    """Every chapter of a document, in order. Raises Unreadable as `read` does, but for PT665."""
    source, findings = parse(data, file)
    parts = parts_of(source.root)
    if not parts:
        raise _nothing(source)
    made = [_imported(part, parts, source, settings, alone=False) for part in parts]
    first = replace(made[0], findings=in_order([*findings, *made[0].findings]))
    return [first, *made[1:]]


def _chosen(parts: Sequence[Part], name: str, source: Source) -> Part:
    place = source.place(source.root)
    if not parts:
        raise _nothing(source)
    if not name:
        if len(parts) > 1 and local(source.root) != "article":
            message = f"the book has {len(parts)} chapters: {listed(parts)}"
            raise Unreadable(found("PT665", place, message))
        return parts[0]
    for part in parts:
        if part.name == name:
            return part
    close = nearest(name, [part.name for part in parts])
    message = f"there is no part “{name}”{close or '; there are '}"
    raise Unreadable(found("PT666", place, message if close else message + listed(parts)))


def _nothing(source: Source) -> Unreadable:
    return Unreadable(found("PT605", source.place(source.root), "there is no chapter in it"))


def _imported(
    part: Part, parts: Sequence[Part], source: Source, settings: Settings, alone: bool = True
) -> Imported:
    ledger = Ledger(source.file)
    name = stem_of(part, parts, PurePath(source.file).stem)
    root, go = chapter(part, name, settings, ledger)
    spent = [*ledger.spent, *unseen_words(root)]
    missing = lost(tokens(part.element), _compared(root), spent, source.file)
    said = [*ledger.findings, *missing, *_outside(source)]
    name_unsaid(part.element, root, [*said, *go.findings()], go)
    findings = [*said, *go.findings()]
    findings += _others(part, parts, source) if alone else []
    return Imported(serialise(root), in_order(findings), name)


def _compared(root: etree._Element) -> etree._Element:
    """The chapter without what repeats the wording of references in fields."""
    bare = copy.deepcopy(root)
    notes = {note.get("id") for note in bare.iter(q("fn"))}
    for call in bare.iter(q("xref")):
        if call.get("rid") in notes:
            call.text, call.tail = f" {call.text or ''}", f" {call.tail or ''}"
    for ref in bare.iter(q("ref")):
        for part in [p for p in ref if local(p) != "as-written"]:
            ref.remove(part)
    return bare


def _others(part: Part, parts: Sequence[Part], source: Source) -> Iterator[Diagnostic]:
    """PT664: an article has others inside it, or a book other chapters."""
    others = [p for p in parts if p is not part]
    if others and local(source.root) == "article":
        message = f"{len(others)} other parts were not read: {listed(others)}"
        yield found("PT664", source.place(others[0].element), message)


def _outside(source: Source) -> Iterator[Diagnostic]:
    """PT667: text of a book that is in none of its chapters."""
    for e in outside(source.root):
        text = squeeze(text_in(e))
        shown = text if len(text) <= _LONG else f"{text[:_LONG]}…"
        message = f"<{local(e)}> is in no chapter: {len(text.split())} words, “{shown}”"
        yield found("PT667", source.place(e), message)
