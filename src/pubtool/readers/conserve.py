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

from pubtool.conservation import FORMULA, FORMULAS, INLINE
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.source import local
from pubtool.text import fold, is_capitals, without_invisible

_TOKEN = re.compile(r"\w+|[^\w\s]")
# A word and the number of a note or affiliation that stood beside it: "Demir1".
_PARTS = re.compile(r"[^\W\d]+|\d+")

# Facts a reader worked out of words that stand elsewhere in the chapter.
_DERIVED = frozenset({"book", "pages", "identifiers", "alt"})
_SHORT = 2
_APART = frozenset({"fn", "query", "index-term"})
_ASIDE = tuple(f"{{*}}{name}" for name in sorted(_APART))
# How the query on an insertion begins; the words inserted stand before it.
INSERTED = "inserted: "


def lost(
    manuscript: Iterable[tuple[int, str]],
    chapter: etree._Element,
    spent: Iterable[str],
    file: str,
    markup: Collection[str] = frozenset(),
    rule: str = "PT602",
) -> list[Diagnostic]:
    """PT602 (or another rule) for every line of a manuscript of which words are missing.

    `manuscript` is its lines with their numbers; `markup` holds the characters that only mark the
    text up and are not looked for.
    """
    there = Counter(_tokens(_whole_text(chapter)))
    for words in spent:
        there.update(_tokens(words))
    missing = list(_missing(manuscript, there, markup))
    return [_finding(rule, file, line, words) for line, words in _own_case(missing, there).items()]


def unseen_words(chapter: etree._Element) -> list[str]:
    """Formulas and alternative texts of a chapter, for sources that are compared with them too."""
    formulas = list(chapter.iter(*(f"{{*}}{name}" for name in sorted(FORMULAS))))
    alts = [e for e in chapter.iter("{*}alt") if e.getparent() not in formulas]
    return [" ".join(e.itertext()) for e in [*formulas, *alts]]


def added(
    manuscript: Iterable[tuple[int, str]], chapter: etree._Element, known: Iterable[str], file: str
) -> list[Diagnostic]:
    """PT633 for words that body and back have more often than the whole manuscript has them.

    `known` are words that a reader wrote knowingly, each named in a finding. Queries are the
    editor's and the reader's own words; two letters may be a sign that the source calls by a name.
    """
    source = _words([*(text for _, text in manuscript), *known])
    told = [part for e in chapter[1:] for part in (*_text(e), " ")]
    notes = [p for e in chapter[1:] for n in e.iter("{*}fn") for p in (" ", *_inside(n))]
    more = _words(["".join([*told, *notes])]) - source
    if not more:
        return []
    words = " ".join(more.elements())
    return [found("PT633", Place(file), f"“{words}”")]


def _words(texts: Iterable[str]) -> Counter[str]:
    """The words of three letters and more, folded, numbers apart from letters."""
    words: Counter[str] = Counter()
    for token, count in Counter(t for text in texts for t in _tokens(text)).items():
        for part in _PARTS.findall(token):
            if len(part) > _SHORT and part.isalpha():
                words[fold(part)] += count
    return words


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(without_invisible(unicodedata.normalize("NFC", text)))


def _whole_text(chapter: etree._Element) -> str:
    """The text, then notes, queries and index entries: they may stand within a word."""
    aside = [part for e in chapter.iter(*_ASIDE) for part in (" ", *_inside(e), " ")]
    return "".join([*_text(chapter), *aside])


def _text(element: etree._Element) -> Iterator[str]:
    name = local(element)
    if name in _APART or name in _DERIVED or _is_repeated(element):
        return
    if name in FORMULAS:
        yield f" {FORMULA} "
        return
    edge = "" if name in INLINE else " "
    yield edge
    yield from _inside(element)
    yield edge


def _inside(element: etree._Element) -> Iterator[str]:
    if _is_repeated(element):
        return
    yield element.text or ""
    for inner in element:
        yield from _text(inner)
        yield inner.tail or ""


def _is_repeated(element: etree._Element) -> bool:
    """True for the fields of a reference, whose words stand in `as-written`, and for insertions."""
    parent = element.getparent()
    if parent is not None and local(parent) == "ref":
        return local(element) != "as-written"
    return local(element) == "query" and (element.text or "").startswith(INSERTED)


def _missing(
    manuscript: Iterable[tuple[int, str]], there: Counter[str], markup: Collection[str]
) -> Iterator[tuple[int, str]]:
    """The tokens of the manuscript, with their lines, that are nowhere; found ones are taken."""
    for line, text in manuscript:
        for token in _tokens(text):
            if there[token] > 0:
                there[token] -= 1
            elif not _taken(_PARTS.findall(token), there) and token not in markup:
                yield line, token


def _taken(tokens: list[str], there: Counter[str]) -> bool:
    """True if all of these are there; they are then used up."""
    if not tokens or any(there[token] < count for token, count in Counter(tokens).items()):
        return False
    there.subtract(tokens)
    return True


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


def _finding(rule: str, file: str, line: int, words: list[str]) -> Diagnostic:
    return found(rule, Place(file, line), f"not in the chapter: “{' '.join(words)}”")
