"""Abstracts and keywords, in the language of the chapter or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from pubtool import languages
from pubtool.readers.blocks import Block
from pubtool.readers.draft import element
from pubtool.readers.ledger import Ledger
from pubtool.readers.parts import Part
from pubtool.readers.prose import rejoined, spoken

_SEMICOLONS = re.compile(r"\s*(?:[;|•·]\s*)+")
_COMMAS = re.compile(r"\s*(?:,\s*)+")


def abstracts_and_keywords(
    parts: Iterable[Part], language: str, ledger: Ledger
) -> tuple[list[etree._Element], list[etree._Element]]:
    """The abstracts and the lists of keywords; keywords are in the language of their abstract."""
    abstracts, keywords = [], []
    latest = ""
    for part in parts:
        ledger.sign(part.heading.written)
        if part.kind == "abstract":
            latest = _language(part)
            abstracts.append(_abstract(part, latest, language, ledger))
        else:
            keywords.append(_keywords(part, latest or part.heading.language, language, ledger))
    return abstracts, keywords


def _language(part: Part) -> str:
    guessed, _ = languages.guess(" ".join(block.text for block in part.blocks))
    return guessed or part.heading.language


def _abstract(part: Part, own: str, language: str, ledger: Ledger) -> etree._Element:
    inside = [
        element("p", spoken(block.text, block.line, ledger))
        for block in rejoined(part.blocks, own, ledger)
    ]
    return element("abstract", inside, lang="" if own == language else own)


def _keywords(part: Part, own: str, language: str, ledger: Ledger) -> etree._Element:
    words = (keyword for block in part.blocks for keyword in _split(block, ledger))
    inside = [element("keyword", spoken(word, part.line, ledger)) for word in words]
    return element("keywords", inside, lang="" if own == language else own)


def _split(block: Block, ledger: Ledger) -> Iterator[str]:
    """Keywords between semicolons, else between commas, else one a line; without a full stop."""
    text = block.text
    if _SEMICOLONS.search(text):
        words = ledger.split(text, _SEMICOLONS)
    elif "," in text:
        words = ledger.split(text, _COMMAS)
    else:
        words = [line.text for line in block.lines]
    if len(words) > 1 and words[-1].endswith("."):
        ledger.sign(".")
        words[-1] = words[-1][:-1]
    yield from (word for word in words if word.strip())
