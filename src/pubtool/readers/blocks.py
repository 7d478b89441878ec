"""From text to lines to blocks, each knowing its line.

A blank line or a form feed ends a block. Lines of ordinary length belong to one paragraph broken
by hand; a line longer than anyone breaks by hand is a paragraph of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pubtool.readers.ledger import Ledger
from pubtool.readers.recognise import sign_alone
from pubtool.readers.signs import AND

BULLET = re.compile(r"^[-–•*‣▪·◦]\s+(?=\S)")
NUMBER = re.compile(r"^(\d{1,3})[.)]\s+(?=\S)")

_UNBROKEN = 120
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\v\x85\u2028\u2029]+")
_HYPHEN_END = re.compile(r"[^\W\d_][-‐]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the manuscript, trimmed, and its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; `alone` if a blank line or a long line is on either side.

    A rich manuscript says more: `level` of a heading, and `role` by its style ("author").
    """

    lines: tuple[Line, ...]
    alone: bool = True
    level: int = 0
    role: str = ""

    @property
    def line(self) -> int:
        """The number of the first line."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """The lines as one."""
        text = self.lines[0].text
        return text + "".join(
            glue(before.text, after.text) + after.text
            for before, after in zip(self.lines, self.lines[1:], strict=False)
        )


def glue(before: str, after: str) -> str:
    """What stands between two lines put together: nothing after a hyphen that cut a word."""
    first = after.partition(" ")[0]
    cut = _HYPHEN_END.search(before[-2:]) and first not in AND
    return "" if cut else " "


def lines_of(text: str, ledger: Ledger) -> list[Line]:
    """The lines of a text; characters that XML cannot hold give way to a space (PT606)."""
    lines = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        _report_illegal(number, raw, ledger)
        legal = _ILLEGAL.sub(" ", raw)
        for page, part in enumerate(legal.split("\f")):
            lines.extend([Line(number, "")] * bool(page))
            lines.append(Line(number, _BLANKS.sub(" ", part).strip()))
    return lines


def _report_illegal(number: int, raw: str, ledger: Ledger) -> None:
    for character, count in Counter(_ILLEGAL.findall(raw)).items():
        times = f" ({count} times)" if count > 1 else ""
        name = f"the control character U+{ord(character):04X}"
        ledger.unfit(number, f"{name} cannot stand in XML{times}; a space stands in its place")


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """The blocks of a manuscript, in order."""
    runs = (list(run) for blank, run in groupby(lines, lambda line: not line.text) if not blank)
    return [block for run in runs for block in _blocks_of_run(run)]


def _blocks_of_run(run: list[Line]) -> Iterator[Block]:
    blocks: list[list[Line]] = []
    for line in run:
        if blocks and _goes_on(blocks[-1], line.text):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    long = [True, *(_is_long(block[0].text) for block in blocks), True]
    for n, block in enumerate(blocks, 1):
        yield Block(tuple(block), alone=long[n - 1] and long[n + 1])


def _goes_on(block: list[Line], text: str) -> bool:
    first = block[0].text
    if _is_long(text) or _is_long(block[-1].text):
        return False
    if len(block) == 1 and (first.startswith("#") or sign_alone(first)):
        return False
    if BULLET.match(text) or text.startswith("#") or sign_alone(text):
        return False
    return not (NUMBER.match(text) and NUMBER.match(first))


def _is_long(text: str) -> bool:
    return len(text) > _UNBROKEN
