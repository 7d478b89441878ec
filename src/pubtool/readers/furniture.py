"""What belongs to the printed page and not to the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pubtool.readers.blocks import Block
from pubtool.readers.inline import plain
from pubtool.readers.ledger import Ledger
from pubtool.readers.recognise import sign_alone
from pubtool.text import fold

_LONGEST = 200
_NUMBER = re.compile(r"[-–—\s\[(]*(\d{1,4})[-–—\s\])]*$")
_NUMBERED = re.compile(r"^(?:(\d{1,4})[\s|–—-]+)?(.*?)(?:[\s|–—-]+(\d{1,4}))?$")


def is_page_number(text: str, pages: tuple[str, str] = ("", "")) -> bool:
    """True for a number alone on a line that lies in the page range, or is short if none is known.

    Without a range, four digits are taken for a year.
    """
    match = _NUMBER.match(text)
    if match is None:
        return False
    return _within(match[1], pages) if all(pages) else len(match[1]) < 4


def _within(number: str, pages: tuple[str, str]) -> bool:
    first, last = pages
    known = first.isdecimal() and last.isdecimal()
    return known and int(first) <= int(number) <= int(last)


def without_furniture(
    blocks: Iterable[Block], heads: Collection[str], pages: tuple[str, str], ledger: Ledger
) -> list[Block]:
    """The blocks without page numbers and running heads (PT601).

    `heads` are the folded words a running head may say. After "About the author" names are kept:
    there they tell whose biography follows.
    """
    kept = []
    about = False
    for block in blocks:
        sign = sign_alone(block.text)
        about = about or (sign is not None and sign.kind == "about")
        what = "" if about else _what(block, heads, pages)
        if what:
            ledger.repeated(block.line, block.text, what)
        else:
            kept.append(block)
    return kept


def _what(block: Block, heads: Collection[str], pages: tuple[str, str]) -> str:
    text = block.text
    if len(text) > _LONGEST or len(block.lines) > 1:
        return ""
    if is_page_number(text, pages):
        return "page number"
    said = plain(text)
    known = fold(said) in heads or _is_beginning(said, heads, pages)
    return "running head" if known else ""


def _is_beginning(text: str, heads: Collection[str], pages: tuple[str, str]) -> bool:
    """True for two words or more with which a head begins, beside a page number."""
    match = _NUMBERED.match(text)
    number = (match[1] or match[3] or "") if match else ""
    said = fold(match[2]) if match else ""
    if not is_page_number(number, pages) or " " not in said:
        return False
    return any(f"{head} ".startswith(f"{said} ") for head in heads)
