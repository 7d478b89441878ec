"""DataCite 4.5: the chapter as JSON for the REST API and as XML (kernel 4).

Source: DataCite Metadata Schema 4.5, Appendix 1 (controlled lists) and Appendix 3 (":unkn").
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pubtool.edition import Edition, Made
from pubtool.model import Affiliation, Funding, Isbn, Localized, Record, Reference
from pubtool.text import doi as bare_doi
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, made, mapping
from pubtool.writers.crosswalk_facts import FACTS, ORCID, Who, full_book_title
from pubtool.writers.templates import filled

Item = dict[str, Any]
# What the schema asks to be written where the author is known to be unknown.
_UNKNOWN = ":unkn"


def said(**fields: Any) -> Item:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def unique(items: Iterable[Item]) -> list[Item]:
    """The items, each once: the schema wants lists without doubles."""
    return list({json.dumps(item, sort_keys=True): item for item in items}.values())


def person(who: Who) -> Item:
    """Somebody with name parts, ORCID and affiliations."""
    if who.anonymous:
        return {"name": _UNKNOWN}
    organisation = bool(who.name.collab)
    return said(
        name=who.name.inverted,
        nameType="Organizational" if organisation else "Personal",
        givenName=who.name.given,
        familyName=who.name.family,
        nameIdentifiers=[_orcid(who.orcid)] if who.orcid else [],
        affiliation=unique(_affiliation(place) for place in who.affiliations),
    )


def _orcid(orcid: str) -> Item:
    return {
        "nameIdentifier": ORCID + orcid,
        "nameIdentifierScheme": "ORCID",
        "schemeUri": "https://orcid.org",
    }


def _affiliation(place: Affiliation) -> Item:
    scheme = "ROR" if place.ror else ""
    return said(
        name=place.display,
        affiliationIdentifier=place.ror,
        affiliationIdentifierScheme=scheme,
        schemeUri="https://ror.org" if scheme else "",
    )


def contributor(kind: str) -> Any:
    """A shape: somebody as a contributor of that type."""
    return lambda who: {**person(who), "contributorType": kind}


def title(kind: str = "") -> Any:
    """A shape: a title of that type, with its language."""

    def shape(value: str | Localized) -> Item:
        if isinstance(value, str):
            return said(title=value, titleType=kind)
        return said(title=value.text, titleType=kind, lang=value.language)

    return shape


def description(value: Localized) -> Item:
    """An abstract."""
    return said(description=value.text, descriptionType="Abstract", lang=value.language)


def subject(value: Localized) -> Item:
    """A keyword."""
    return said(subject=value.text, lang=value.language)


def date(kind: str) -> Any:
    """A shape: a date of that type."""
    return lambda iso: {"date": iso, "dateType": kind}


def part_of(kind: str) -> Any:
    """A shape: an identifier of the volume."""

    def shape(value: str | Isbn) -> Item:
        text = value.number if isinstance(value, Isbn) else value
        return related("IsPartOf", kind, text)

    return shape


def related(relation: str, kind: str, value: str) -> Item:
    """A related identifier."""
    return {
        "relatedIdentifier": value,
        "relatedIdentifierType": kind,
        "relationType": relation,
    }


def cited(ref: Reference) -> Item | None:
    """A cited work, where its DOI is known."""
    found = bare_doi(ref.get("doi"))
    return related("Cites", "DOI", found) if found else None


def volume(record: Record) -> Item:
    """The volume the chapter was published in."""
    book = record.book
    isbns = [part_of("ISBN")(one) for one in FACTS["ISBN"](record)]
    identifier = part_of("DOI")(book.doi) if book.doi else next(iter(isbns), None)
    item = said(
        relatedItemType="Book",
        relationType="IsPublishedIn",
        titles=[{"title": full_book_title(record)}],
        publicationYear=book.year if len(book.year) == 4 and book.year.isdigit() else "",
        number=record.number,
        numberType="Chapter" if record.number else "",
        firstPage=record.first_page,
        lastPage=record.last_page,
        publisher=book.publisher,
        edition=book.edition,
        contributors=[contributor("Editor")(who) for who in FACTS["book editors"](record)],
    )
    if identifier:
        item["relatedItemIdentifier"] = {
            "relatedItemIdentifier": identifier["relatedIdentifier"],
            "relatedItemIdentifierType": identifier["relatedIdentifierType"],
        }
    return item


def licence(href: str) -> Item:
    """The licence by its address."""
    return {"rightsUri": href}


def funding(one: Funding) -> list[Item]:
    """One funding reference a grant: DataCite has one number in each."""
    kind = "Crossref Funder ID" if one.doi else "ROR" if one.ror else ""
    base = said(funderName=one.funder, funderIdentifier=one.doi or one.ror,
                funderIdentifierType=kind)  # fmt: skip
    return [base | {"awardNumber": award} for award in one.awards] or [base]


JSON = Target(
    "DataCite JSON",
    (
        Row("doi", "DOI", need=SHOULD),
        Row("url", "URL"),
        Row("types", "record", lambda _: {"resourceTypeGeneral": "BookChapter",
                                          "resourceType": "Book chapter"}),
        Row("creators", "authors or anonymous", person, MUST, many=True),
        Row("titles", "title", title(), MUST, many=True),
        Row("titles", "translated titles", title("TranslatedTitle"), many=True),
        Row("publisher", "publisher", lambda name: {"name": name}, MUST),
        Row("publicationYear", "year", need=MUST),
        Row("subjects", "keywords", subject, many=True),
        Row("contributors", "chapter editors", contributor("Editor"), many=True),
        Row("contributors", "translators", contributor("Other"), many=True),
        Row("contributors", "other contributors", contributor("Other"), many=True),
        Row("contributors", "book editors", contributor("Editor"), many=True),
        Row("dates", "date", date("Issued"), many=True),
        Row("dates", "received", date("Submitted"), many=True),
        Row("dates", "accepted", date("Accepted"), many=True),
        Row("language", "language"),
        Row("relatedIdentifiers", "book DOI", part_of("DOI"), many=True),
        Row("relatedIdentifiers", "ISBN", part_of("ISBN"), many=True),
        Row("relatedIdentifiers", "references", cited, many=True),
        Row("relatedItems", "book", volume, SHOULD, many=True),
        Row("rightsList", "licence", licence, SHOULD, many=True),
        Row("rightsList", "copyright", lambda text: {"rights": f"© {text}"}, many=True),
        Row("descriptions", "abstracts", description, SHOULD, many=True),
        Row("fundingReferences", "funding", funding, many=True),
    ),
)  # fmt: skip
# XML is what a registration sends: without a DOI there is nothing to register.
XML = Target(
    "DataCite XML",
    tuple(
        Row(row.target, row.source, row.shape, MUST if row.target == "doi" else row.need, row.many)
        for row in JSON.table
    ),
)


def attributes(record: Record) -> Item:
    """The chapter as DataCite's JSON has it."""
    item = mapping(JSON.table, record)
    if "fundingReferences" in item:
        item["fundingReferences"] = [one for several in item["fundingReferences"]
                                     for one in several if "funderName" in one]  # fmt: skip
    lists = {name: unique(value) for name, value in item.items() if isinstance(value, list)}
    return {**item, **lists, "schemaVersion": "http://datacite.org/schema/kernel-4"}


def as_json(edition: Edition) -> Made:
    """The chapter for DataCite's REST API and for InvenioRDM."""
    return made(JSON, edition, _json)


def _json(edition: Edition) -> bytes:
    said = json.dumps(attributes(edition.chapter.record), ensure_ascii=False, indent=2)
    return f"{said}\n".encode()


def as_xml(edition: Edition) -> Made:
    """The chapter in kernel 4."""
    return made(XML, edition, _xml)


def _xml(edition: Edition) -> bytes:
    item = attributes(edition.chapter.record)
    return filled("datacite.xml", edition, item=item).encode()
