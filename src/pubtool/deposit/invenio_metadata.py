"""A chapter in InvenioRDM's terms: what goes into `metadata`, `custom_fields`, `pids`, `access`.

Source: InvenioRDM, "Metadata reference" (v13 and v14); vocabularies as InvenioRDM ships them.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

from pubtool.model import Affiliation, Funding, Isbn, Localized, Record, Reference
from pubtool.text import doi as bare_doi
from pubtool.text import isbn, squeeze
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, mapping
from pubtool.writers.crosswalk_facts import FACTS, Who, full_book_title, page_range
from pubtool.writers.metadata_languages import marc

Item = dict[str, Any]
_CREATIVE = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/(\d\.\d)")
# Bibliographic codes of ISO 639-2 whose terminological code, that of ISO 639-3, is another.
_TERMINOLOGICAL = dict(
    pair.split("=")
    for pair in """
    baq=eus arm=hye chi=zho cze=ces dut=nld fre=fra geo=kat ger=deu gre=ell ice=isl mac=mkd may=msa
    per=fas rum=ron slo=slk alb=sqi wel=cym
    """.split()
)


def said(**fields: Any) -> Item:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def language(tag: str) -> Item | None:
    """A language of the vocabulary, ISO 639-3; None where there is no code for it."""
    code = marc(tag)
    return None if code == "und" else {"id": _TERMINOLOGICAL.get(code, code)}


def licence(href: str) -> Item:
    """A licence of the vocabulary, else its address as a licence of its own."""
    if known := _CREATIVE.search(href):
        return {"id": f"cc-{known[1]}-{known[2]}"}
    if known := _ZERO.search(href):
        return {"id": f"cc0-{known[1]}"}
    return {"title": {"en": href}, "link": href}


def creator(who: Who) -> Item:
    """Somebody with name, ORCID and affiliations."""
    person = said(
        type="organizational" if who.name.collab else "personal",
        name=who.name.collab,
        given_name=who.name.given,
        family_name=who.name.family or (who.name.given if not who.name.collab else ""),
        identifiers=[{"scheme": "orcid", "identifier": who.orcid}] if who.orcid else [],
    )
    if who.name.given and not who.name.family:
        del person["given_name"]
    places = [_affiliation(place) for place in who.affiliations]
    return said(person_or_org=person, affiliations=places)


def _affiliation(place: Affiliation) -> Item:
    """By name: a ROR id is taken only where the server has loaded ROR's list."""
    return {"name": place.display}


def contributor(role: str) -> Any:
    """A shape: somebody with a role of the vocabulary."""
    return lambda who: {**creator(who), "role": {"id": role}} if not who.anonymous else None


def other_title(value: Localized) -> Item:
    """A translated title."""
    return said(
        title=value.text, type={"id": "translated-title"}, lang=language(value.language or "und")
    )


def paragraphs(value: Localized) -> str:
    """An abstract as the HTML that `description` holds."""
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in value.text.split("\n"))


def further(value: Localized) -> Item:
    """An abstract in another language."""
    return said(
        description=paragraphs(value), type={"id": "abstract"}, lang=language(value.language)
    )


def part_of(value: Any) -> Item:
    """The volume, by ISBN or DOI."""
    text, scheme = (value.number, "isbn") if isinstance(value, Isbn) else (value, "doi")
    return {"identifier": text, "scheme": scheme, "relation_type": {"id": "ispartof"}}


def cited(ref: Reference) -> Item:
    """A work that is cited, as written, with its DOI."""
    number = bare_doi(ref.get("doi"))
    return said(
        reference=ref.as_written, scheme="doi" if number else "", identifier=number or ""
    )


def funding(one: Funding) -> Item | None:
    """A funder by name and the first grant; an award without a title is called by its number."""
    if not one.funder:
        return None
    numbers = [{"number": number, "title": {"en": number}} for number in one.awards]
    return said(funder={"name": one.funder}, award=numbers[0] if numbers else None)


def each_award(record: Record) -> list[Item]:
    """One entry a grant: InvenioRDM has one award in each."""
    single = [replace(one, awards=(award,)) for one in record.funding for award in one.awards]
    bare = [one for one in record.funding if not one.awards]
    return [made for one in (*single, *bare) if (made := funding(one))]


def date(kind: str) -> Any:
    """A shape: a date of that type."""
    return lambda iso: {"date": iso, "type": {"id": kind}}


