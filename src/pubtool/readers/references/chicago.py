"""References in the manner of Chicago (Manual of Style, chapters 13 and 14), in both its systems.

author–date          Author. Year. Title. Place: Publisher.
notes-bibliography   Author. Title. Place: Publisher, Year.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.readers.references import pieces
from pubtool.readers.references.facts import DASH, Facts
from pubtool.readers.references.leading import leading_people
from pubtool.readers.references.parts import (
    has,
    imprint,
    is_site,
    kind_in_a_book,
    kind_of_part,
    kind_of_whole,
    title_before,
    title_first,
)
from pubtool.readers.references.words import (
    MONTHS,
    NEWSPAPER,
    THESIS,
    either,
)
from pubtool.readers.references.written import Written, quoted

# A volume: "33", "12/2", or after the letters of a society, "PAMI-9".
_VOLUME = r"(?P<volume>(?:[A-Z]{1,5}-)?\d+[\w/]*)"
_YEAR = re.compile(r"^\s*(?P<year>\d{4}[a-z]?(?:[–-]\d{2,4})?|n\.d\.|Forthcoming)\.\s*")
_PAGES = rf"(?P<pages>[A-Za-z]{{0,3}}\d\w*(?:\s*{DASH}\s*\w+)?|[ivxlc]+\s*{DASH}\s*[ivxlc]+)"
_JOURNAL = (
    re.compile(
        rf"(?P<container>.+?)(?: {_VOLUME})?, nos?\. (?P<issue>[^():]+?)"
        rf"(?: \((?P<date>[^()]*\d{{4}})\))?(?:: ?{_PAGES})?\.?$"
    ),
    re.compile(
        rf"(?P<container>.+?)(?: \((?P<place>[^()\d]+)\))?, (?P<date>\d{{4}}), {_PAGES}\.?$"
    ),
    re.compile(rf"(?P<container>.+?),? {_VOLUME} \((?P<issue>\d+, ?\d+)\)(?:: ?{_PAGES})?\.?$"),
    re.compile(
        rf"(?P<container>.+?),? {_VOLUME},? (?:nos?\. )?\(?(?P<issue>(?!(?:1[5-9]"
        rf"|20)\d\d\b)\d[\w/–-]*)\)?(?: \((?P<date>[^()]*\d{{4}})\))?(?:: ?{_PAGES})?\.?$"
    ),
    re.compile(
        rf"(?P<container>.+?),? {_VOLUME} \((?P<date>[^()]*\d{{4}})\)"
        rf"(?:: ?{_PAGES})?\.?$"
    ),
    re.compile(rf"(?P<container>.+?),? {_VOLUME}: ?{_PAGES}\.?$"),
)
_ENDS_IN_MONTH = re.compile(rf"(?:^|[\s,])(?:{either(MONTHS)})\.?$", re.I)
_IN = re.compile(r"^(?:In|in|İçinde|In:)\s+(?=\S)")
_CONTAINER_ENDS = (
    re.compile(r",? (?:\d+\w* ed\.|edited by|vol\. )", re.I),
    re.compile(r", \d+[–-]\d+\.|\. "),
)
_PAGE_PIECE = re.compile(rf"[,.]\s*(?:(?P<volume>\d+):)?{_PAGES}(?=\.(?:\s|$)|$|,\s)")


def parse(w: Written, facts: Facts, families: Collection[str] = ()) -> bool:
    """Read a reference whose links are taken; False if it is not in this style at all."""
    rest = leading_people(w, facts, families)
    if rest is None:
        return False
    dated = _YEAR.match(rest.text)
    if dated:
        facts.put_date(dated["year"])
        rest = rest[dated.end() :]
    if quoted(rest.text):
        _part(rest, facts, families)
    else:
        _whole(rest, facts, families)
    return bool(dated) or "year" in facts.fields or "date" in facts.fields


def _part(rest: Written, facts: Facts, families: Collection[str]) -> None:
    title, rest = title_first(rest)
    facts.put("title", title, 0.98)
    rest = rest.trimmed
    if "year" not in facts.fields and (dated := _YEAR.match(rest.text)):
        facts.put_date(dated["year"])
        rest = rest[dated.end() :]
    inside = _IN.match(rest.text)
    if inside:
        _book(rest[inside.end() :], facts, families)
        return
    rest = pieces.people(rest, facts, families).trimmed
    if has(rest.text, THESIS) and "i" not in rest.face:
        _thesis(rest, facts)
    elif not _journal(rest, facts):
        _newspaper(rest, facts)


def _book(book: Written, facts: Facts, families: Collection[str]) -> None:
    """As in "Book, 5th ed., edited by A. Name, 703–6. Place: Publisher, 1928"."""
    title, rest = _container(book)
    facts.put("container-title", title, 0.97 if title.italic else 0.85)
    rest = pieces.people(rest, facts, families)
    rest = pieces.volume(pieces.edition(rest, facts), facts)
    if match := _PAGE_PIECE.search(rest.text):
        facts.put("volume", match["volume"] or facts.fields.get("volume"))
        facts.put_pages(match["pages"])
        rest = rest.cut(match, ". ")
    if rest.trimmed:
        imprint(rest, facts)
    facts.type = kind_in_a_book(facts)


def _container(book: Written) -> tuple[Written, Written]:
    if book.face[:1] == "i":
        title, rest = title_first(book)
        return title.trimmed, rest
    ends = (end.search(book.text) for end in _CONTAINER_ENDS)
    at = next((end.start() for end in ends if end), len(book.text))
    return book[:at].trimmed, book[at:]


def _thesis(rest: Written, facts: Facts) -> None:
    """As in "PhD thesis, University, 1966"."""
    facts.type = "thesis"
    if "year" not in facts.fields:
        rest = pieces.date(rest, facts)
    genre, _, where = rest.trimmed.text.partition(", ")
    facts.put("genre", genre)
    facts.put("publisher", where)


def _journal(rest: Written, facts: Facts) -> bool:
    for pattern in _JOURNAL:
        match = pattern.fullmatch(rest.text)
        if match is None or _ENDS_IN_MONTH.search(match["container"]):
            continue
        found = match.groupdict()
        facts.put("container-title", found["container"], 0.97)
        facts.put("place", found.get("place"))
        facts.put("volume", found.get("volume"))
        facts.put("issue", found.get("issue"))
        facts.put_pages(found.get("pages") or "")
        if found.get("date") and "year" not in facts.fields:
            facts.put_date(found["date"] or "")
        facts.type = kind_of_part(facts)
        return True
    return False


def _newspaper(rest: Written, facts: Facts) -> None:
    """As in "Newspaper, October 28, 1948, A1", "Site, 1909", "October 28, 1948"."""
    dated = pieces.DATE.search(rest.text)
    rest = pieces.pages(rest, facts)
    if dated:
        rest = pieces.date(rest, facts)
    elif pieces.MONTH_DAY.search(rest.text):
        rest = pieces.day(rest, facts)
    elif "year" not in facts.fields:
        rest = pieces.date(rest, facts)
    if match := re.search(r",\s*([A-Z]?\d{1,4})\.?$", rest.text):
        facts.put_pages(match[1])
        rest = rest.cut(match)
    source = rest.trimmed
    if not source:
        _group_as_container(facts)
    else:
        facts.put("container-title", source, 0.9)
    italic = source.italic or ("i" not in rest.face and not source)
    site = "url" in facts.fields and not italic and not has(source.text, NEWSPAPER)
    facts.type = (
        "webpage"
        if site or ("date" not in facts.fields and "url" in facts.fields)
        else kind_of_part(facts)
    )


def _group_as_container(facts: Facts) -> None:
    """A newspaper that stands in the author's place."""
    groups = [n for n in facts.names if n.collab or not n.given]
    if groups and len(facts.names) == 1:
        facts.names.clear()
        facts.drop("author")
        facts.put("container-title", groups[0].collab or groups[0].family, 0.9)


def _whole(rest: Written, facts: Facts, families: Collection[str]) -> None:
    """As in "Title. 2nd ed. Translated by A. Name. Place: Publisher, 1999"."""
    title, rest = title_before(rest, _PIECE)
    facts.put("title", title, 0.97 if title.italic else 0.85)
    rest = pieces.people(rest, facts, families)
    rest = pieces.number(pieces.volume(pieces.edition(rest, facts), facts), facts)
    if "year" not in facts.fields:
        rest = pieces.date(rest, facts)
    source = rest.trimmed
    if has(source.text, THESIS):
        return _thesis(rest, facts)
    if source and "url" in facts.fields and is_site(source, facts):
        facts.put("container-title", source, 0.85)
        facts.type = "webpage"
        return
    if source:
        imprint(source, facts)
    facts.type = kind_of_whole(facts)


_PIECE = re.compile(
    r"^(?:\d+\w*\.? (?:ed|rev)|vol|edited|translated|trans\.|report|working|"
    r"[^.:]{2,40}: \S|[^.]+, \d{4}\.?$)",
    re.I,
)
