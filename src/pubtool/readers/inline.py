r"""Markup within a line: `*italic*`, `**bold**`, and `\$` for a mark that is only itself.

An asterisk without a partner is no markup: it stays, or is left out, as the caller says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pubtool.readers.draft import element
from pubtool.rules import XmlNode

MARKUP = frozenset("*\\")

_TOKEN = re.compile(r"\\([!-/:-@\[-`{-~])|(\*+)")
_NAMES = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}


@dataclass(slots=True)
class _Mark:
    """A run of asterisks: whether emphasis can begin or end there, and its partner's number."""

    text: str
    opens: bool
    closes: bool
    partner: int = -1


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its markup understood; `strays` names each asterisk that has no partner."""

    content: list[XmlNode]
    strays: list[str] = field(default_factory=list)


def parse(text: str, *, keep_strays: bool = True) -> Marked:
    """The content of a marked-up text. Linear in its length; emphasis is at most three deep."""
    pieces = _pieces(text)
    _pair(pieces)
    strays = [
        _beside(pieces, n)
        for n, piece in enumerate(pieces)
        if isinstance(piece, _Mark) and piece.partner < 0 and piece.opens != piece.closes
    ]
    return Marked(_content(pieces, keep_strays), strays)


def plain(text: str) -> str:
    """A marked-up text without its markup."""
    return "".join(
        part if isinstance(part, str) else "".join(part.itertext()) for part in parse(text).content
    )


def _pieces(text: str) -> list[str | _Mark]:
    pieces: list[str | _Mark] = []
    end = 0
    for match in _TOKEN.finditer(text):
        pieces.append(text[end : match.start()])
        end = match.end()
        pieces.append(match[1] or _mark(text, match.start(), end))
    return [piece for piece in [*pieces, text[end:]] if piece != ""]


def _mark(text: str, start: int, end: int) -> _Mark | str:
    """Emphasis begins before a letter and not within a word, and ends the other way round."""
    before, after = text[start - 1 : start], text[end : end + 1]
    opens = bool(after.strip()) and not before.isalnum()
    closes = bool(before.strip()) and not after.isalnum()
    possible = (opens or closes) and end - start in _NAMES
    return _Mark(text[start:end], opens, closes) if possible else text[start:end]


def _pair(pieces: Iterable[str | _Mark]) -> None:
    """Tell each asterisk its partner. One emphasis of a kind is open at a time: the latest."""
    numbered = list(pieces)
    open_: dict[str, int] = {}
    for n, piece in enumerate(numbered):
        if not isinstance(piece, _Mark):
            continue
        begun = open_.get(piece.text)
        if piece.closes and begun is not None:
            opener = numbered[begun]
            if isinstance(opener, _Mark):
                opener.partner, piece.partner = n, begun
            open_ = {kind: at for kind, at in open_.items() if at < begun}
        elif piece.opens:
            open_[piece.text] = n


def _content(pieces: Iterable[str | _Mark], keep_strays: bool) -> list[XmlNode]:
    levels: list[list[XmlNode]] = [[]]
    for n, piece in enumerate(pieces):
        if isinstance(piece, str):
            levels[-1].append(piece)
        elif piece.partner > n:
            levels.append([])
        elif piece.partner >= 0:
            inner = levels.pop()
            levels[-1].append(_emphasis(piece.text, inner))
        elif keep_strays or piece.opens == piece.closes:
            levels[-1].append(piece.text)
    return levels[0]


def _emphasis(mark: str, inner: list[XmlNode]) -> etree._Element:
    for name in reversed(_NAMES[len(mark)]):
        inner = [element(name, inner)]
    made = inner[0]
    assert isinstance(made, etree._Element)
    return made


def _beside(pieces: list[str | _Mark], n: int) -> str:
    """A stray asterisk with the word it touches: "culture*"."""
    before = pieces[n - 1] if n else ""
    after = pieces[n + 1] if n + 1 < len(pieces) else ""
    mark = pieces[n]
    text = mark.text if isinstance(mark, _Mark) else ""
    last = before.split(" ")[-1] if isinstance(before, str) else ""
    first = after.split(" ")[0] if isinstance(after, str) else ""
    return f"{last}{text}" if last else f"{text}{first}"