NEEDS = Target(
    "InvenioRDM",
    (
        Row("resource_type", "record", lambda _: {"id": "publication-section"}, MUST),
        Row("title", "title", need=MUST),
        Row("additional_titles", "translated titles", other_title, many=True),
        Row("creators", "authors", creator, MUST, many=True),
        Row("publication_date", "date", need=MUST),
        Row("publisher", "publisher", need=SHOULD),
        Row("description", "abstracts", paragraphs, SHOULD),
        Row("subjects", "keywords", lambda word: {"subject": word.text}, SHOULD, many=True),
        Row("languages", "language", language, many=True),
        Row("rights", "licence", licence, SHOULD, many=True),
        Row("contributors", "chapter editors", contributor("editor"), many=True),
        Row("contributors", "book editors", contributor("editor"), SHOULD, many=True),
        Row("contributors", "translators", contributor("other"), many=True),
        Row("dates", "received", date("submitted"), many=True),
        Row("dates", "accepted", date("accepted"), many=True),
        Row("related_identifiers", "ISBN", part_of, many=True),
        Row("related_identifiers", "book DOI", part_of, many=True),
        Row("references", "references", cited, many=True),
        Row("funding", "funding", funding, many=True),
        Row("copyright", "copyright"),
        Row("imprint:imprint title", "book title", need=SHOULD),
        Row("imprint:imprint pages", "pages", need=SHOULD),
        Row("imprint:imprint isbn", "ISBN", lambda one: one.number),
        Row("imprint:imprint place", "place"),
        Row("imprint:imprint edition", "edition"),
        Row("pids doi", "DOI", need=SHOULD),
    ),
)
_METADATA = tuple(row for row in NEEDS.table if " " not in row.target)


def metadata(record: Record) -> Item:
    """The `metadata` of a chapter's record."""
    made = mapping(_METADATA, record)
    if more := [further(one) for one in FACTS["abstracts"](record)[1:]]:
        made["additional_descriptions"] = more
    if grants := each_award(record):
        made["funding"] = grants
    lists = {n: _each_once(value) for n, value in made.items() if isinstance(value, list)}
    return {**made, **lists}


def _each_once(items: list[Item]) -> list[Item]:
    return list({repr(item): item for item in items}.values())


def imprint(record: Record) -> Item:
    """The volume, as the custom field for books has it."""
    first = next((one.number for one in FACTS["ISBN"](record)), "")
    return said(
        title=full_book_title(record),
        pages=page_range(record),
        isbn=first,
        place=record.book.place,
        edition=record.book.edition,
    )


def draft(record: Record, access: str, embargo: str) -> Item:
    """The whole draft of a chapter. A DOI the chapter has already is one of another provider."""
    made: Item = {
        "metadata": metadata(record),
        "access": _access(access, embargo),
        "files": {"enabled": access != "metadata-only"},
        "pids": {"doi": {"identifier": record.doi, "provider": "external"}} if record.doi else {},
    }
    if book := imprint(record):
        made["custom_fields"] = {"imprint:imprint": book}
    return made


def _access(access: str, embargo: str) -> Item:
    files = "restricted" if embargo or access == "restricted" else "public"
    made: Item = {"record": "public", "files": files}
    if embargo:
        made["embargo"] = {"active": True, "until": embargo}
    return made


def dropped(sent: Any, kept: Any, path: str = "") -> list[str]:
    """The fields that were sent and are not there, or are there otherwise, by their paths."""
    if isinstance(sent, dict):
        there = kept if isinstance(kept, dict) else {}
        return [
            lost
            for name, value in sent.items()
            for lost in dropped(value, there.get(name), f"{path}.{name}" if path else name)
        ]
    if isinstance(sent, list):
        there = kept if isinstance(kept, list) else []
        if len(there) != len(sent):
            return [path]
        pairs = enumerate(zip(sent, there, strict=True))
        return [lost for i, (one, other) in pairs for lost in dropped(one, other, f"{path}[{i}]")]
    return [] if _same(sent, kept) else [path]


def _same(sent: Any, kept: Any) -> bool:
    """True if a server only wrote a value in its own way: HTML cleaned, an ISBN hyphenated."""
    if isinstance(sent, str) and isinstance(kept, str):
        return _bare(sent) == _bare(kept) or (_digits(sent) == _digits(kept) != "")
    return bool(sent == kept)


def _digits(text: str) -> str:
    """An ISBN without hyphens; "" for any other text."""
    return isbn(text) or ""


def _bare(text: str) -> str:
    return squeeze(html.unescape(re.sub(r"<[^>]*>", " ", text)))
