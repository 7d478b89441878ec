"""Captions: their number and label, and where in a figure or table they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from pubtool.readers.ast_go import Go
from pubtool.readers.draft import element
from pubtool.readers.footnotes import fit
from pubtool.readers.inline import unmarked
from pubtool.readers.recognise import is_one_of
from pubtool.readers.signs import FIGURE, TABLE
from pubtool.source import local

_LABEL = re.compile(
    r"^\s*(?P<word>[^\W\d_]+\.?)[\s\u00a0]+(?P<number>\d{1,3}(?:[.–-]\d{1,3})*[a-z]?|[IVXLC]{1,6})"
    r"(?P<mark>\s*[.:—–-]*)(?=\s|$)"
)
_NUMBER_FIRST = re.compile(
    r"^\s*(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?[\s\u00a0]+(?P<word>[^\W\d_]+)(?P<mark>\s*[.:—–-]*)(?=\s|$)"
)
_LONGEST = 600


def kind_of(text: str) -> str:
    """“fig” or “table-wrap” for a text that begins as a caption does: "Table 2. Words", or ""."""
    match = _label(unmarked(text))
    if match is None or len(text) > _LONGEST:
        return ""
    return "fig" if is_one_of(match["word"], FIGURE) else "table-wrap"


def _label(text: str) -> re.Match[str] | None:
    for pattern in (_LABEL, _NUMBER_FIRST):
        match = pattern.match(text)
        if match and is_one_of(match["word"], FIGURE + TABLE):
            return match
    return None


def caption(target: etree._Element, words: Sequence[etree._Element], go: Go) -> None:
    """Put a caption's paragraphs where the schema has them; its label becomes the number."""
    kept = list(fit(words, frozenset({"p"}), "a caption", go))
    if not kept:
        return
    take_number(target, kept[0], go)
    said = [part for part in kept if "".join(part.itertext()).strip() or len(part)]
    if not said:
        return
    made = element("caption", said)
    if local(target) == "table-wrap":
        target.insert(0, made)
    elif local(target) == "fig-group":
        target.append(made)
    else:
        after = [
            n for n, part in enumerate(target) if local(part) in ("graphic", "alt", "long-desc")
        ]
        target.insert(max(after, default=-1) + 1, made)


def take_number(target: etree._Element, first: etree._Element, go: Go) -> None:
    """The number of "Figure 3: …" as the figure's own; pubtool writes the label again."""
    whole = "".join(first.itertext())
    match = _label(whole)
    if match is None:
        return
    target.set("number", match["number"])
    go.ledger.sign(match[0])
    _cut(first, len(match[0]) + len(whole[match.end() :]) - len(whole[match.end() :].lstrip()))


def _cut(part: etree._Element, count: int) -> int:
    """Take that many characters from the front of an element; what is left to take."""
    taken = min(count, len(part.text or ""))
    part.text = (part.text or "")[taken:]
    count -= taken
    for inner in list(part):
        if not count:
            break
        if local(inner) not in ("fn", "anchor", "query"):
            count = _cut(inner, count)
        tail = min(count, len(inner.tail or ""))
        inner.tail = (inner.tail or "")[tail:]
        count -= tail
        if not len(inner) and not inner.text and local(inner) in _EMPTIED:
            _drop(part, inner)
    return count


_EMPTIED = frozenset({"bold", "italic", "underline", "sc", "xref", "foreign"})


def _drop(parent: etree._Element, empty: etree._Element) -> None:
    """Remove an emptied element; the words after it stay."""
    before = empty.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (empty.tail or "")
    else:
        parent.text = (parent.text or "") + (empty.tail or "")
    parent.remove(empty)
