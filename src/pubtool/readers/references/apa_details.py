"""What brackets say in a reference in the manner of APA: details of the work, and its kind."""

from __future__ import annotations

import re

from pubtool.readers.references.facts import DASH, Facts
from pubtool.readers.references.parts import (
    EDITION_OF,
    VOLUME_OF,
    details,
    has,
    imprint,
)
from pubtool.readers.references.people import natural
from pubtool.readers.references.words import (
    EDITORS,
    KINDS,
    PAGES,
    REPORT,
    THESIS,
    TRANSLATORS,
    WITHIN,
    either,
)
from pubtool.readers.references.written import Written, sentences

_LAST_BRACKET = re.compile(r"\s*(?:\((?P<details>[^()]*)\)|\[(?P<kind>[^\[\]]+)\])\s*\.?$")
_PAGES_IN = re.compile(rf"(?<!\w)(?:{either(PAGES)})\s*(\S+(?:\s*{DASH}\s*\S+)?)$")
_NUMBER = re.compile(
    r"(?P<genre>[^()]*?)\s*(?:Nos?\.|№|Number)\s*(?P<number>[\w-]*\d[\w./-]*)$"
    r"|(?P<kind>[^()]*?(?:[Rr]eport|Paper|Brief|Rapor\w*|Publication)[^()]*?)\s+"
    r"(?P<bare>[\w-]*\d[\w./-]*)$"
    r"|(?P<code>[A-Z][A-Z/-]+[ -]?\d[\w/-]*)$"
)
_BOTH = re.compile(
    rf"(?P<people>[^()]+?),\s*(?:{either(EDITORS)})\s*(?:&|and)\s*(?:{either(TRANSLATORS)})", re.I
)
_TRANSLATED = re.compile(rf"(?P<people>[^()]+?),\s*(?:{either(TRANSLATORS)})$", re.I)
_PARENS = re.compile(r"\s*\(([^()]*)\)")


def put_container(book: Written, facts: Facts) -> None:
    """As in "Book (2nd ed., Vol. 3, pp. 1–9). Publisher"."""
    within = re.compile(rf"\s+(?:{either(WITHIN)})\b").search(book.text)
    if within:
        book = book.cut(within, "")
    parens = [
        m
        for m in _PARENS.finditer(book.text)
        if _PAGES_IN.search(m[1]) or EDITION_OF.search(m[1]) or VOLUME_OF.search(m[1])
    ]
    if parens:
        title, after = book[: parens[0].start()], book[parens[-1].end() :]
        for match in parens:
            _bracket(match[1], facts)
    else:
        parts = sentences(book)
        title, after = (parts[0], book[len(parts[0].text) :]) if parts else (book, book[:0])
    facts.put("container-title", title.trimmed, 0.97 if title.italic or parens else 0.8)
    if after.trimmed:
        imprint(after, facts)


def _bracket(text: str, facts: Facts) -> str:
    """Take pages, edition, volume, number, translators from a bracket; what is left."""
    if (pages := _PAGES_IN.search(text)) and facts.put_pages(pages[1]):
        text = text[: pages.start()]
    if number := _NUMBER.fullmatch(text):
        facts.put("genre", number["genre"] or number["kind"])
        facts.put("number", number["number"] or number["bare"] or number["code"])
        return ""
    if "; " in text:
        left = [_bracket(piece, facts) for piece in text.split("; ")]
        return "; ".join(piece for piece in left if piece)
    if people := _BOTH.fullmatch(text):
        for role in ("editor", "translator"):
            facts.put_names(natural(people["people"], role, initials=True), 0.95)
        return ""
    if people := _TRANSLATED.fullmatch(text):
        facts.put_names(natural(people["people"], "translator", initials=True), 0.95)
        return ""
    if people := re.fullmatch(rf"(.+?),\s*(?:{either(EDITORS)})", text, re.I):
        facts.put_names(natural(people[1], "editor", initials=True), 0.95)
        return ""
    return details(text, facts)


def put_title(w: Written, facts: Facts, sure: float) -> None:
    """A title and the brackets after it."""
    while last := _LAST_BRACKET.search(w.text):
        if last["kind"]:
            _kind(last["kind"], facts)
        elif not _understood(last["details"], facts):
            break
        w = w[: last.start()]
    facts.put("title", w, sure)


def _understood(text: str, facts: Facts) -> bool:
    """Take what a bracket after a title says; False if it is part of the title."""
    before = (dict(facts.fields), len(facts.names))
    left = _bracket(text, facts)
    if (facts.fields, len(facts.names)) == before:
        return False
    facts.put("note", left or facts.fields.get("note"), 0.6)
    return True


def _kind(text: str, facts: Facts) -> None:
    """As in "[Doctoral dissertation, University]", "[Data set]", or a title in another language."""
    kind, _, where = text.partition(", ")
    if has(text, THESIS):
        facts.put("genre", kind)
        facts.put("publisher", where)
    elif has(text, REPORT + KINDS):
        facts.put("genre", text, 0.9)
    else:
        facts.put("note", text, 0.9)
