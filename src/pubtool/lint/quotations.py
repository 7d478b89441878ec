"""Quotations: whose words, and on which page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.lint.context import Context
from pubtool.lint.passages import MARK, Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.repairs import quote_pairs
from pubtool.model import child
from pubtool.source import local

_SENTENCE = re.compile(r"[.!?…][\"”»]?\s+(?=[^\W\d_a-zçğıöşüə])")
_YEAR_IN_BRACKETS = re.compile(
    r"\([^()]*\b(?:(?:1[4-9]|20)\d\d[a-z]?|n\.d\.)\b[^()]*\)|\[\d+[^\]]*\]"
)
_BRACKET_AFTER = re.compile(r"[.!?]?\s*\([^()]*\)")
_YEAR = re.compile(r",?\s*\b(?:1[4-9]|20)\d\d[a-z]?\b")
_PLACE = re.compile(r"\bpp?\.|\bss?\.|:\s*\d|,\s*\d+\b(?!\d)|\bpara|\bS\.|\bс\.|\bchap|\bart\.")


def _quotations(p: Passage, least: int) -> Iterator[tuple[int, int]]:
    """(start, end) of quoted stretches of at least so many words."""
    pairs = quote_pairs(p) or []
    for start, end in zip(pairs[::2], pairs[1::2], strict=True):
        if len(p.text[start:end].split()) >= least:
            yield start, end + 1


def _around(p: Passage, start: int, end: int) -> tuple[int, int]:
    """The sentences a quotation stands in, and the bracket that follows it."""
    first = max((m.end() for m in _SENTENCE.finditer(p.text, 0, start)), default=0)
    after = _SENTENCE.search(p.text, end - 1)
    last = after.end() if after else p.length
    bracket = _BRACKET_AFTER.match(p.text, last - 1) or _BRACKET_AFTER.match(p.text, last)
    return first, max(last, bracket.end() if bracket else 0)


def _citation(p: Passage, first: int, last: int) -> str | None:
    """What cites in a stretch of text: the words, or the locator of a `<cite>`; None if nothing."""
    for span in p.spans:
        if local(span.element) == "cite" and first <= span.start <= last:
            locator = span.element.get("locator")
            return f"p. {locator}" if locator else p.text[span.start : span.end]
    m = _YEAR_IN_BRACKETS.search(p.text, first, last)
    if m:
        return m[0]
    # A note may hold the source.
    return "p." if MARK in p.text[first:last] else None


@rule("PT309")
def quotation_without_source(c: Context) -> Said:
    for p in c.text:
        for start, end in _quotations(p, c.limits.quotation_words):
            if _citation(p, *_around(p, start, end)) is None:
                yield p.place(start), f"nobody is cited for {_shown(p, start, end)}"
    for quote in c.all("disp-quote"):
        if child(quote, "attrib") is None and not any(True for _ in quote.iter("{*}cite", "{*}fn")):
            words = "".join(quote.itertext())
            if not _YEAR_IN_BRACKETS.search(words):
                yield quote, f"nobody is cited for the quotation “{' '.join(words.split())[:50]} …”"


@rule("PT310")
def quotation_without_page(c: Context) -> Said:
    for p in c.text:
        for start, end in _quotations(p, c.limits.quotation_words):
            cited = _citation(p, *_around(p, start, end))
            if cited is not None and not _PLACE.search(_YEAR.sub("", cited)):
                yield p.place(start), f"no page is given for {_shown(p, start, end)}"


def _shown(p: Passage, start: int, end: int) -> str:
    words = " ".join(p.text[start + 1 : end - 1].split())
    return f"“{words if len(words) < 60 else words[:55] + ' …'}”"
