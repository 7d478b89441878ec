"""JATS in: dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.readers.draft import element
from pubtool.readers.jats_run import Element, Reading, child, children, every
from pubtool.readers.jats_terms import MONTHS, PUBLISHED
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_WORDS = re.compile(r"(\d{4}) (\w+)\.?(?: (\d{1,2}))?$")
_WORDS_BACK = re.compile(r"(?:(\d{1,2}) )?(\w+)\.? (\d{4})$")


def dates(
    meta: Sequence[Element], volume: Sequence[Element], ours: bool, go: Reading
) -> list[XmlNode]:
    """When the chapter was received, accepted and published; other dates are named.

    In our own JATS, and in BITS, a year that is only the volume's stands with the chapter too.
    """
    found = [d for m in meta for d in children(m, "pub-date")]
    ranked = sorted(found, key=_rank)
    said = {"published": _dated(ranked[:1], go)}
    years = [
        text_in(y) for m in meta for o in children(m, "related-object") for y in children(o, "year")
    ]
    books = [v for v in volume if local(v) == "book-meta"]
    years += [
        text_in(y) for b in books for d in children(b, "pub-date") for y in children(d, "year")
    ]
    if (ours or books) and said["published"] in years:
        said["published"] = ""
    for other in ranked[1:]:
        go.aside(other, "is another date of publication")
    for history in (h for m in meta for h in children(m, "history", "pub-history")):
        for part in history:
            kind = part.get("date-type", "")
            if kind in ("received", "accepted") and not said.get(kind) and iso_of(part):
                said[kind] = _dated([part], go)
            else:
                go.aside(part, "has no place in a chapter")
    return [element("dates", **said)] if any(said.values()) else []


def _rank(e: Element) -> int:
    kind = e.get("date-type") or e.get("pub-type") or ""
    own = PUBLISHED.index(kind) if kind in PUBLISHED else len(PUBLISHED)
    return own if iso_of(e) else 2 * len(PUBLISHED)


def _dated(found: Sequence[Element], go: Reading) -> str:
    for e in found:
        iso = iso_of(e)
        if iso:
            read = _read(e)
            for part in read:
                go.take(part)
            go.rest(e, read)
            return iso
        go.aside(e, "is no date that pubtool understands")
    return ""


def _read(e: Element) -> list[Element]:
    """The parts of a date that say year, month and day; the whole of one told in words."""
    parts = [_first(e, name) for name in ("year", "month", "day")]
    found = [p for p in parts if p is not None and not len(p)]
    return found or ([e] if not len(e) else [])


def iso_of(e: Element) -> str:
    """The ISO 8601 form of a date told in parts, in words, or by its attribute; "" for none."""
    said = as_iso(e.get("iso-8601-date", ""))
    if said:
        return said
    year = text_in_first(e, "year")
    if not re.fullmatch(r"\d{4}", year):
        return as_iso(text_in(e)) if local(e) in ("string-date", "date-in-citation") else ""
    month = month_of(text_in_first(e, "month"))
    day = text_in_first(e, "day")
    if not month:
        return year
    if day.isascii() and day.isdigit() and 0 < int(day) <= 31:
        return f"{year}-{month:02}-{int(day):02}"
    return f"{year}-{month:02}"


def text_in_first(e: Element, name: str) -> str:
    """The text of the first child of a name."""
    found = _first(e, name)
    return text_in(found) if found is not None else ""


def _first(e: Element, name: str) -> Element | None:
    """The part of a date of that name; it may stand in a `<string-date>`."""
    found = child(e, name)
    inner = every(child(e, "string-date"), name) if found is None else []
    return inner[0] if inner else found


def month_of(text: str) -> int:
    """The number of a month by number or name; 0 where it is none."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= 12:
        return int(text)
    return MONTHS.get(text.strip(". ").lower(), 0)


def as_iso(text: str) -> str:
    """A date in ISO form, or written "2014 Mar 17", "17 March 2014"; "" if it is neither."""
    text = " ".join(text.replace(",", " ").split())
    if _ISO.match(text):
        return text
    if match := _BASIC.match(text):
        return "-".join(match.groups())
    forward, back = _WORDS.match(text), _WORDS_BACK.match(text)
    if forward:
        return _joined(forward[1], forward[2], forward[3])
    return _joined(back[3], back[2], back[1]) if back else ""


def _joined(year: str, month: str, day: str | None) -> str:
    number = month_of(month)
    if not number:
        return ""
    return f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"
