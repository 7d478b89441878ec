"""The list of references: its order, its form, and the fields each kind of work needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from itertools import pairwise

from lxml import etree

from pubtool.lint.cities import CITIES
from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.lint.wordings import lead_of, year_of
from pubtool.model import Reference, plain
from pubtool.text import doi, fold, is_capitals

_NUMBERED = re.compile(r"\s*\[?\d{1,3}[.\])]")
_COMMA = re.compile(r"\((?:\d{4}[a-z]?|n\.d\.)[^()]*\),")
_ENDED = re.compile(r"[.!?…][\"”’»)\]]*\s*$|https?://\S+\s*$|\b10\.\d{4,9}/\S+\s*$")
_AFTER_YEAR = re.compile(r"\((?:\d{4}[a-z]?|n\.d\.)[^()]*\)[.,]?\s*(.*)$", re.S)
_LEAD = re.compile(r"\.?\s*\(")
_FULL_DATE = re.compile(r"\(\d{4}, \w+ \d{1,2}[^()]*\)")
_SEGMENT = re.compile(r"(?<=[^\W\d_]{2})[.?!]\s+|(?<=[)\]\d])\.\s+")
_NUMERIC_CITE = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")

# The fields each kind of work is found by; (a, b) means one of the two. APA 7, chapter 10.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "book": (("title",), ("publisher",)),
    "chapter": (("title",), ("container-title",), ("first-page",)),
    "article-journal": (
        ("title",),
        ("container-title",),
        ("volume", "issue"),
        ("first-page", "doi"),
    ),
    "article-newspaper": (("container-title",), ("date",)),
    "article-magazine": (("title",), ("container-title",)),
    "thesis": (("title",), ("publisher",)),
    "report": (("title",), ("publisher",)),
    "paper-conference": (("title",), ("container-title",)),
    "entry-encyclopedia": (("title",), ("container-title",)),
    "webpage": (("title",), ("url",)),
    "dataset": (("title",), ("publisher", "doi")),
}

Entry = tuple[etree._Element, Reference]


def _entries(c: Context) -> list[Entry]:
    return list(zip(c.all("ref"), c.record.references, strict=False))


def _shown(reference: Reference) -> str:
    words = reference.as_written
    return f"“{words if len(words) < 70 else words[:65] + ' …'}”"


@rule("PT320")
def order(c: Context) -> Said:
    """Alphabetical order; a list in the order of citation has as many steps down as up."""
    entries = _entries(c)
    numbered = sum(1 for _, r in entries if _NUMBERED.match(r.as_written)) > len(entries) / 2
    if numbered or any(_NUMERIC_CITE.search(p.prose) for p in c.text):
        return
    keys = [(fold(lead_of(r)), _rank(r)) for _, r in entries]
    down = [n for n, (a, b) in enumerate(pairwise(keys), 1) if a > b]
    if len(down) <= max(1, len(entries) // 4):
        for n in down:
            before = entries[n - 1][1]
            yield entries[n][0], f"{_shown(entries[n][1])} stands after {_shown(before)}"


def _rank(r: Reference) -> str:
    """The year, where works of one author go by it: a single author, the year after the name."""
    return year_of(r) if len(r.names) < 2 and _AFTER_YEAR.search(r.as_written) else ""


def _repeated(c: Context, key_of: Callable[[Reference], Hashable], what: str) -> Said:
    seen: dict[Hashable, Reference] = {}
    for e, r in _entries(c):
        key = key_of(r)
        first = seen.setdefault(key, r) if key else r
        if first is not r:
            yield e, f"“{r.id}” {what} “{first.id}”"


@rule("PT321")
def listed_twice(c: Context) -> Said:
    told: set[Hashable] = set()
    for key_of in (lambda r: fold(r.as_written), lambda r: doi(r.get("doi")), _work):
        for where, message in _repeated(c, key_of, "is the same work as"):
            if message not in told:
                told.add(message)
                yield where, message


def _work(r: Reference) -> Hashable:
    title = fold(r.get("title"))
    more = (r.get("volume"), r.get("volume-title"), r.get("edition"), r.get("date"))
    return (fold(lead_of(r)), r.year, title, more) if title and r.names else None


@rule("PT322")
def comma_after_year(c: Context) -> Said:
    for p in c.wordings:
        m = _COMMA.search(p.text)
        if m:
            yield p.place(m.end() - 1), f"a comma follows the year in “{p.text[: m.end()].strip()}”"


@rule("PT323")
def no_final_stop(c: Context) -> Said:
    ended = [bool(_ENDED.search(p.text)) for p in c.wordings]
    for p, stop in zip(c.wordings, ended, strict=True):
        if not stop and any(ended):
            yield p.place(max(p.length - 1, 0)), f"no full stop ends “… {p.text.strip()[-30:]}”"


def _after_year(reference: Reference) -> list[str] | None:
    """The sentences after the year of a wording; None where no year stands in brackets."""
    m = _AFTER_YEAR.search(reference.as_written)
    if m is None:
        return None
    return [part for part in _SEGMENT.split(m[1].strip().rstrip(".")) if part.strip()]


@rule("PT324")
def place_for_publisher(c: Context) -> Said:
    for e, r in _entries(c):
        parts = _after_year(r) or []
        in_words = len(parts) == 2 and fold(parts[1]) in CITIES
        in_fields = fold(r.get("publisher")) in CITIES or (
            # A corporate author publishes its own works.
            r.type == "book"
            and bool(r.get("place"))
            and not r.get("publisher")
            and not any(n.collab for n in r.names)
        )
        if in_words or in_fields:
            city = parts[1] if in_words else r.get("publisher") or r.get("place")
            yield e, f"“{city}” is a place; who published {_shown(r)}?"


@rule("PT325")
def no_title(c: Context) -> Said:
    for e, r in _entries(c):
        parts = _after_year(r)
        wording = e.find("{*}as-written")
        marked = wording is not None and wording.find("{*}italic") is not None
        bare = parts is not None and len(parts) < 2 and not marked
        # Where the title stands in the author's place, it was taken from there.
        title = fold(r.get("title")) not in ("", fold(_LEAD.split(r.as_written, maxsplit=1)[0]))
        known = bool(r.get("container-title")) or (title and bool(r.get("publisher")))
        # A whole issue of a newspaper has a date and no title of its own.
        issue = not parts and bool(_FULL_DATE.search(r.as_written))
        if bare and not known and not issue:
            follows = f"only “{parts[0]}” follows the year" if parts else "nothing follows the year"
            yield e, f"no title: {follows} in {_shown(r)}"
        elif r.structured and not r.get("title") and not r.get("container-title"):
            yield e, f"{_shown(r)} has no title"


@rule("PT326")
def fields_missing(c: Context) -> Said:
    for e, r in _entries(c):
        needed = _NEEDED.get(r.type, ()) if r.structured else ()
        missing = [" or ".join(either) for either in needed if not any(map(r.get, either))]
        # A place without a publisher is told as such (PT324).
        if missing and not (missing == ["publisher"] and r.get("place")):
            yield e, f"“{r.id}” ({r.type}) has no {', no '.join(missing)}"


@rule("PT327")
def no_year(c: Context) -> Said:
    for e, r in _entries(c):
        if not year_of(r):
            yield e, f"{_shown(r)} has no year"


@rule("PT328")
def same_name_and_year(c: Context) -> Said:
    def key(r: Reference) -> Hashable:
        names = tuple(fold(n.collab or f"{n.family} {n.given}") for n in r.names)
        return (names or fold(lead_of(r)), year_of(r)) if year_of(r) and not r.get("date") else None

    yield from _repeated(c, key, "has the author and year of")


@rule("PT329")
def pages_reversed(c: Context) -> Said:
    for e, r in _entries(c):
        first, last = r.get("first-page"), r.get("last-page")
        numbers = first.isdecimal() and last.isdecimal() and len(last) >= len(first)
        if numbers and int(last) < int(first):
            yield e, f"“{r.id}” ends on page {last}, before page {first}"


@rule("PT330")
def journal_article_without_doi(c: Context) -> Said:
    for e, r in _entries(c):
        if r.type == "article-journal" and not r.get("doi") and not _DOI.search(r.as_written):
            yield e, f"{_shown(r)} has no DOI"


@rule("PT331")
def doi_in_words_only(c: Context) -> Said:
    for e, r in _entries(c):
        m = _DOI.search(r.as_written)
        if m and r.structured and not r.get("doi"):
            yield e, f"the DOI {m[0].rstrip('.')} stands in the wording of “{r.id}” only"


@rule("PT332")
def title_in_capitals(c: Context) -> Said:
    for e, r in _entries(c):
        title = r.get("title")
        if is_capitals(title) and len(title.split()) > 2:
            yield e, f"the title “{title}” stands in capitals"


@rule("PT333")
def year_to_come(c: Context) -> Said:
    own = (c.record.date or "")[:4]
    for e, r in _entries(c):
        year = year_of(r)[:4]
        if own.isdecimal() and year.isdecimal() and int(year) > int(own):
            yield e, f"“{r.id}” is of {year}, the chapter of {own}"


@rule("PT334")
def bad_address(c: Context) -> Said:
    for e in c.all("url"):
        address = plain(e)
        if not re.fullmatch(r"(?:https?|ftp)://[^\s<>\"]+[^\s<>\".,;]", address):
            yield e, f"“{address}” is not a web address"
