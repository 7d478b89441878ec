"""JATS: the front matter, made from the Record; prose and marked-up titles from the tree."""

from __future__ import annotations

from pubtool.model import (
    Record,
    child,
    children,
    language_of,
    plain,
)
from pubtool.rules import XmlNode
from pubtool.writers.jats import Element, XmlGo, el, generated, jats, lang
from pubtool.writers.jats_book import book, isbn, volume_series
from pubtool.writers.jats_people import affiliation, contributors, volume_editors

FUNDER_REGISTRY = {
    "vocab": "open-funder-registry",
    "vocab_identifier": "https://doi.org/10.13039/open_funder_registry",
}
OTHER_FORMATS = ("html", "pdf", "epub")
ABSTRACT_TYPES = {"summary": "executive-summary", "plain-language": "plain-language-summary"}

jats.reads(
    "chapter", "front", "body", "back", "subtitle", "short-title", "trans-title", "contributor",
    "name", "prefix", "given", "family", "suffix", "collab", "anonymous", "orcid", "email",
    "bio", "affiliation", "department", "institution", "city", "country", "abstract",
    "keywords", "keyword", "identifiers", "doi", "url", "identifier", "pages", "dates", "license",
    "copyright", "citation-line", "book", "editor", "series",
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
        self_uris(record, go),
        book(record.book, child(front, "book"), go),
        abstracts(front, record, go),
        keyword_groups(front, go),
        funding_group(front, go),
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
        other_titles(front, go),
    )


def other_titles(front: Element, go: XmlGo) -> list[XmlNode]:
    """Subtitle, titles in other languages, and the title of the running head."""
    return [
        *(el("subtitle", go.inside(e), xml_lang=lang(e)) for e in children(front, "subtitle")),
        *(
            el("trans-title-group", el("trans-title", go.inside(e)), xml_lang=lang(e))
            for e in children(front, "trans-title")
        ),
        *(
            el("alt-title", go.inside(e), alt_title_type="running-head", xml_lang=lang(e))
            for e in children(front, "short-title")
        ),
    ]


# ── dates, rights, money ──


def pub_date(record: Record) -> Element | None:
    """When the chapter, or else its volume, was published."""
    return dated("pub-date", record.date, "pub") if record.date else None


def dated(name: str, when: str, kind: str) -> Element:
    """A date in its parts, with its ISO form; what is no date ("n.d.") only as it is printed."""
    iso = when if when[:4].isdigit() and when[4:5] in ("", "-", "/") else None
    return el(name, date_parts(when) if iso else printed(when), date_type=kind, iso_8601_date=iso)


def date_parts(iso: str) -> list[XmlNode]:
    """Day, month and year of an ISO date, as far as they are known; a range also as one."""
    start, _, end = iso.partition("/")
    names = ("year", "month", "day")
    if end:
        return [el("year", start[:4]), el("string-date", iso)]
    made: list[XmlNode] = [el(n, p) for n, p in zip(names, start.split("-"), strict=False)]
    return made[::-1]


def printed(when: str) -> Element:
    """A date that is none."""
    return el("string-date", when)


def history(record: Record) -> Element | None:
    """When the chapter was received and accepted."""
    made = history_dates(record)
    return el("history", made) if made else None


def history_dates(record: Record) -> list[XmlNode]:
    """The dates before publication."""
    dates = [("received", record.received), ("accepted", record.accepted)]
    return [dated("date", iso, kind) for kind, iso in dates if iso]


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


def self_uris(record: Record, go: XmlGo) -> list[XmlNode]:
    """Where the chapter itself is: its address, and the files made beside this one."""
    known = [("landing-page", record.url)]
    known += [(name, go.options["beside"].get(name, "")) for name in OTHER_FORMATS]
    return [el("self-uri", content_type=kind, xlink_href=href) for kind, href in known if href]


def funding_group(front: Element, go: XmlGo) -> Element | None:
    """Funders and grant numbers."""
    made = go.each(children(front, "funding"))
    return el("funding-group", made) if made else None


@jats("funding")
def funding(e: Element, go: XmlGo) -> Element:
    """One funder with its grants."""
    return el("award-group", go.each(children(e, "funder")), go.each(children(e, "award")))


@jats("award")
def award(e: Element, go: XmlGo) -> Element:
    """The number of a grant."""
    return el("award-id", plain(e))


@jats("funder")
def funder(e: Element, go: XmlGo) -> Element:
    """Who gave the money; JATS4R: an id of the Open Funder Registry names its vocabulary."""
    return named_funder(e, FUNDER_REGISTRY)


def named_funder(e: Element, registry: dict[str, str]) -> Element:
    """A funder, its identifiers beside the name."""
    ids = [
        el(
            "institution-id",
            text,
            institution_id_type=kind,
            **(registry if text.startswith("10.13039/") else {}),
        )
        for kind in ("doi", "ror")
        if (text := e.get(kind))
    ]
    name = plain(e)
    wrapped = el("institution-wrap", el("institution", name), ids) if ids else name
    return el("funding-source", wrapped)


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
    line = child(front, "citation-line")
    if line is not None:
        rows.append(("citation-line", go.inside(line), generated(line)))
    made = [
        el("custom-meta", el("meta-name", name), el("meta-value", value), specific_use=use)
        for name, value, use in rows
        if any(not isinstance(part, str) or part.strip() for part in value)
    ]
    return el("custom-meta-group", made) if made else None
