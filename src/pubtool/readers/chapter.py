"""Putting a chapter together from its opening and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pubtool.diagnostics import Severity
from pubtool.readers.about import read_about
from pubtool.readers.bibliography import entries, references
from pubtool.readers.draft import element, wrapped
from pubtool.readers.front import front
from pubtool.readers.ledger import Ledger
from pubtool.readers.opening_facts import Opening
from pubtool.readers.parts import FRONT, Part, levelled
from pubtool.readers.prose import paragraphs, spoken
from pubtool.readers.signs import SECTIONS
from pubtool.text import ascii_id, fold

STATEMENTS = ("conflict", "data", "ethics", "funding")
# The words pubtool prints over a part; an author's heading that says it otherwise is kept.
_LABELS = {"ack": "acknowledgements", "references": "references"} | {s: s for s in STATEMENTS}


@dataclass(frozen=True)
class _Language:
    """A language, and the words pubtool writes in it."""

    tag: str
    labels: Mapping[str, str]


def chapter(
    opening: Opening, parts: Sequence[Part], language: str, stem: str, labels: Mapping[str, str]
) -> etree._Element:
    """The canonical chapter. `stem` is the manuscript's name; `labels` are the language's words."""
    ledger = opening.ledger
    id_ = f"ch{int(opening.number):02}" if opening.number.isdecimal() else ascii_id(stem)
    kept = levelled(_settled(parts, opening))
    body = _body((part for part in kept if part.is_text), language, ledger)
    if not len(body):
        ledger.lacking("there is no text beyond the front matter", Severity.WARNING)
    return element(
        "chapter",
        front(opening, [part for part in kept if part.kind in FRONT], language),
        body,
        wrapped("back", _back(kept, id_, _Language(language, labels), ledger)),
        id=id_,
        lang=language,
        number=opening.number,
    )


def _settled(parts: Iterable[Part], opening: Opening) -> Iterator[Part]:
    """The parts that have something in them; biographies go to their authors."""
    for part in parts:
        heading = part.heading
        if not part.blocks and not part.is_text and part.kind != "appendix":
            why = "announces a part, but nothing follows it"
            opening.ledger.set_aside(part.line, heading.written, why)
        elif part.kind != "about":
            yield part
        elif read_about(part.blocks, opening):
            opening.ledger.sign(heading.written)
        else:
            left = heading.written.replace(heading.title, "", 1)
            yield replace(part, heading=replace(heading, kind="section", written=left))


def _body(parts: Iterable[Part], language: str, ledger: Ledger) -> etree._Element:
    """The sections, each inside the nearest one before it of a higher level."""
    body = element("body")
    open_ = [(0, body)]
    count = 0
    for part in parts:
        if part.kind != "body":
            count += 1
            while open_[-1][0] >= part.heading.level:
                open_.pop()
            section = _section(part, f"sec{count}", ledger)
            open_[-1][1].append(section)
            open_.append((part.heading.level, section))
        open_[-1][1].extend(paragraphs(part.blocks, language, ledger))
    return body


def _section(part: Part, id_: str, ledger: Ledger) -> etree._Element:
    heading = part.heading
    ledger.sign(heading.written)
    kind = part.kind if part.kind in SECTIONS else ""
    return element("sec", _title(part, ledger), id=id_, number=heading.number, kind=kind)


def _title(part: Part, ledger: Ledger) -> etree._Element:
    return element("title", spoken(part.heading.title, part.line, ledger))


def _back(
    parts: Sequence[Part], id_: str, words: _Language, ledger: Ledger
) -> Iterator[etree._Element]:
    for kind in ("ack", *STATEMENTS):
        for part in _merged(parts, kind, ledger):
            inside = paragraphs(part.blocks, words.tag, ledger)
            name, of = ("ack", "") if kind == "ack" else ("statement", kind)
            yield element(name, _own_title(part, words, ledger), inside, kind=of)
    for n, part in enumerate((p for p in parts if p.kind == "appendix"), 1):
        ledger.sign(part.heading.written)
        inside = paragraphs(part.blocks, words.tag, ledger)
        number = part.heading.number
        yield element("app", _title(part, ledger), inside, id=f"app{n}", number=number)
    for part in _merged(parts, "references", ledger):
        refs = references(entries(part.blocks, ledger), {id_}, ledger)
        yield element("references", _own_title(part, words, ledger), refs)


def _merged(parts: Sequence[Part], kind: str, ledger: Ledger) -> list[Part]:
    """The parts of a kind as one, under the first of their headings."""
    same = [part for part in parts if part.kind == kind]
    for part in same[1:]:
        why = (
            f"is a second heading of this kind; what follows it is under “{same[0].heading.title}”"
        )
        ledger.set_aside(part.line, part.heading.written, why)
    blocks = [block for part in same for block in part.blocks]
    return [replace(part, blocks=blocks) for part in same[:1]]


def _own_title(part: Part, words: _Language, ledger: Ledger) -> list[etree._Element]:
    """The author's heading, unless it is the one that pubtool prints anyway."""
    heading = part.heading
    if not heading.title or fold(heading.title) == fold(words.labels[_LABELS[part.kind]]):
        ledger.sign(heading.written)
        return []
    ledger.sign(heading.written.replace(heading.title, "", 1))
    return [_title(part, ledger)]
