"""Reading the front matter and the references of a chapter's tree into a Record. Pure."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from pubtool.model import (
    Affiliation,
    Book,
    Contributor,
    Email,
    Funding,
    Isbn,
    Localized,
    Name,
    Record,
    Reference,
    child,
    children,
    language_of,
    plain,
    q,
    text_of,
)
from pubtool.settings import BookFacts, Person
from pubtool.source import LANG, local
from pubtool.text import doi as bare_doi
from pubtool.text import orcid as bare_orcid


def record(root: etree._Element, volume: BookFacts) -> Record:
    """The facts of a chapter; what its own `<book>` leaves out comes from the volume."""
    front = root[0]
    pages, dates = child(front, "pages"), child(front, "dates")
    license_, copyright_ = child(front, "license"), child(front, "copyright")
    identifiers = child(front, "identifiers")
    references = root.find(f"{q('back')}/{q('references')}")
    return Record(
        id=root.get("id", ""),
        language=root.get(LANG, ""),
        type=root.get("type", "chapter"),
        number=root.get("number", ""),
        title=text_of(front, "title"),
        subtitle=text_of(front, "subtitle"),
        short_title=text_of(front, "short-title"),
        trans_titles=tuple(_localized(e) for e in children(front, "trans-title")),
        contributors=tuple(_contributor(e) for e in children(front, "contributor")),
        affiliations=tuple(_affiliation(e) for e in children(front, "affiliation")),
        abstracts=tuple(
            _localized(e, e.get("kind", "abstract")) for e in children(front, "abstract")
        ),
        keywords=tuple(
            (language_of(e), tuple(plain(k) for k in children(e, "keyword")))
            for e in children(front, "keywords")
        ),
        doi=_doi(identifiers),
        url=text_of(identifiers, "url") if identifiers is not None else "",
        identifiers=tuple(
            (e.get("type", ""), plain(e))
            for e in (children(identifiers, "identifier") if identifiers is not None else ())
        ),
        first_page=_get(pages, "first"),
        last_page=_get(pages, "last"),
        received=_get(dates, "received"),
        accepted=_get(dates, "accepted"),
        published=_get(dates, "published"),
        license_href=_get(license_, "href") or volume.license,
        license_text=plain(license_),
        copyright_year=_get(copyright_, "year") or volume.copyright_year,
        copyright_holder=_get(copyright_, "holder") or volume.copyright_holder,
        copyright_text=plain(copyright_),
        funding=tuple(_funding(e) for e in children(front, "funding")),
        citation_line=text_of(front, "citation-line"),
        book=_inherit(child(front, "book"), volume),
        references=tuple(
            reference(e) for e in (children(references, "ref") if references is not None else ())
        ),
    )


def reference(e: etree._Element) -> Reference:
    """A `<ref>` as values."""
    names = tuple(_name(n, "author") for n in e if local(n) in ("name", "collab"))
    fields: dict[str, str] = {}
    for part in e:
        if local(part) not in ("name", "collab", "as-written"):
            fields.setdefault(local(part), plain(part))
    return Reference(
        id=e.get("id", ""),
        type=e.get("type", "other"),
        names=names,
        fields=fields,
        as_written=text_of(e, "as-written"),
        language=e.get(LANG, ""),
    )


def _get(element: etree._Element | None, name: str) -> str:
    return element.get(name, "") if element is not None else ""


def _doi(parent: etree._Element | None) -> str:
    text = text_of(parent, "doi") if parent is not None else ""
    return bare_doi(text) or text


def _localized(e: etree._Element, kind: str = "") -> Localized:
    paragraphs = (p for p in e.iter(q("p")) if next(p.iterancestors(q("fn")), None) is None)
    blocks = [text for p in paragraphs if (text := plain(p))]
    return Localized(language_of(e), "\n".join(blocks) if blocks else plain(e), kind)


def _name(e: etree._Element, role: str) -> Name:
    role = e.get("role", role)
    if local(e) == "collab":
        return Name(collab=plain(e), role=role)
    return Name(
        given=text_of(e, "given"),
        family=text_of(e, "family"),
        prefix=text_of(e, "prefix"),
        suffix=text_of(e, "suffix"),
        role=role,
    )


def _contributor(e: etree._Element) -> Contributor:
    role = e.get("role", "author" if local(e) == "contributor" else "editor")
    who = next((c for c in e if local(c) in ("name", "collab")), None)
    orcid = text_of(e, "orcid")
    return Contributor(
        name=_name(who, role) if who is not None else Name(role=role),
        role=role,
        id=e.get("id", ""),
        orcid=bare_orcid(orcid) or orcid,
        emails=tuple(Email(plain(m), m.get("visible") == "yes") for m in children(e, "email")),
        credit=tuple(c.get("role", "") for c in children(e, "credit")),
        affiliations=tuple(e.get("affiliations", "").split()),
        corresponding=e.get("corresponding") == "yes",
        equal=e.get("equal") == "yes",
        deceased=e.get("deceased") == "yes",
        anonymous=who is None,
    )


def _affiliation(e: etree._Element) -> Affiliation:
    institution, country = child(e, "institution"), child(e, "country")
    ror = _get(institution, "ror")
    return Affiliation(
        id=e.get("id", ""),
        departments=tuple(plain(d) for d in children(e, "department")),
        institution=plain(institution),
        ror=f"https://ror.org/{ror.removeprefix('https://ror.org/')}" if ror else "",
        city=text_of(e, "city"),
        country=plain(country),
        country_code=_get(country, "code"),
    )


def _funding(e: etree._Element) -> Funding:
    funder = child(e, "funder")
    return Funding(
        funder=plain(funder),
        doi=_get(funder, "doi"),
        ror=_get(funder, "ror"),
        awards=tuple(plain(a) for a in children(e, "award")),
    )


def _person(person: Person) -> Contributor:
    name = Name(
        person.given, person.family, person.prefix, person.suffix, person.collab, person.role
    )
    orcid = bare_orcid(person.orcid) or person.orcid
    return Contributor(name=name, role=person.role, orcid=orcid)


def _volume(facts: BookFacts) -> Book:
    return Book(
        id=facts.id,
        title=facts.title,
        subtitle=facts.subtitle,
        language=facts.language,
        editors=tuple(_person(p) for p in facts.editor),
        series=facts.series,
        series_number=facts.series_number,
        series_issn=facts.series_issn,
        edition=facts.edition,
        publisher=facts.publisher,
        place=facts.place,
        country=facts.country,
        year=facts.year,
        isbns=tuple(Isbn(number, kind) for kind, number in facts.isbn.items()),
        doi=bare_doi(facts.doi) or facts.doi,
        url=facts.url,
    )


def _inherit(e: etree._Element | None, volume: BookFacts) -> Book:
    inherited = _volume(volume)
    if e is None:
        return inherited
    series, publisher = child(e, "series"), child(e, "publisher")
    own: dict[str, object] = {
        "id": e.get("id", ""),
        "title": text_of(e, "title"),
        "subtitle": text_of(e, "subtitle"),
        "language": e.get(LANG, ""),
        "editors": tuple(_contributor(c) for c in children(e, "editor")),
        "series": plain(series),
        "series_number": _get(series, "number"),
        "series_issn": _get(series, "issn"),
        "edition": text_of(e, "edition"),
        "publisher": plain(publisher),
        "place": _get(publisher, "place"),
        "country": _get(publisher, "country"),
        "year": text_of(e, "year"),
        "isbns": tuple(Isbn(plain(i), i.get("format", "")) for i in children(e, "isbn")),
        "doi": _doi(e),
        "url": text_of(e, "url"),
    }
    said = {name: value for name, value in own.items() if value}
    # A chapter that names its own book title does not take the subtitle of another.
    if "title" in said and said["title"] != inherited.title:
        said.setdefault("subtitle", "")
    return replace(inherited, **said)  # type: ignore[arg-type]
