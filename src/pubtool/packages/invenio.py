"""A chapter as a record of InvenioRDM and Zenodo: the JSON their REST API takes.

Sources: InvenioRDM 12 to 14, "Metadata reference" and "Optional metadata fields" (imprint). What
stands under "id" is a word of the server's vocabularies: only those every instance has are used.
"""

from __future__ import annotations

from html import escape
from typing import Any

from pubtool.edition import Edition
from pubtool.model import Funding, Isbn, Localized, Record, Reference
from pubtool.packages.access import EMBARGOED, Access, access, creative_commons
from pubtool.writers.crosswalk import MUST, Row, Table, mapping, values
from pubtool.writers.crosswalk_facts import FACTS, Who, full_book_title, page_range
from pubtool.writers.metadata_languages import marc

Item = dict[str, Any]
# ISO 639-2: bibliographic codes whose terminological ones, which InvenioRDM has, are others.
_TERMINOLOGICAL = dict(
    pair.split("=")
    for pair in """
    alb=sqi arm=hye baq=eus bur=mya chi=zho cze=ces dut=nld fre=fra geo=kat ger=deu gre=ell ice=isl
    mac=mkd mao=mri may=msa per=fas rum=ron slo=slk tib=bod wel=cym
    """.split()
)
# What DataCite asks to be written where the author is known to be unknown.
_UNKNOWN = ":unkn"


def language(tag: str) -> Item | None:
    """A language by its code in ISO 639-3; nothing, where the code is not known."""
    code = marc(tag)
    return None if code == "und" else {"id": _TERMINOLOGICAL.get(code, code)}


def said(**fields: Any) -> Item:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def creator(who: Who) -> Item:
    """Somebody with name parts, ORCID and affiliations."""
    places = list(dict.fromkeys(place.display for place in who.affiliations))
    affiliations = [{"name": place} for place in places]
    return said(person_or_org=_person(who), affiliations=affiliations)


def _person(who: Who) -> Item:
    if who.anonymous or who.name.collab:
        return {"type": "organizational", "name": who.name.collab or _UNKNOWN}
    name = who.name
    family = " ".join(part for part in (name.family, name.suffix) if part)
    # A personal name must have a family name; who has one name alone is known by that.
    return said(
        type="personal",
        family_name=family or name.given,
        given_name=name.given if family else "",
        identifiers=[{"scheme": "orcid", "identifier": who.orcid}] if who.orcid else [],
    )


def contributor(role: str) -> Any:
    """A shape: somebody in a role."""
    return lambda who: {**creator(who), "role": {"id": role}}


def translated(title: Localized) -> Item:
    """A title in another language."""
    kind = {"id": "translated-title"}
    return said(title=title.text, type=kind, lang=language(title.language))


def paragraphs(text: str) -> str:
    """Plain text as the HTML that descriptions are."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line)


def further_abstract(abstract: Localized) -> Item:
    """An abstract in another language."""
    kind, text = {"id": "abstract"}, paragraphs(abstract.text)
    return said(description=text, type=kind, lang=language(abstract.language))


def series(record: Record) -> list[Item]:
    """The series of the volume, which InvenioRDM has no field of its own for."""
    book = record.book
    text = ", ".join(part for part in (book.series, book.series_number, book.series_issn) if part)
    kind = {"id": "series-information"}
    return [{"description": paragraphs(text), "type": kind}] if book.series else []


def right(href: str) -> Item:
    """A licence: by its name where every server knows it, else by its address."""
    known = creative_commons(href)
    return {"id": known} if known else {"title": {"en": href}, "link": href}


def dated(kind: str) -> Any:
    """A shape: a date of that kind."""
    return lambda iso: {"date": iso, "type": {"id": kind}}


def part_of(scheme: str) -> Any:
    """A shape: an identifier of the volume."""

    def shape(value: str | Isbn) -> Item:
        number = value.number if isinstance(value, Isbn) else value
        return {
            "identifier": number,
            "scheme": scheme,
            "relation_type": {"id": "ispartof"},
            "resource_type": {"id": "publication-book"},
        }

    return shape


def grant(one: Funding) -> list[Item]:
    """A funder with each of its grants."""
    funder = {"funder": {"name": one.funder}}
    return [{**funder, "award": {"number": n, "title": {"en": n}}} for n in one.awards] or [funder]


def reference(ref: Reference) -> Item:
    """A reference as written."""
    return {"reference": ref.as_written}


METADATA: Table = (
    Row("resource_type", "record", lambda _: {"id": "publication-section"}),
    Row("title", "title", need=MUST),
    Row("additional_titles", "translated titles", translated, many=True),
    Row("creators", "authors or anonymous", creator, MUST, many=True),
    Row("contributors", "chapter editors", contributor("editor"), many=True),
    Row("contributors", "book editors", contributor("editor"), many=True),
    Row("contributors", "translators", contributor("other"), many=True),
    Row("contributors", "other contributors", contributor("other"), many=True),
    Row("publication_date", "date", need=MUST),
    Row("publisher", "publisher"),
    Row("description", "abstracts", lambda abstract: paragraphs(abstract.text)),
    Row("subjects", "keywords", lambda word: {"subject": word.text}, many=True),
    Row("languages", "language", language, many=True),
    Row("dates", "received", dated("submitted"), many=True),
    Row("dates", "accepted", dated("accepted"), many=True),
    Row("identifiers", "URL", lambda url: {"identifier": url, "scheme": "url"}, many=True),
    Row("related_identifiers", "book DOI", part_of("doi"), many=True),
    Row("related_identifiers", "ISBN", part_of("isbn"), many=True),
    Row("rights", "licence", right, many=True),
    Row("copyright", "copyright", lambda text: f"© {text}"),
    Row("references", "references", reference, many=True),
)
_FUNDING = Row("funding", "funding", grant, many=True)
_FURTHER = Row("additional_descriptions", "abstracts", further_abstract, many=True)


def record(edition: Edition) -> Item:
    """The body of `POST /api/records` for a chapter: access, metadata, imprint, its own DOI."""
    chapter = edition.chapter.record
    return said(
        access=access_of(access(edition)),
        files={"enabled": True},
        pids=_pids(chapter),
        metadata=_metadata(chapter),
        custom_fields={"imprint:imprint": _imprint(chapter)} if chapter.book.title else {},
    )


def access_of(allowed: Access) -> Item:
    """Who may read: the record is public in any case, its files where nothing forbids it."""
    made: Item = {"record": "public", "files": "restricted" if allowed.closed else "public"}
    if allowed.rights == EMBARGOED:
        made["embargo"] = {"active": True, "until": allowed.until}
    return made


def _pids(record: Record) -> Item:
    """A DOI that exists already; without one the server registers its own."""
    if not record.doi:
        return {}
    return {"doi": {"identifier": record.doi, "provider": "external"}}


def _metadata(record: Record) -> Item:
    made = mapping(METADATA, record)
    grants = [one for several in values(_FUNDING, record) for one in several]
    named = [one for one in grants if one["funder"]["name"]]
    further = [*values(_FURTHER, record)[1:], *series(record)]
    return made | said(additional_descriptions=further, funding=named)


def _imprint(record: Record) -> Item:
    isbns = FACTS["ISBN"](record)
    return said(
        title=full_book_title(record),
        isbn=isbns[0].number if isbns else "",
        pages=page_range(record),
        place=record.book.place,
        edition=record.book.edition,
    )
