"""JATS: the front matter, made from the Record; prose and marked-up titles from the tree."""

from __future__ import annotations

from collections.abc import Iterable

from pubtool.model import (
    Affiliation,
    Book,
    Contributor,
    Funding,
    Record,
    child,
    children,
    language_of,
)
from pubtool.rules import XmlNode
from pubtool.writers.jats import Element, XmlGo, el, generated, jats, lang, paragraphs
from pubtool.writers.jats_references import person

ORCID = "https://orcid.org/"
CREDIT = "https://credit.niso.org/"
CREDIT_TERMS = {
    "writing-original-draft": "Writing – original draft",
    "writing-review-editing": "Writing – review & editing",
}
ABSTRACT_TYPES = {"summary": "executive-summary", "plain-language": "plain-language-summary"}

jats.reads(
    "chapter", "front", "body", "back", "subtitle", "short-title", "trans-title", "contributor",
    "name", "prefix", "given", "family", "suffix", "collab", "anonymous", "orcid", "email",
    "credit", "bio", "affiliation", "department", "institution", "city", "country", "abstract",
    "keywords", "keyword", "identifiers", "doi", "url", "identifier", "pages", "dates", "license",
    "copyright", "funding", "funder", "award", "citation-line", "book", "editor", "series",
    "edition", "publisher", "year", "isbn", "tex", "see", "date", "container-title", "volume",
    "volume-title", "number", "issue", "first-page", "last-page", "place", "issn", "accessed",
    "language", "genre", "note", "as-written",
)  # fmt: skip


def article_meta(front: Element, record: Record, go: XmlGo) -> Element:
    """`article-meta` in the order the DTD asks."""
    return el(
        "article-meta",
        article_ids(record),
        title_group(front, go),
        contributors(front, record, go),
        [affiliation(a) for a in record.affiliations],
        volume_editors(record.book),
        pub_date(record),
        volume_series(record.book),
        [isbn(number.number, number.format) for number in record.book.isbns],
        el("fpage", record.first_page) if record.first_page else None,
        el("lpage", record.last_page) if record.last_page else None,
        history(record),
        permissions(front, record, go),
        book(record.book, child(front, "book"), go),
        abstracts(front, record, go),
        keyword_groups(front, go),
        funding_group(record.funding),
        custom_meta(front, record, go),
    )


def article_ids(record: Record) -> list[XmlNode]:
    """Identifiers of the chapter, its id at the publisher included."""
    known = [
        ("publisher-id", record.id),
        ("doi", record.doi),
        *record.identifiers,
    ]
    return [el("article-id", text, pub_id_type=kind) for kind, text in known if text]


def title_group(front: Element, go: XmlGo) -> Element:
    """Titles with their markup, in their own case."""
    title = child(front, "title")
    return el(
        "title-group",
        el("article-title", go.inside(title), xml_lang=lang(title), id=title.get("id"))
        if title is not None
        else None,
        [el("subtitle", go.inside(e), xml_lang=lang(e)) for e in children(front, "subtitle")],
        [
            el("trans-title-group", el("trans-title", go.inside(e)), xml_lang=lang(e))
            for e in children(front, "trans-title")
        ],
        [
            el("alt-title", go.inside(e), alt_title_type="running-head", xml_lang=lang(e))
            for e in children(front, "short-title")
        ],
    )


# ── people ──


def contributors(front: Element, record: Record, go: XmlGo) -> Element | None:
    """The contributors of the chapter, in their order."""
    elements = children(front, "contributor")
    people = zip(record.contributors, elements, strict=True)
    made = [contributor(who, e, go) for who, e in people]
    return el("contrib-group", made) if made else None


def contributor(who: Contributor, e: Element, go: XmlGo) -> Element:
    """One contributor; JATS4R: name parts, iD as address, roles with their vocabulary."""
    bio = child(e, "bio")
    return el(
        "contrib",
        orcid(who),
        el("anonymous") if who.anonymous else person(who.name),
        [credit(role) for role in who.credit],
        el("bio", paragraphs(bio, go), id=bio.get("id"), xml_lang=lang(bio))
        if bio is not None
        else None,
        [el("email", mail.address) for mail in who.emails if mail.visible],
        [el("xref", ref_type="aff", rid=id_) for id_ in who.affiliations],
        contrib_type=who.role,
        corresp="yes" if who.corresponding else None,
        equal_contrib="yes" if who.equal else None,
        deceased="yes" if who.deceased else None,
        id=who.id or None,
    )


def orcid(who: Contributor) -> Element | None:
    """The ORCID iD as its address."""
    if not who.orcid:
        return None
    return el("contrib-id", ORCID + who.orcid, contrib_id_type="orcid")


def credit(role: str) -> Element:
    """A CRediT role, with the vocabulary it comes from."""
    term = CREDIT_TERMS.get(role) or role.replace("-", " ").capitalize()
    return el(
        "role",
        term,
        specific_use="generated",
        vocab="credit",
        vocab_identifier=CREDIT,
        vocab_term=term,
        vocab_term_identifier=f"{CREDIT}contributor-roles/{role}/",
    )


def volume_editors(book: Book) -> Element | None:
    """The editors of the volume, apart from the chapter's own contributors."""
    made = [
        el("contrib", orcid(who), person(who.name), contrib_type=who.role) for who in book.editors
    ]
    return el("contrib-group", made, content_type="volume-editors") if made else None


