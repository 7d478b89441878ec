"""What a web page says to machines: schema.org, Highwire tags, COinS.

Sources: schema.org 28, Chapter and Book; Google Scholar's "Inclusion Guidelines for Webmasters";
"OpenURL COinS: A Convention to Embed Bibliographic Metadata in HTML" (2005).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from pubtool.edition import Edition, Made
from pubtool.model import Affiliation, Funding, Isbn, Localized, Record, Reference
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, fields, made, mapping
from pubtool.writers.crosswalk_facts import DOI, FACTS, ORCID, Who, full_book_title

Item = dict[str, Any]


# ── schema.org ──


def _said(kind: str, **facts: Any) -> Item:
    known = {name.replace("at_", "@"): value for name, value in facts.items() if value}
    return {"@type": kind, **known}


def person(who: Who) -> Item | None:
    """A Person with ORCID and affiliations, or an Organization."""
    if who.anonymous:
        return None
    if who.name.collab:
        return _said("Organization", name=who.name.collab)
    return _said(
        "Person",
        at_id=ORCID + who.orcid if who.orcid else "",
        name=who.name.display,
        givenName=who.name.given,
        familyName=who.name.family,
        affiliation=[_place(place) for place in who.affiliations],
    )


def _place(place: Affiliation) -> Item:
    return _said("Organization", at_id=place.ror, name=place.institution or place.display)


def book(record: Record) -> Item:
    """The volume, with its editors."""
    said = record.book
    return _said(
        "Book",
        at_id=DOI + said.doi if said.doi else "",
        name=full_book_title(record),
        editor=[one for who in FACTS["book editors"](record) if (one := person(who))],
        isbn=[one.number for one in FACTS["ISBN"](record)],
        publisher=_said("Organization", name=said.publisher) if said.publisher else None,
        datePublished=said.year,
        bookEdition=said.edition,
        url=said.url,
        isPartOf=_said("BookSeries", name=said.series, issn=said.series_issn)
        if said.series
        else None,
    )


def _doi(doi: str) -> Item:
    return _said("PropertyValue", propertyID="DOI", value=doi)


def _grant(one: Funding) -> Item:
    funder = _said("Organization", name=one.funder, at_id=one.ror) if one.funder else None
    return _said("Grant", identifier=", ".join(one.awards), funder=funder)


def _text(value: Localized) -> str:
    return value.text


def _written(ref: Reference) -> str:
    return ref.as_written


SCHEMA_ORG = Target(
    "schema.org",
    (
        Row("@context", "record", lambda _: "https://schema.org"),
        Row("@type", "record", lambda _: "Chapter"),
        Row("@id", "DOI", lambda doi: DOI + doi),
        Row("name", "title", need=MUST),
        Row("alternateName", "translated titles", _text),
        Row("author", "authors", person, SHOULD, many=True),
        Row("editor", "chapter editors", person, many=True),
        Row("translator", "translators", person, many=True),
        Row("contributor", "other contributors", person, many=True),
        Row("isPartOf", "book", book, SHOULD),
        Row("position", "chapter number"),
        Row("pageStart", "first page"),
        Row("pageEnd", "last page"),
        Row("pagination", "pages"),
        Row("publisher", "publisher", lambda name: _said("Organization", name=name)),
        Row("datePublished", "date", need=SHOULD),
        Row("inLanguage", "language"),
        Row("identifier", "DOI", _doi),
        Row("url", "URL"),
        Row("license", "licence"),
        Row("copyrightNotice", "copyright"),
        Row("description", "abstracts", _text),
        Row("keywords", "keywords", _text, many=True),
        Row("funding", "funding", _grant, many=True),
        Row("citation", "references", _written, many=True),
    ),
)


def schema_org(edition: Edition) -> Made:
    """The chapter as JSON-LD in a file of its own."""
    return made(SCHEMA_ORG, edition, lambda given: (json_ld(given.chapter.record) + "\n").encode())


def json_ld(record: Record) -> str:
    """The chapter as JSON-LD."""
    return json.dumps(mapping(SCHEMA_ORG.table, record), ensure_ascii=False, indent=2)


# Signs that could end a script element, as JSON writes them without the sign itself.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def in_a_page(record: Record) -> str:
    """The JSON-LD as it may stand in a script of an HTML or XHTML page."""
    return json_ld(record).translate(_ESCAPES)


# ── Highwire ──


def _name(who: Who) -> str | None:
    return None if who.anonymous else who.name.inverted


def _isbn(one: Isbn) -> str:
    return one.number


HIGHWIRE = Target(
    "Highwire tags",
    (
        Row("citation_title", "title", need=MUST),
        Row("citation_author", "authors", _name, SHOULD, many=True),
        Row("citation_inbook_title", "book title"),
        Row("citation_editor", "book editors", _name, many=True),
        Row("citation_publication_date", "date", lambda iso: iso.replace("-", "/"), SHOULD),
        Row("citation_firstpage", "first page"),
        Row("citation_lastpage", "last page"),
        Row("citation_doi", "DOI"),
        Row("citation_isbn", "ISBN", _isbn, many=True),
        Row("citation_publisher", "publisher"),
        Row("citation_language", "language"),
        Row("citation_abstract_html_url", "URL"),
        Row("citation_keywords", "keywords", _text, many=True),
    ),
)


def highwire(record: Record) -> list[tuple[str, str]]:
    """(name, content) of each meta element, an author's places and ORCID after the author."""
    told: list[tuple[str, str]] = []
    people = {_name(who): who for who in FACTS["authors"](record)}
    for name, content in fields(HIGHWIRE.table, record):
        told.append((name, content))
        if name == "citation_author" and content in people:
            told += _about(people[content])
    return told


def _about(who: Who) -> list[tuple[str, str]]:
    places = [("citation_author_institution", place.display) for place in who.affiliations]
    return places + ([("citation_author_orcid", ORCID + who.orcid)] if who.orcid else [])


# ── COinS ──


COINS = Target(
    "COinS",
    (
        Row("ctx_ver", "record", lambda _: "Z39.88-2004"),
        Row("rft_val_fmt", "record", lambda _: "info:ofi/fmt:kev:mtx:book"),
        Row("rft.genre", "record", lambda _: "bookitem"),
        Row("rft_id", "DOI", lambda doi: f"info:doi/{doi}"),
        Row("rft.atitle", "title", need=MUST),
        Row("rft.btitle", "book title"),
        Row("rft.au", "authors", _name, many=True),
        Row("rft.date", "date"),
        Row("rft.spage", "first page"),
        Row("rft.epage", "last page"),
        Row("rft.isbn", "ISBN", _isbn),
        Row("rft.pub", "publisher"),
        Row("rft.place", "place"),
        Row("rft.series", "series"),
        Row("rft.edition", "edition"),
    ),
)


def coins(record: Record) -> str:
    """The chapter as an OpenURL context object in key/value form."""
    return urlencode(fields(COINS.table, record))
