"""References in the manner of MLA (Handbook, 9th edition, chapter 5): containers between commas.

Author. “Title.” Container, other contributors, version, number, publisher, date, location.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.readers.references import pieces
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.leading import leading_people
from pubtool.readers.references.parts import (
    has,
    imprint,
    kind_in_a_book,
    kind_of_part,
    kind_of_whole,
    title_before,
    title_first,
)
from pubtool.readers.references.words import ENCYCLOPEDIA, NEWSPAPER, THESIS
from pubtool.readers.references.written import Written, quoted

_COMMA = re.compile(
    r",\s+(?=edited|translated|ed\.|vol\.|vols\.|no\.|nos\.|(?!\d{4}[-–]\d)\d|pp?\.|[A-Z][a-z]+\.? "
    r"\d{4}|(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec))",
    re.I,
)
_PIECE = re.compile(r"\d{4}\.?$|^\d+\w* ed|^(?:edited|translated)", re.I)
_PLACE = re.compile(r"\s*\[([^\]]+)\]")


def parse(w: Written, facts: Facts, families: Collection[str] = ()) -> bool:
    """Read a reference whose links are taken; False if it is not in this style at all."""
    rest = leading_people(w, facts, families)
    if rest is None:
        return False
    if quoted(rest.text):
        title, rest = title_first(rest)
        facts.put("title", title, 0.98)
        _contained(rest.trimmed, facts, families)
    else:
        _whole(rest, facts, families)
    return "year" in facts.fields or "date" in facts.fields


def _contained(rest: Written, facts: Facts, families: Collection[str]) -> None:
    container, rest = _container(rest)
    facts.put("container-title", container, 0.97 if container.italic else 0.85)
    rest = _numbers(rest, facts, families)
    publisher = rest.trimmed
    if match := _PLACE.match(publisher.text):
        facts.put("place", match[1], 0.9)
        publisher = publisher.cut(match).trimmed
    if publisher:
        imprint(publisher, facts)
    facts.type = _kind(facts)


def _kind(facts: Facts) -> str:
    container = facts.fields.get("container-title", "")
    if has(container, ENCYCLOPEDIA):
        return "entry-encyclopedia"
    if any(n.role == "editor" for n in facts.names):
        return kind_in_a_book(facts)
    if "publisher" in facts.fields and "issue" not in facts.fields:
        return "chapter"
    if "url" in facts.fields and "volume" not in facts.fields and not has(container, NEWSPAPER):
        return "webpage"
    return kind_of_part(facts)


def _container(rest: Written) -> tuple[Written, Written]:
    if rest.face[:1] == "i":
        return title_first(rest)
    end = _PLACE.search(rest.text) or _COMMA.search(rest.text)
    at = end.start() if end else len(rest.text)
    if (
        "," in rest.text[:at]
        and re.search(r", [^,]+, \d{4}", rest.text)
        and end
        and rest.text[end.end() : end.end() + 1].isdigit()
    ):
        at = rest.text.rindex(",", 0, at)
    return rest[:at].trimmed, rest[at:]


def _numbers(rest: Written, facts: Facts, families: Collection[str]) -> Written:
    """Take everything that has a word or a form of its own."""
    rest = pieces.people(rest, facts, families)
    rest = pieces.number(pieces.edition(rest, facts), facts)
    rest = pieces.issue(pieces.volume(rest, facts), facts)
    return pieces.date(pieces.pages(rest, facts), facts)


def _whole(rest: Written, facts: Facts, families: Collection[str]) -> None:
    title, rest = title_before(rest, _PIECE)
    facts.put("title", title, 0.97 if title.italic else 0.85)
    rest = _numbers(rest, facts, families).trimmed
    if has(rest.text, THESIS):
        where, _, genre = rest.text.rpartition(", ")
        facts.put("genre", genre)
        facts.put("publisher", where)
    elif rest:
        imprint(rest, facts)
    facts.type = kind_of_whole(facts)
