"""Quotations: whose words, and on which page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pubtool.lint.context import Context
from pubtool.lint.passages import MARK, Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.repairs import quote_pairs
from pubtool.model import child
from pubtool.source import local

_SENTENCE = re.compile(r"[.!?…][\"”»]?\s+(?=[^\W\d_a-zçğıöşüə])")
_YEAR_IN_BRACKETS = re.compile(
    r"\([^()]{0,500}?\b(?:(?:1[4-9]|20)\d\d[a-z]?|n\.d\.)\b[^()]{0,500}\)|\[\d+[^\]]{0,80}\]"
)
_BRACKET_AFTER = re.compile(r"[.!?]?\s*\([^()]*\)")
_YEAR = re.compile(r",?\s*\b(?:1[4-9]|20)\d\d[a-z]?\b")
_PLACE = re.compile(r"\bpp?\.|\bss?\.|:\s*\d|,\s*\d+\b(?!\d)|\bpara|\bS\.|\bс\.|\bchap|\bart\.")


def _quotations(p: Passage, least: int) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, what is cited for it) of quoted stretches of at least so many words."""
    pairs = quote_pairs(p) or []
    sentences = [0, *(m.end() for m in _SENTENCE.finditer(p.text)), p.length] if pairs else []
    for start, end in zip(pairs[::2], pairs[1::2], strict=True):
        if len(p.text[start:end].split()) >= least:
            first = sentences[bisect_right(sentences, start) - 1]
            last = sentences[bisect_right(sentences[:-1], end)]
            # A bracket after the full stop belongs to the quotation before it.
            bracket = _BRACKET_AFTER.match(p.text, last - 1) or _BRACKET_AFTER.match(p.text, last)
            yield start, end + 1, _citation(p, first, bracket.end() if bracket else last)


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
        for start, end, cited in _quotations(p, c.limits.quotation_words):
            if cited is None:
                yield p.place(start), f"nobody is cited for {_shown(p, start, end)}"
    for quote in c.all("disp-quote"):
        if child(quote, "attrib") is None and not any(True for _ in quote.iter("{*}cite", "{*}fn")):
            words = "".join(quote.itertext())
            if not _YEAR_IN_BRACKETS.search(words):
                yield quote, f"nobody is cited for the quotation “{' '.join(words.split())[:50]} …”"


@rule("PT310")
def quotation_without_page(c: Context) -> Said:
    for p in c.text:
        for start, end, cited in _quotations(p, c.limits.quotation_words):
            if cited is not None and not _PLACE.search(_YEAR.sub("", cited)):
                yield p.place(start), f"no page is given for {_shown(p, start, end)}"


def _shown(p: Passage, start: int, end: int) -> str:
    words = " ".join(p.text[start + 1 : end - 1].split())
    return f"“{words if len(words) < 60 else words[:55] + ' …'}”"
