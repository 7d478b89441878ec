"""JATS: the volume a chapter stands in."""

from __future__ import annotations

from pubtool.model import Book, child
from pubtool.rules import XmlNode
from pubtool.writers.jats import Element, XmlGo, el
from pubtool.writers.jats_references import person


def volume_series(book: Book) -> Element | None:
    """The series of the volume and its number in it."""
    return el("volume-series", book.series) if book.series else None


def isbn(number: str, format_: str) -> Element:
    """An ISBN of the volume, by edition."""
    return el("isbn", number, publication_format=format_ or None)


def place(b: Book) -> list[XmlNode]:
    """The publisher's place: the city, and the country with its code."""
    code = b.country if len(b.country) == 2 and b.country.isupper() else None
    country = el("country", b.country, country=code) if b.country else None
    parts: list[XmlNode] = [b.place] if b.place else []
    if country is not None:
        parts += [", ", country] if parts else [country]
    return parts


def book(b: Book, e: Element | None, go: XmlGo) -> Element | None:
    """The volume as related object: an article has no other honest place for it.

    A chapter is no article of a journal, so no journal-meta is made up.
    """
    if not b.title:
        return None
    fields: list[tuple[str, str | list[XmlNode]]] = [
        ("volume-id", b.id),
        ("series", b.series),
        ("volume", b.series_number),
        ("issn", b.series_issn),
        ("edition", b.edition),
        ("publisher-name", b.publisher),
        ("publisher-loc", place(b)),
        ("year", b.year),
    ]
    editors = [person(who.name) for who in b.editors if who.role == "editor"]
    return el(
        "related-object",
        el("person-group", editors, person_group_type="editor") if editors else None,
        el("source", marked_up(b.title, e, "title", go), xml_lang=b.language or None),
        el("source", marked_up(b.subtitle, e, "subtitle", go), content_type="subtitle")
        if b.subtitle
        else None,
        [el(name, text) for name, text in fields if text],
        [isbn(number.number, number.format) for number in b.isbns],
        el("pub-id", b.doi, pub_id_type="doi") if b.doi else None,
        el("ext-link", b.url, ext_link_type="uri", xlink_href=b.url) if b.url else None,
        content_type="book",
        link_type="is-part-of",
        source_id=b.doi or (b.isbns[0].number if b.isbns else None),
        source_id_type="doi" if b.doi else ("isbn" if b.isbns else None),
        source_type="book",
    )


def marked_up(text: str, e: Element | None, name: str, go: XmlGo) -> list[XmlNode]:
    """A title of the volume with its markup, where the chapter itself has it."""
    own = child(e, name) if e is not None else None
    return go.inside(own) if own is not None else [text]
