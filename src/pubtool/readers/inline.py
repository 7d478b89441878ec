r"""Markup within a line: `*italic*`, `**bold**`, and `\$` for a mark that is only itself.

An asterisk without a partner is no markup: it stays, or is left out, as the caller says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.readers.draft import element
from pubtool.rules import XmlNode

# Characters that stand for the markup of rich manuscripts (`readers.marks`): Unicode's two private
# planes. Starts and ends come in pairs, a start on an even number; then come whole elements.
FIRST_PAIR, FIRST_OBJECT, LAST_MARK = 0xF0000, 0xF4000, 0x10FFFD
MARKED = f"[{chr(FIRST_PAIR)}-{chr(LAST_MARK)}]"
_MARKS = re.compile(MARKED)
# The characters that are gone once markup is understood.
MARKUP = frozenset("*\\")

_TOKEN = re.compile(r"\\([!-/:-@\[-`{-~])|(\*+)")
_NAMES = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}


@dataclass(slots=True)
class _Piece:
    """Plain text, or asterisks: where emphasis can begin or end, and the number of its partner."""

    text: str
    opens: bool = False
    closes: bool = False
    partner: int = -1

    @property
    def stray(self) -> bool:
        """True for an asterisk that touches a word and has no partner."""
        return self.partner < 0 and self.opens != self.closes


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its markup understood; `strays` shows each asterisk that has no partner."""

    content: list[XmlNode]
    strays: list[str]


def parse(text: str, *, keep_strays: bool = True) -> Marked:
    """The content of a marked-up text. Linear in its length; emphasis is at most three deep."""
    pieces = _pieces(text)
    _pair(pieces)
    strays = [_beside(pieces, n) for n, piece in enumerate(pieces) if piece.stray]
    return Marked(_content(pieces, keep_strays), strays)


def content(text: str) -> list[XmlNode]:
    """What a marked-up text becomes, every asterisk without a partner kept."""
    return parse(text).content


def plain(text: str) -> str:
    """A marked-up text without its markup."""
    return unmarked(
        "".join(
            part if isinstance(part, str) else "".join(part.itertext()) for part in content(text)
        )
    )


def escapes(text: str) -> Counter[str]:
    """The marks that a backslash before them makes mere characters, and how often: "$" 1."""
    return Counter(match[1] for match in _TOKEN.finditer(text) if match[1])


def unmarked(text: str) -> str:
    """A text without the characters that stand for markup."""
    return _MARKS.sub("", text)


def is_object(text: str) -> bool:
    """True for a text that is nothing but one or several tables, figures or the like."""
    return bool(text) and all(ord(c) >= FIRST_OBJECT or c.isspace() for c in text)


def _pieces(text: str) -> list[_Piece]:
    pieces = []
    end = 0
    for match in _TOKEN.finditer(text):
        pieces.append(_Piece(text[end : match.start()]))
        end = match.end()
        pieces.append(_Piece(match[1]) if match[1] else _mark(text, match.start(), end))
    return [piece for piece in [*pieces, _Piece(text[end:])] if piece.text]


def _mark(text: str, start: int, end: int) -> _Piece:
    """Emphasis begins before a mark or letter, not within a word, and ends the other way round."""
    if end - start not in _NAMES:
        return _Piece(text[start:end])
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    opens = bool(after.strip()) and not before.isalnum()
    closes = bool(before.strip()) and not after.isalnum()
    return _Piece(text[start:end], opens, closes)


def _pair(pieces: Sequence[_Piece]) -> None:
    """Tell each asterisk its partner. One emphasis of a kind is open at a time: the latest."""
    begun: dict[str, int] = {}
    for n, piece in enumerate(pieces):
        opener = begun.get(piece.text, -1)
        if piece.closes and opener >= 0:
            pieces[opener].partner, piece.partner = n, opener
            begun = {kind: at for kind, at in begun.items() if at < opener}
        elif piece.opens:
            begun[piece.text] = n


def _content(pieces: Sequence[_Piece], keep_strays: bool) -> list[XmlNode]:
    levels: list[list[XmlNode]] = [[]]
    for n, piece in enumerate(pieces):
        if piece.partner > n:
            levels.append([])
        elif piece.partner >= 0:
            inner = levels.pop()
            levels[-1].extend(_emphasis(piece.text, inner))
        elif keep_strays or not piece.stray:
            levels[-1].append(piece.text)
    return levels[0]


def _emphasis(mark: str, inner: list[XmlNode]) -> list[XmlNode]:
    for name in reversed(_NAMES[len(mark)]):
        inner = [element(name, inner)]
    return inner


def _beside(pieces: Sequence[_Piece], n: int) -> str:
    """A stray asterisk with the word it touches: "culture*"."""
    mark = pieces[n]
    if mark.closes:
        return pieces[n - 1].text.rpartition(" ")[2] + mark.text
    return mark.text + pieces[n + 1].text.partition(" ")[0]
