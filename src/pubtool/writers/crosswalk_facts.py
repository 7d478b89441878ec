"""The facts a crosswalk can name: each a function from a Record to the values it holds.

A fact that is not said is an empty tuple. Nothing is made up here: a year is the year of a date,
a page range its two ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pubtool.model import Affiliation, Contributor, Funding, Isbn, Localized, Name, Record
from pubtool.text import isbn

Fact = Callable[[Record], tuple[Any, ...]]
ORCID, DOI = "https://orcid.org/", "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who made the chapter or the volume, with the places they work at."""

    name: Name
    role: str
    orcid: str = ""
    affiliations: tuple[Affiliation, ...] = ()
    anonymous: bool = False


class NotSaid(Exception):
    """A target cannot be made of this chapter; the message says what is missing."""


def said(*values: str) -> tuple[str, ...]:
    """Those values that are not empty."""
    return tuple(value for value in values if value)


def full_book_title(record: Record) -> str:
    """Title and subtitle of the volume."""
    book = record.book
    return f"{book.title}: {book.subtitle}" if book.title and book.subtitle else book.title


def page_range(record: Record) -> str:
    """First and last page with a hyphen, as exchange formats want it."""
    ends = dict.fromkeys(said(record.first_page, record.last_page))
    return "-".join(ends)


def people(record: Record, who: tuple[Contributor, ...], *roles: str) -> tuple[Who, ...]:
    """Those of a role, by name or as anonymous."""
    return tuple(_person(one, record) for one in who if one.role in roles)


def named(record: Record, *roles: str) -> tuple[Who, ...]:
    """The chapter's people of a role who have a name."""
    return tuple(who for who in people(record, record.contributors, *roles) if not who.anonymous)


def _person(one: Contributor, record: Record) -> Who:
    places = {place.id: place for place in record.affiliations if place.display}
    known = tuple(places[id_] for id_ in one.affiliations if id_ in places)
    anonymous = one.anonymous or not one.name.display
    return Who(one.name, one.role, one.orcid, known, anonymous)


def isbns(record: Record) -> tuple[Isbn, ...]:
    """The volume's ISBNs whose check digit is right, without hyphens."""
    return tuple(
        Isbn(digits, one.format) for one in record.book.isbns if (digits := isbn(one.number))
    )


def keywords(record: Record) -> tuple[Localized, ...]:
    """Every keyword with its language."""
    return tuple(Localized(lang, word) for lang, words in record.keywords for word in words)


def year(record: Record) -> str:
    """The year the chapter was published in."""
    return record.date[:4] if record.date[:4].isdigit() else ""


def stamp(record: Record) -> str:
    """The date as eight digits for time stamps, which need a day even where none is said."""
    digits = record.date.partition("/")[0].replace("-", "")
    return digits + "0101"[len(digits) - 8 :] if len(digits) < 8 else digits


# Fact → (how it is read from a record, where an editor says it).
_CHAPTER = "the chapter’s <{}>".format
_BOOK = "[book] {} of pubtool.toml".format
_TABLE: dict[str, tuple[Fact, str]] = {
    "title": (lambda r: said(r.full_title), _CHAPTER("title")),
    "main title": (lambda r: said(r.title), _CHAPTER("title")),
    "subtitle": (lambda r: said(r.subtitle), _CHAPTER("subtitle")),
    "translated titles": (lambda r: r.trans_titles, _CHAPTER("trans-title")),
    "authors": (lambda r: named(r, "author"), _CHAPTER("contributor")),
    "authors or anonymous": (
        lambda r: people(r, r.contributors, "author"),
        _CHAPTER("contributor"),
    ),
    "chapter editors": (lambda r: named(r, "editor"), _CHAPTER("contributor")),
    "translators": (lambda r: named(r, "translator"), _CHAPTER("contributor")),
    "other contributors": (
        lambda r: named(r, "illustrator", "contributor"),
        _CHAPTER("contributor"),
    ),
    "abstracts": (lambda r: tuple(a for a in r.abstracts if a.text), _CHAPTER("abstract")),
    "keywords": (keywords, _CHAPTER("keywords")),
    "DOI": (lambda r: said(r.doi), _CHAPTER("identifiers")),
    "URL": (lambda r: said(r.url), _CHAPTER("identifiers")),
    "first page": (lambda r: said(r.first_page), _CHAPTER("pages")),
    "last page": (lambda r: said(r.last_page), _CHAPTER("pages")),
    "pages": (lambda r: said(page_range(r)), _CHAPTER("pages")),
    "date": (lambda r: said(r.date if year(r) else ""), _CHAPTER("dates")),
    "year": (lambda r: said(year(r)), _BOOK("year")),
    "received": (lambda r: said(r.received), _CHAPTER("dates")),
    "accepted": (lambda r: said(r.accepted), _CHAPTER("dates")),
    "licence": (lambda r: said(r.license_href), _BOOK("license")),
    "licence wording": (lambda r: said(r.license_text), _CHAPTER("license")),
    "copyright": (
        lambda r: said(" ".join(said(r.copyright_year, r.copyright_holder))),
        _BOOK("copyright-holder"),
    ),
    "funding": (lambda r: r.funding, _CHAPTER("funding")),
    "language": (lambda r: said(r.language), "xml:lang of the chapter"),
    "chapter number": (lambda r: said(r.number), "number of the chapter"),
    "chapter id": (lambda r: said(r.id), "id of the chapter"),
    "references": (
        lambda r: tuple(ref for ref in r.references if ref.as_written),
        "the chapter’s <references>",
    ),
    "book title": (lambda r: said(full_book_title(r)), _BOOK("title")),
    "book editors": (
        lambda r: people(r, r.book.editors, "editor"),
        "[[book.editor]] of pubtool.toml",
    ),
    "book translators": (
        lambda r: people(r, r.book.editors, "translator"),
        "[[book.editor]] of pubtool.toml",
    ),
    "series editors": (
        lambda r: people(r, r.book.editors, "series-editor"),
        "[[book.editor]] of pubtool.toml",
    ),
    "series": (lambda r: said(r.book.series), _BOOK("series")),
    "series number": (lambda r: said(r.book.series_number), _BOOK("series-number")),
    "series ISSN": (lambda r: said(r.book.series_issn), _BOOK("series-issn")),
    "edition": (lambda r: said(r.book.edition), _BOOK("edition")),
    "publisher": (lambda r: said(r.book.publisher), _BOOK("publisher")),
    "place": (lambda r: said(r.book.place), _BOOK("place")),
    "country": (lambda r: said(r.book.country), _BOOK("country")),
    "ISBN": (isbns, _BOOK("isbn")),
    "book DOI": (lambda r: said(r.book.doi), _BOOK("doi")),
    "book URL": (lambda r: said(r.book.url), _BOOK("url")),
    "book": (lambda r: (r,) if r.book.title else (), _BOOK("title")),
    "record": (lambda r: (r,), "the chapter"),
}
FACTS: dict[str, Fact] = {name: fact for name, (fact, _) in _TABLE.items()}
WHERE: dict[str, str] = {name: place for name, (_, place) in _TABLE.items()}


def doi_link(doi: str) -> str:
    """A DOI as its address."""
    return DOI + doi


def sponsored(one: Funding) -> str:
    """A funder and its awards in a line."""
    return ", ".join(part for part in (one.funder, *one.awards) if part)
