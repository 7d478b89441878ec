"""No word is lost on the way in: the manuscript against the chapter made of it.

Compared are words and marks of punctuation, each as often as it stands. What a reader spent on
signs or named in a finding counts as kept. A word in capitals may come back in its own case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from pubtool.conservation import INLINE
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.source import local
from pubtool.text import fold, is_capitals

_TOKEN = re.compile(r"\w+|[^\w\s]")

# Facts a reader worked out of words that stand elsewhere in the chapter.
_DERIVED = frozenset({"book", "pages", "identifiers"})


def lost(
    manuscript: Iterable[tuple[int, str]],
    chapter: etree._Element,
    spent: Iterable[str],
    file: str,
    markup: Collection[str] = frozenset(),
) -> list[Diagnostic]:
    """PT602 for every line of a manuscript of which words are missing.

    `manuscript` is its lines with their numbers; `markup` holds the characters that only mark the
    text up and are not looked for.
    """
    there = Counter(_tokens("".join(_text(chapter))))
    for words in spent:
        there.update(_tokens(words))
    missing = list(_missing(manuscript, there, markup))
    return [_finding(file, line, words) for line, words in _own_case(missing, there).items()]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def _text(element: etree._Element) -> Iterator[str]:
    if local(element) in _DERIVED or _is_field(element):
        return
    edge = "" if local(element) in INLINE else " "
    yield edge + (element.text or "")
    for inner in element:
        yield from _text(inner)
        yield inner.tail or ""
    yield edge


def _is_field(element: etree._Element) -> bool:
    """True for what was read from a reference's wording, which stands beside it."""
    parent = element.getparent()
    return parent is not None and local(parent) == "ref" and local(element) != "as-written"


def _missing(
    manuscript: Iterable[tuple[int, str]], there: Counter[str], markup: Collection[str]
) -> Iterator[tuple[int, str]]:
    """The tokens of the manuscript, with their lines, that are nowhere; found ones are taken."""
    for line, text in manuscript:
        for token in _tokens(text):
            if there[token] > 0:
                there[token] -= 1
            elif token not in markup:
                yield line, token


def _own_case(missing: Iterable[tuple[int, str]], left: Counter[str]) -> dict[int, list[str]]:
    """What is still missing, by line, when capitals are matched with words left over."""
    folded: Counter[str] = Counter()
    for token, count in left.items():
        folded[fold(token)] += count
    lines: dict[int, list[str]] = {}
    for line, token in missing:
        if is_capitals(token) and folded[fold(token)] > 0:
            folded[fold(token)] -= 1
        else:
            lines.setdefault(line, []).append(token)
    return lines


def _finding(file: str, line: int, words: list[str]) -> Diagnostic:
    return found("PT602", Place(file, line), f"not in the chapter: “{' '.join(words)}”")
