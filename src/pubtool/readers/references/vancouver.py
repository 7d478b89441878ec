"""References in the manner of Vancouver (NLM, Citing Medicine, 2nd edition).

Authors. Title. Journal. Year;volume(issue):pages. · Authors. Title. Place: Publisher; year.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.model import Name
from pubtool.readers.references import pieces
from pubtool.readers.references.facts import DASH, Facts
from pubtool.readers.references.leading import leading_people
from pubtool.readers.references.parts import (
    BRACKETED,
    has,
    imprint,
    kind_of_part,
    kind_of_whole,
    reads_like_a_title,
    title_before,
)
from pubtool.readers.references.people import group, short
from pubtool.readers.references.words import (
    CONFERENCE,
    EDITORS,
    ENCYCLOPEDIA,
    either,
)
from pubtool.readers.references.written import Written, sentences

_JOURNAL = re.compile(
    rf"(?P<before>.+?)[.]?\s+(?P<date>\d{{4}}[a-z]?(?:\s+[A-Z][a-z]{{2}}(?:\s+"
    rf"\d{{1,2}})?)?)\s*[;:]\s*(?P<volume>[\w ]*?\d[\w.]*)?\s*(?:\((?P<issue>[^()]+)\))?(?:"
    rf"\s*:\s*(?P<pages>[A-Za-z]{{0,3}}\d\w*(?:\s*{DASH}\s*[\w-]+)?))?(?=\.|$)"
)
_DATED = re.compile(
    r"(?P<before>.+?)\.\s+(?P<date>\d{4}(?:\s+[A-Z][a-z]{2}(?:\s+\d{1,2})?)?)(?P<after>"
    r"\.\s.*|[.;:]?\s*(?:[A-Z]?\d+)?\.?)$"
)
_IN = re.compile(r"[.?!]\s+In:?\s+(?=\S)")
_EDITORS = re.compile(rf"^(?P<names>.+?),\s*(?:{either(EDITORS)})\.?\s+", re.I)
_PIECE = re.compile(r";\s*\d{4}|^\d+\w*\.? ?ed|^Vol")
_IMPRINTED = re.compile(r";\s*\d{4}|^\d{4}\b")
_IMPRINT = re.compile(
    r"(?P<imprint>[^;]+);\s*(?P<year>\d{4}[a-z]?)(?:\s+[A-Z][a-z]{2}(?:\s+\d+)?)?\.?"
)


def parse(w: Written, facts: Facts, families: Collection[str] = ()) -> bool:
    """Read a reference whose links are taken; False if it is not in this style at all."""
    rest = leading_people(w, facts, families, _short)
    if rest is None:
        return False
    if rest is w:
        rest = _group(w, facts)
    inside = _IN.search(rest.text)
    if inside:
        _part(rest[: inside.start() + 1], rest[inside.end() :], facts)
    elif not _journal(rest, facts):
        _whole(rest, facts)
    return "year" in facts.fields or "date" in facts.fields


def _short(text: str, role: str, families: Collection[str]) -> list[Name]:
    return short(text, role)


def _group(w: Written, facts: Facts) -> Written:
    """A group at the head: a sentence too many for a title and what follows it."""
    parts = sentences(w)
    end = next((n for n, p in enumerate(parts) if _IMPRINTED.search(p.text)), len(parts))
    needed = 3 if end < len(parts) and re.match(r"\d{4}", parts[end].text) else 2
    if end < needed or reads_like_a_title(parts[0].text) or not parts[0].text.endswith("."):
        return w
    facts.put_names(group(parts[0].text), 0.8)
    return w[len(parts[0].text) :].trimmed


def _journal(rest: Written, facts: Facts) -> bool:
    match = _JOURNAL.match(rest.text)
    if match and (match["volume"] or match["issue"] or match["pages"]):
        facts.put_date(match["date"])
        volume, pages = match["volume"], match["pages"]
        if not pages and not match["issue"] and match["date"].count(" ") == 2:
            # A newspaper: "2020 May 27:9" is page 9.
            volume, pages = None, volume
        facts.put("volume", volume)
        facts.put("issue", match["issue"])
        facts.put_pages(pages or "")
        _two(rest[: len(match["before"])], facts)
        facts.type = kind_of_part(facts)
        return True
    return _dated(rest, facts)


def _two(before: Written, facts: Facts) -> None:
    """As in "Title. Journal"; of a single part nobody knows which it is."""
    parts = sentences(before)
    if len(parts) > 1:
        at = before.text.rindex(parts[-1].text)
        facts.put("title", before[:at].trimmed, 0.95)
        facts.put("container-title", parts[-1], 0.95)
    else:
        facts.put("title", before, 0.6)


def _dated(rest: Written, facts: Facts) -> bool:
    """As in "Title. Newspaper. 1948 Oct 28:4" and "Site. 1948. Title"."""
    match = _DATED.fullmatch(rest.text)
    if match is None or ";" in match["before"]:
        return False
    facts.put_date(match["date"])
    after = match["after"].strip(" .;:")
    if after and not after.isdigit():
        facts.put("container-title", match["before"], 0.8)
        facts.put("title", after, 0.8)
        facts.type = "webpage"
        return True
    facts.put_pages(after)
    _two(rest[: len(match["before"])], facts)
    facts.type = kind_of_part(facts)
    return True


def _part(title: Written, book: Written, facts: Facts) -> None:
    facts.put("title", title, 0.97)
    if match := _EDITORS.match(book.text):
        names = short(match["names"], "editor")
        facts.put_names(names, 0.95)
        book = book[match.end() :] if names else book
    book = pieces.pages(book, facts)
    container, rest = title_before(book, _PIECE)
    facts.put("container-title", container, 0.9)
    rest = _details(rest, facts)
    _imprint(rest, facts)
    facts.type = (
        kind_of_part(facts) if has(container.text, ENCYCLOPEDIA + CONFERENCE) else "chapter"
    )


def _details(rest: Written, facts: Facts) -> Written:
    return pieces.number(pieces.volume(pieces.edition(rest, facts), facts), facts)


def _imprint(rest: Written, facts: Facts) -> None:
    text = rest.trimmed
    if match := _IMPRINT.match(text.text):
        facts.put_date(match["year"])
        text = text[: match.end("imprint")]
    if text:
        imprint(text, facts)


def _whole(rest: Written, facts: Facts) -> None:
    for match in list(BRACKETED.finditer(rest.text))[::-1]:
        facts.put("genre", match[1], 0.95)
        rest = rest.cut(match, "")
    title, rest = title_before(rest, _PIECE)
    facts.put("title", title, 0.9)
    _imprint(_details(rest, facts), facts)
    facts.type = kind_of_whole(facts)
