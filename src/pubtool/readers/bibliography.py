"""A list of references: its entries as written, each with an id of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml import etree

from pubtool.readers.blocks import BULLET, Block, Line
from pubtool.readers.draft import element, placed
from pubtool.readers.inline import parse, plain
from pubtool.readers.ledger import Ledger
from pubtool.text import ascii_id

_MARKER = re.compile(rf"(?:{BULLET.pattern}|^\[?\d{{1,3}}[.)\]]\s+(?=\S))")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_LEAD = re.compile(r"[^(\d]*")
_AUTHOR = re.compile(r"([^,.]{2,40}),\s*[^\W\d_]")
_LEAD_LENGTH, _MOST_WORDS = 200, 4


def entries(blocks: Sequence[Block], ledger: Ledger) -> list[Line]:
    """The references of a list, each on one line, without the bullet or number before it.

    Where entries have markers, a block without one goes on with the entry before it (PT604).
    """
    listed = any(_MARKER.match(block.text) for block in blocks)
    found: list[list[Line]] = []
    for block in blocks:
        marked = bool(_MARKER.match(block.text))
        if listed and not marked and found and not block.text[0].isupper():
            ledger.rejoined(
                block.line, f"“{block.text[:30]}…” goes on with the reference before it"
            )
            found[-1] += block.lines
        else:
            found += [list(lines) for lines in _parted(block)]
    return [_unmarked(Block(tuple(lines)), ledger) for lines in found]


def _parted(block: Block) -> Iterable[tuple[Line, ...]]:
    """One entry, or one a line where every line is a reference with its year."""
    each = len(block.lines) > 1 and all(
        _YEAR.search(line.text) and line.text[0].isupper() for line in block.lines
    )
    return [(line,) for line in block.lines] if each else [block.lines]


def _unmarked(block: Block, ledger: Ledger) -> Line:
    text = block.text
    match = _MARKER.match(text)
    mark = match[0] if match else ""
    ledger.sign(mark)
    return Line(block.line, text[len(mark) :])


def references(
    lines: Sequence[Line], taken: Collection[str], ledger: Ledger
) -> Iterator[etree._Element]:
    """A `<ref>` for each entry."""
    for line, id_ in zip(lines, ids([line.text for line in lines], taken), strict=True):
        yield placed(element("ref", _as_written(line, ledger), id=id_), line.number)


def _as_written(line: Line, ledger: Ledger) -> etree._Element:
    """The author's wording; the lost half of a pair of asterisks is left out, and named (PT606)."""
    marked = parse(line.text, keep_strays=False)
    for stray in marked.strays:
        ledger.set_aside(line.number, "*", f"left out beside “{stray}”: its partner is missing")
    return element("as-written", marked.content)


def ids(texts: Sequence[str], taken: Collection[str]) -> list[str]:
    """An id for each reference: "demir-1997"; of the same author and year "-1997a", "-1997b"."""
    stems = [_stem(plain(text)) for text in texts]
    counts, serials = Counter(stems), Counter[str]()
    used = set(taken)
    made = []
    for stem in stems:
        id_ = stem
        while id_ in used or (id_ == stem and counts[stem] > 1):
            serials[stem] += 1
            id_ = stem + _letters(serials[stem])
        used.add(id_)
        made.append(id_)
    return made


def _stem(text: str) -> str:
    """Author, or the first words of the title, and the year, in ASCII."""
    lead = _LEAD.match(text[:_LEAD_LENGTH])
    said = lead[0] if lead else ""
    author = _AUTHOR.match(said)
    words = (author[1] if author else said).split()[:_MOST_WORDS]
    while len(words) > 1 and len(words[-1]) < 4:
        words.pop()
    name = ascii_id(" ".join(words))
    year = _YEAR.search(text)
    return f"{'ref' if name == 'x' else name}-{year[1] if year else 'nd'}"


def _letters(n: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    outer, own = divmod(n - 1, 26)
    return (_letters(outer) if outer else "") + chr(ord("a") + own)
