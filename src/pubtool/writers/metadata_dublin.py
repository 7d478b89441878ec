"""Dublin Core: simple for OAI-PMH, qualified for repositories such as DSpace.

Sources: OAI-PMH 2.0, "oai_dc"; DCMI Metadata Terms (2020); types after COAR Resource Types 3.1
and the info:eu-repo vocabulary.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from pubtool.edition import Edition, Made
from pubtool.model import Isbn, Localized, Record, Reference
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Table, Target, fields, made
from pubtool.writers.crosswalk_facts import Who, doi_link, full_book_title, page_range, sponsored

XML = "{http://www.w3.org/XML/1998/namespace}lang"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": XSI,
}
# A value is a text, or a text with the attributes of its element.
Value = str | tuple[str, dict[str, str]]


def localized(value: Localized) -> Value:
    """Text with its language."""
    return (value.text, {XML: value.language}) if value.language else value.text


def inverted(who: Who) -> str | None:
    """Family name first; nobody, for the anonymous."""
    return None if who.anonymous else who.name.inverted


def typed(name: str) -> Any:
    """A shape that says which encoding scheme a value follows."""
    return lambda value: (value, {f"{{{XSI}}}type": name})


def source(record: Record) -> str:
    """The volume as one line: title, publisher, year, pages."""
    book = record.book
    parts = (full_book_title(record), book.publisher, book.year, page_range(record))
    return ", ".join(part for part in parts if part)


def _isbn(one: Isbn) -> str:
    return f"urn:isbn:{one.number}"


def _written(ref: Reference) -> str:
    return ref.as_written


SIMPLE = Target(
    "OAI-DC",
    (
        Row("dc:title", "title", need=MUST),
        Row("dc:title", "translated titles", localized, many=True),
        Row("dc:creator", "authors", inverted, many=True),
        Row("dc:contributor", "chapter editors", inverted, many=True),
        Row("dc:contributor", "translators", inverted, many=True),
        Row("dc:contributor", "other contributors", inverted, many=True),
        Row("dc:contributor", "book editors", inverted, many=True),
        Row("dc:subject", "keywords", localized, many=True),
        Row("dc:description", "abstracts", localized, many=True),
        Row("dc:publisher", "publisher", need=SHOULD),
        Row("dc:date", "date", need=SHOULD),
        Row("dc:type", "record", lambda _: "info:eu-repo/semantics/bookPart"),
        Row("dc:identifier", "DOI", doi_link),
        Row("dc:identifier", "URL"),
        Row("dc:source", "book", source),
        Row("dc:language", "language", need=MUST),
        Row("dc:relation", "book DOI", doi_link),
        Row("dc:relation", "ISBN", _isbn, many=True),
        Row("dc:rights", "licence", need=SHOULD),
        Row("dc:rights", "copyright"),
    ),
)
QUALIFIED = Target(
    "qualified Dublin Core",
    (
        Row("dcterms:title", "title", need=MUST),
        Row("dcterms:alternative", "translated titles", localized, many=True),
        Row("dcterms:creator", "authors", inverted, many=True),
        Row("dcterms:contributor", "chapter editors", inverted, many=True),
        Row("dcterms:contributor", "translators", inverted, many=True),
        Row("dcterms:contributor", "other contributors", inverted, many=True),
        Row("dcterms:contributor", "book editors", inverted, many=True),
        Row("dcterms:subject", "keywords", localized, many=True),
        Row("dcterms:abstract", "abstracts", localized, many=True),
        Row("dcterms:publisher", "publisher", need=SHOULD),
        Row("dcterms:issued", "date", typed("dcterms:W3CDTF"), SHOULD),
        Row("dcterms:dateSubmitted", "received", typed("dcterms:W3CDTF")),
        Row("dcterms:dateAccepted", "accepted", typed("dcterms:W3CDTF")),
        Row("dcterms:type", "record", lambda _: "Book chapter"),
        Row("dcterms:identifier", "DOI", lambda doi: typed("dcterms:URI")(doi_link(doi))),
        Row("dcterms:identifier", "URL", typed("dcterms:URI")),
        Row("dcterms:bibliographicCitation", "book", source),
        Row("dcterms:isPartOf", "book title"),
        Row("dcterms:isPartOf", "book DOI", lambda doi: typed("dcterms:URI")(doi_link(doi))),
        Row("dcterms:isPartOf", "ISBN", lambda i: typed("dcterms:URI")(_isbn(i)), many=True),
        Row("dcterms:isPartOf", "series"),
        Row("dcterms:language", "language", typed("dcterms:RFC5646"), MUST),
        Row("dcterms:license", "licence", typed("dcterms:URI"), SHOULD),
        Row("dcterms:rights", "licence wording"),
        Row("dcterms:rightsHolder", "copyright"),
        Row("dcterms:provenance", "funding", sponsored, many=True),
        Row("dcterms:references", "references", _written, many=True),
    ),
)


def simple(edition: Edition) -> Made:
    """The chapter as oai_dc."""
    namespace = "http://www.openarchives.org/OAI/2.0/oai_dc/"
    return made(SIMPLE, edition, lambda e: _xml("oai_dc", "dc", namespace, SIMPLE.table, e))


def qualified(edition: Edition) -> Made:
    """The chapter as qualified Dublin Core in the container DSpace harvests."""
    namespace = "http://dspace.org/qualifieddc/"
    return made(QUALIFIED, edition, lambda e: _xml("qdc", "qualifieddc", namespace,
                                                   QUALIFIED.table, e))  # fmt: skip


def _xml(prefix: str, name: str, namespace: str, table: Table, edition: Edition) -> bytes:
    root = etree.Element(f"{{{namespace}}}{name}", nsmap={prefix: namespace, **NAMESPACES})
    for field, value in fields(table, edition.chapter.record):
        text, attributes = (value, {}) if isinstance(value, str) else value
        space, _, local = field.partition(":")
        element = etree.SubElement(root, f"{{{NAMESPACES[space]}}}{local}", attributes)
        element.text = text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
