"""BITS: what is said of the book, the same for each of its chapters, and of the chapter."""

from __future__ import annotations

from pubtool.model import Book, Record, child
from pubtool.rules import XmlNode
from pubtool.writers.jats import Element, XmlGo, el, lang
from pubtool.writers.jats_book import isbn, marked_up, place
from pubtool.writers.jats_front import (
    abstracts,
    custom_meta,
    dated,
    funding_group,
    history_dates,
    keyword_groups,
    other_titles,
    permissions,
    pub_date,
    self_uris,
)
from pubtool.writers.jats_people import affiliation, contributors, volume_editors


def collection_meta(book: Book) -> Element | None:
    """The series the book stands in."""
    if not book.series:
        return None
    number = el("volume-number", book.series_number) if book.series_number else None
    return el(
        "collection-meta",
        el("title-group", el("title", book.series)),
        el("volume-in-collection", number) if number is not None else None,
        el("issn", book.series_issn) if book.series_issn else None,
        collection_type="series",
    )


def book_meta(book: Book, e: Element | None, go: XmlGo) -> Element:
    """`book-meta`: nothing here depends on the chapter."""
    ids = (("publisher-id", book.id), ("doi", book.doi))
    return el(
        "book-meta",
        [el("book-id", text, book_id_type=kind) for kind, text in ids if text],
        book_titles(book, e, go),
        volume_editors(book),
        dated("pub-date", book.year, "pub") if book.year else None,
        [isbn(number.number, number.format) for number in book.isbns],
        publisher(book),
        el("edition", book.edition) if book.edition else None,
        el("self-uri", content_type="landing-page", xlink_href=book.url) if book.url else None,
    )


def book_titles(book: Book, e: Element | None, go: XmlGo) -> Element | None:
    """Title and subtitle of the book."""
    if not book.title:
        return None
    return el(
        "book-title-group",
        el("book-title", marked_up(book.title, e, "title", go)),
        el("subtitle", marked_up(book.subtitle, e, "subtitle", go)) if book.subtitle else None,
    )


def publisher(book: Book) -> Element | None:
    """The publisher and its place."""
    if not book.publisher:
        return None
    where = place(book)
    return el(
        "publisher",
        el("publisher-name", book.publisher),
        el("publisher-loc", where) if where else None,
    )


def part_meta(front: Element, record: Record, go: XmlGo) -> Element:
    """`book-part-meta` in the order the DTD asks."""
    before = history_dates(record)
    return el(
        "book-part-meta",
        part_ids(record),
        titles(front, record, go),
        contributors(front, record, go),
        [affiliation(a) for a in record.affiliations],
        pub_date(record),
        el("fpage", record.first_page) if record.first_page else None,
        el("lpage", record.last_page) if record.last_page else None,
        el("pub-history", before) if before else None,
        permissions(front, record, go),
        self_uris(record, go),
        abstracts(front, record, go),
        keyword_groups(front, go),
        funding_group(front, go),
        custom_meta(front, record, go),
    )


def part_ids(record: Record) -> list[XmlNode]:
    """Identifiers of the chapter, its id at the publisher included."""
    known = [("publisher-id", record.id), ("doi", record.doi), *record.identifiers]
    return [el("book-part-id", text, book_part_id_type=kind) for kind, text in known if text]


def titles(front: Element, record: Record, go: XmlGo) -> Element:
    """The chapter's number as label, and its titles in their own case."""
    title = child(front, "title")
    content = go.inside(title) if title is not None else []
    if title is not None and (language := lang(title)):
        content = [el("named-content", content, content_type="language", xml_lang=language)]
    return el(
        "title-group",
        el("label", record.number) if record.number else None,
        el("title", content),
        other_titles(front, go),
    )
