"""References in the Harvard manner of “Cite them right” (12th edition).

Author (year) ‘Title’, Journal, 12(3), pp. 45–67.
Author (year) Title. 2nd edn. Place: Publisher.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.readers.references import pieces
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.parts import (
    has,
    imprint,
    kind_in_a_book,
    kind_of_part,
    kind_of_whole,
    reads_like_a_title,
    title_before,
    title_first,
)
from pubtool.readers.references.people import group, inverted, natural
from pubtool.readers.references.words import (
    CONFERENCE,
    EDITORS,
    REPORT,
    THESIS,
    either,
)
from pubtool.readers.references.written import Written, quoted, sentences

_HEAD = re.compile(r"\s*\((?P<year>\d{4}[a-z]?|n\.d\.|no date|forthcoming)\)[.,:]?\s*")
_ROLE = re.compile(rf"\s*\((?:{either(EDITORS)})\)\s*$", re.I)
_IN = re.compile(r"^[,.]?\s*in:?\s+(?=\S)", re.I)
_EDITORS = re.compile(rf"^(?P<names>[^()]+?)\s*\((?:{either(EDITORS)})\),?\s*", re.I)
_NUMBERS = re.compile(
    r",\s*(?P<volume>(?:[A-Z]{1,5}-)?\d[\w/–-]*)?\s*(?:\((?P<issue>[^()]+)\))?(?=,|\.|$)"
)
_PIECE = re.compile(r"^\d+\w* ed|^[^.:]{2,40}: \S|thesis|dissertation|^report|^translated", re.I)
_ON = re.compile(r",?\s*Available (?:at|from):?\s*$", re.I)


def parse(w: Written, facts: Facts, families: Collection[str] = ()) -> bool:
    """Read a reference whose links are taken; False if it is not in this style at all."""
    head = _HEAD.search(w.text)
    if head is None or head.start() > 600:
        return False
    facts.put_date(head["year"])
    who, rest = w[: head.start()].trimmed, w[head.end() :]
    if not rest.text.strip(" ."):
        facts.put("title", who, 0.8)
    elif quoted(rest.text):
        _people(who, facts, container=who.italic)
        _part(rest, facts, families)
    elif who.italic or (reads_like_a_title(who.text) and len(sentences(rest)) == 1):
        _whole(who + Written(". ", "--") + rest, facts, families)
        if "url" in facts.fields and rest.italic:
            _as_site(facts)
    else:
        _people(who, facts, container=False)
        _whole(rest, facts, families)
    return True


def _as_site(facts: Facts) -> None:
    """What stands in italics after a title and a year is a site."""
    facts.put("container-title", facts.fields.get("publisher"), 0.9)
    facts.drop("publisher")
    facts.type = "webpage"


def _people(who: Written, facts: Facts, *, container: bool) -> None:
    role = _ROLE.search(who.text)
    text = who.text[: role.start()] if role else who.text
    said = "editor" if role else "author"
    names = inverted(text, said)
    if container and not names:
        facts.put("container-title", who, 0.9)
    else:
        facts.put_names(names or group(text, said), 0.98 if names else 0.85)


def _part(rest: Written, facts: Facts, families: Collection[str]) -> None:
    title, rest = title_first(rest)
    facts.put("title", title, 0.98)
    inside = _IN.match(rest.text)
    if inside:
        _book(rest[inside.end() :], facts, families)
        return
    rest = pieces.pages(rest.trimmed, facts)
    rest = pieces.day(rest, facts)
    source, rest = _source(rest)
    if match := _NUMBERS.match(rest.text):
        facts.put_all(match.groupdict())
        rest = rest.cut(match)
    facts.put("container-title", source, 0.96)
    if rest.trimmed and (":" in rest.text or has(source.text, CONFERENCE)):
        imprint(rest, facts)
    facts.type = kind_of_part(facts)


def _source(rest: Written) -> tuple[Written, Written]:
    if rest.face[:1] == "i":
        title, rest = title_first(rest)
        return title.trimmed, rest
    end = re.search(r",\s*(?=\d|\(|$)|\.(?=\s+\S+.*:)", rest.text)
    at = end.start() if end else len(rest.text)
    return rest[:at].trimmed, rest[at:]


def _book(book: Written, facts: Facts, families: Collection[str]) -> None:
    if match := _EDITORS.match(book.text):
        facts.put_names(natural(match["names"], "editor", families, initials=True), 0.95)
        book = book[match.end() :]
    book = pieces.pages(book, facts)
    title, rest = title_first(book)
    facts.put("container-title", title.trimmed, 0.97 if title.italic else 0.85)
    rest = pieces.volume(pieces.edition(rest, facts), facts)
    if rest.trimmed:
        imprint(rest, facts)
    facts.type = kind_in_a_book(facts)


def _whole(rest: Written, facts: Facts, families: Collection[str]) -> None:
    title, rest = _title(rest)
    facts.put("title", title.trimmed, 0.97 if title.italic else 0.85)
    site = rest.text.startswith(",")
    rest = pieces.people(rest, facts, families)
    rest = pieces.number(pieces.volume(pieces.edition(rest, facts), facts), facts)
    source = rest.trimmed
    parts = sentences(source)
    if len(parts) > 1 and has(parts[0].text, THESIS + REPORT):
        facts.put("genre", parts[0])
        source = source[len(parts[0].text) :].trimmed
    if source and site and "url" in facts.fields:
        facts.put("container-title", source, 0.95)
        facts.type = "webpage"
        return
    if source:
        imprint(source, facts)
    facts.type = kind_of_whole(facts)


def _title(rest: Written) -> tuple[Written, Written]:
    if rest.face[:1] != "i" and len(sentences(rest)) < 2 and "," in rest.text:
        at = rest.text.rindex(",")
        return rest[:at], rest[at:]
    return title_before(rest, _PIECE)
