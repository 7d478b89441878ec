"""Private characters by which a front end tells the AST's reader what pandoc would not carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from pubtool.readers.draft import element
from pubtool.rules import XmlNode
from pubtool.source import fragment

_START, _MIDDLE, _END = "\ue0f3", "\ue0f4", "\ue0f5"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Signal:
    """A kind of signal: its letter, then values, then the words."""

    letter: str

    def ends(self, *values: str) -> tuple[str, str]:
        """What stands before and after the words."""
        return (
            f"{_START}{self.letter}{'|'.join(v.replace('|', ' ') for v in values)}{_MIDDLE}",
            _END,
        )

    def wrap(self, words: str, *values: str) -> str:
        """Words between the two."""
        start, end = self.ends(*values)
        return f"{start}{words}{end}"


QUERY, FOREIGN, ANCHOR = Signal("q"), Signal("l"), Signal("a")
FORMULA, INDEX, CITE = Signal("m"), Signal("i"), Signal("c")
_ANY = re.compile(f"({_START}[^{_MIDDLE}]*{_MIDDLE}|{_END})")


def silenced(text: str) -> str:
    """A text with a blank for each end of a signal."""
    return _ANY.sub(" ", text)


def index_term(entry: str) -> etree._Element:
    """An entry for the index: "memory:collective" is a sub-entry."""
    levels = [part.strip() for part in entry.split(":") if part.strip()] or [entry]
    made = element("index-term", element("term", levels[-1]))
    for level in reversed(levels[:-1]):
        made = element("index-term", element("term", level), made)
    return made


def understood(content: Sequence[XmlNode]) -> list[XmlNode]:
    """Content with its signals turned into elements. A start without an end holds to the last."""
    if not any(isinstance(n, str) and (_START in n or _END in n) for n in content):
        return list(content)
    levels: list[tuple[str, list[XmlNode]]] = [("", [])]
    for node in content:
        for piece in _ANY.split(node) if isinstance(node, str) else [node]:
            if isinstance(piece, str) and piece.startswith(_START):
                levels.append((piece[1:-1], []))
            elif piece == _END:
                if len(levels) > 1:
                    _close(levels)
            elif not isinstance(piece, str) or piece:
                levels[-1][1].append(piece)
    while len(levels) > 1:
        _close(levels)
    return levels[0][1]


def _close(levels: list[tuple[str, list[XmlNode]]]) -> None:
    said, inside = levels.pop()
    levels[-1][1].append(_element(said, inside))


def _element(said: str, inside: list[XmlNode]) -> etree._Element:
    values = said[1:].split("|")
    if said.startswith("l"):
        return element("foreign", inside, lang=values[0])
    if said.startswith("a"):
        return element("anchor", id=values[0])
    if said.startswith("c"):
        return element("cite", inside, ref=values[0], locator=values[1])
    words = "".join(n if isinstance(n, str) else "".join(n.itertext()) for n in inside)
    if said.startswith("i"):
        return index_term(words.replace("!", ":"))
    if said.startswith("m"):
        return element("inline-formula", fragment(words.encode()))
    date = values[1] if len(values) > 1 and _DATE.match(values[1]) else ""
    return element("query", " ".join(words.split()), by=values[0], date=date)
