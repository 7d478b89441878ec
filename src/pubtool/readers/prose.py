"""Running text: paragraphs cut by a page break put together again, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from pubtool.function_words import FUNCTION_WORDS
from pubtool.readers.blocks import BULLET, NUMBER, Block
from pubtool.readers.draft import element, placed
from pubtool.readers.inline import is_object, parse
from pubtool.readers.ledger import Ledger
from pubtool.rules import XmlNode

_LONG, _NEAR = 60, 200
_SENTENCE_END = re.compile(r"[.!?:;…][\"”»’')\]*]*$")
_WORD_END = re.compile(r"([^\W\d_]+)$")


def paragraphs(blocks: Sequence[Block], language: str, ledger: Ledger) -> list[etree._Element]:
    """The elements of running text: p and list."""
    whole = rejoined(blocks, language, ledger)
    made: list[etree._Element] = []
    for (kind, _), group in groupby(_marked(whole), lambda pair: pair[0]):
        members = [block for _list, block in group]
        made += _RUNS[kind](members, ledger) if len(members) > 1 else _plain(members, ledger)
    return made


def rejoined(blocks: Sequence[Block], language: str, ledger: Ledger) -> list[Block]:
    """The blocks, those that a page break had cut put together (PT604)."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and _is_cut(groups[-1][-1].text, block.text, language):
            ends, begins = groups[-1][-1].text[-30:], block.text[:30]
            message = f"“…{ends}” and “{begins}…” are one paragraph, cut by a page break"
            ledger.rejoined(block.line, message)
            groups[-1].append(block)
        else:
            groups.append([block])
    return [
        Block(tuple(line for block in group for line in block.lines), group[0].alone)
        for group in groups
    ]


def _is_cut(before: str, after: str, language: str) -> bool:
    """True if a paragraph ends in the middle of a bracket, or of a sentence that goes on."""
    if BULLET.match(after) or NUMBER.match(after) or is_object(before) or is_object(after):
        return False
    return _bracket_is_cut(before, after) or _sentence_is_cut(before, after, language)


def _bracket_is_cut(before: str, after: str) -> bool:
    end, start = before[-_NEAR:], after[:_NEAR]
    open_ = end.rfind("(") > end.rfind(")")
    close, next_open = start.find(")"), start.find("(")
    return open_ and close >= 0 and not 0 <= next_open < close


def _sentence_is_cut(before: str, after: str, language: str) -> bool:
    if _SENTENCE_END.search(before[-10:]):
        return False
    running = len(before) > _LONG or bool(_SENTENCE_END.search(after[-10:]))
    if after[0].islower():
        return running
    word = _WORD_END.search(before[-_LONG:])
    small = word is not None and word[1] in FUNCTION_WORDS.get(language, ())
    return len(before) > _LONG and (small or before.endswith(","))


def _marked(blocks: Iterable[Block]) -> Iterator[tuple[tuple[str, int], Block]]:
    """Each block with the list it belongs to: its kind ("" for a paragraph) and a serial number."""
    serial, expected = 0, -1
    for block in blocks:
        number = NUMBER.match(block.text)
        if number is None:
            yield ("bullet" if BULLET.match(block.text) else "", serial), block
            expected = -1
            continue
        if int(number[1]) != expected:
            serial += 1
        expected = int(number[1]) + 1
        yield ("ordered", serial), block


def _plain(blocks: Iterable[Block], ledger: Ledger) -> list[etree._Element]:
    return [_paragraph(block.text, block.line, ledger) for block in blocks]


def _paragraph(text: str, line: int, ledger: Ledger) -> etree._Element:
    """A paragraph that knows the line it stood in."""
    return placed(element("p", spoken(text, line, ledger)), line)


def _bullets(blocks: Sequence[Block], ledger: Ledger) -> list[etree._Element]:
    return [element("list", _items(blocks, BULLET, ledger), type="bullet")]


def _numbers(blocks: Sequence[Block], ledger: Ledger) -> list[etree._Element]:
    first = NUMBER.match(blocks[0].text)
    start = str(int(first[1])) if first else ""
    if start == "0":
        return _plain(blocks, ledger)
    items = _items(blocks, NUMBER, ledger)
    return [element("list", items, type="ordered", start="" if start == "1" else start)]


_RUNS = {"": _plain, "bullet": _bullets, "ordered": _numbers}


def _items(
    blocks: Iterable[Block], marker: re.Pattern[str], ledger: Ledger
) -> Iterator[etree._Element]:
    for block in blocks:
        match = marker.match(block.text)
        mark = match[0] if match else ""
        ledger.sign(mark)
        yield element("list-item", _paragraph(block.text[len(mark) :], block.line, ledger))


def spoken(text: str, line: int, ledger: Ledger) -> list[XmlNode]:
    """Marked-up text as content; an asterisk without a partner is kept, and named (PT603)."""
    marked = parse(text)
    for stray in marked.strays:
        ledger.guess(line, f"the asterisk in “{stray}” has no partner; it is kept as a character")
    return marked.content