def affiliation(a: Affiliation) -> Element:
    """An affiliation in its parts; ROR identifies the institution."""
    ror = el("institution-id", a.ror, institution_id_type="ror") if a.ror else None
    named_institution = (
        el("institution-wrap", el("institution", a.institution), ror) if a.institution else None
    )
    return el(
        "aff",
        [el("institution", name, content_type="dept") for name in a.departments],
        named_institution,
        el("city", a.city) if a.city else None,
        el("country", a.country or a.country_code, country=a.country_code)
        if a.country_code
        else None,
        id=a.id,
    )


# ── dates, rights, money ──


def pub_date(record: Record) -> Element | None:
    """When the chapter, or else its volume, was published."""
    if not record.date:
        return None
    return el(
        "pub-date",
        date_parts(record.date),
        date_type="pub",
        iso_8601_date=record.date,
    )


def date_parts(iso: str) -> list[XmlNode]:
    """Day, month and year of an ISO date, as far as they are known."""
    names = ("year", "month", "day")
    made: list[XmlNode] = [el(n, p) for n, p in zip(names, iso.split("-"), strict=False)]
    return made[::-1]


def history(record: Record) -> Element | None:
    """When the chapter was received and accepted."""
    dates = [("received", record.received), ("accepted", record.accepted)]
    made = [
        el("date", date_parts(iso), date_type=kind, iso_8601_date=iso) for kind, iso in dates if iso
    ]
    return el("history", made) if made else None


def permissions(front: Element, record: Record, go: XmlGo) -> Element | None:
    """Copyright and licence; JATS4R: the address in ali:license_ref as well."""
    made: list[XmlNode] = []
    if record.copyright_text:
        made.append(el("copyright-statement", record.copyright_text))
    if record.copyright_year:
        made.append(el("copyright-year", record.copyright_year))
    if record.copyright_holder:
        made.append(el("copyright-holder", record.copyright_holder))
    if record.license_href:
        made.append(license_(child(front, "license"), record.license_href, go))
    return el("permissions", made) if made else None


def license_(e: Element | None, href: str, go: XmlGo) -> Element:
    """The licence by its address, its wording where there is one."""
    wording = go.inside(e) if e is not None else []
    return el(
        "license",
        el("ali:license_ref", href),
        el("license-p", wording) if wording else None,
        license_type="open-access" if "creativecommons.org" in href else None,
        xlink_href=href,
    )


def funding_group(funding: Iterable[Funding]) -> Element | None:
    """Funders and grant numbers."""
    made = [award_group(f) for f in funding]
    return el("funding-group", made) if made else None


def award_group(f: Funding) -> Element:
    """One funder with its grants."""
    ids = [("doi", f.doi), ("ror", f.ror)]
    wrapped = [el("institution-id", text, institution_id_type=kind) for kind, text in ids if text]
    named_funder: XmlNode = (
        el("institution-wrap", el("institution", f.funder), wrapped) if wrapped else f.funder
    )
    return el(
        "award-group",
        el("funding-source", named_funder) if f.funder else None,
        [el("award-id", number) for number in f.awards],
    )


# ── the volume ──


def volume_series(book: Book) -> Element | None:
    """The series of the volume and its number in it."""
    return el("volume-series", book.series) if book.series else None


def isbn(number: str, format_: str) -> Element:
    """An ISBN of the volume, by edition."""
    return el("isbn", number, content_type=format_ or None)


def book(b: Book, e: Element | None, go: XmlGo) -> Element | None:
    """The volume as related object: an article has no other honest place for it.

    A chapter is no article of a journal, so no journal-meta is made up.
    """
    if not b.title:
        return None
    fields = [
        ("volume-id", b.id),
        ("series", b.series),
        ("volume", b.series_number),
        ("issn", b.series_issn),
        ("edition", b.edition),
        ("publisher-name", b.publisher),
        ("publisher-loc", ", ".join(p for p in (b.place, b.country) if p)),
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


# ── abstracts, keywords, the rest ──


def abstracts(front: Element, record: Record, go: XmlGo) -> list[XmlNode]:
    """Abstracts in the chapter's language, then those in others, as the DTD orders them."""
    elements = children(front, "abstract")
    own = [e for e in elements if language_of(e) == record.language]
    others = [e for e in elements if e not in own]
    return [
        *(abstract("abstract", e, go) for e in own),
        *(abstract("trans-abstract", e, go) for e in others),
    ]


def abstract(name: str, e: Element, go: XmlGo) -> Element:
    """An abstract, typed by its kind."""
    kind = e.get("kind", "abstract")
    kind_ = None if kind == "abstract" else ABSTRACT_TYPES.get(kind, kind)
    return el(name, go.blocks(e), abstract_type=kind_, xml_lang=language_of(e), id=e.get("id"))


def keyword_groups(front: Element, go: XmlGo) -> list[XmlNode]:
    """Keywords by language."""
    return [
        el(
            "kwd-group",
            [el("kwd", go.inside(k)) for k in children(e, "keyword")],
            kwd_group_type="author",
            xml_lang=language_of(e),
            id=e.get("id"),
        )
        for e in children(front, "keywords")
    ]


def custom_meta(front: Element, record: Record, go: XmlGo) -> Element | None:
    """What JATS has no element for: the chapter's number and type, the citation line."""
    rows: list[tuple[str, list[XmlNode], str | None]] = []
    if record.number:
        rows.append(("chapter-number", [record.number], "generated"))
    if record.type != "chapter":
        rows.append(("chapter-type", [record.type], "generated"))
    if record.url:
        rows.append(("chapter-url", [record.url], "generated"))
    line = child(front, "citation-line")
    if line is not None:
        rows.append(("citation-line", go.inside(line), generated(line)))
    made = [
        el("custom-meta", el("meta-name", name), el("meta-value", value), specific_use=use)
        for name, value, use in rows
    ]
    return el("custom-meta-group", made) if made else None
