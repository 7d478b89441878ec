"""JATS: back matter and references, structured and as written, side by side."""

from __future__ import annotations

from collections.abc import Callable

from pubtool.model import Name, Reference, child, children
from pubtool.record import reference
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.writers.jats import Element, XmlGo, el, generated, jats, lang

# CSL-like types of the chapter → values of @publication-type that JATS4R and PMC know.
PUBLICATION_TYPES = {
    "article-journal": "journal",
    "article-newspaper": "newspaper",
    "article-magazine": "magazine",
    "paper-conference": "confproc",
    "entry-encyclopedia": "book",
    "webpage": "web",
    "dataset": "data",
    "speech": "other",
    "film": "other",
}
# Types that JATS puts under a wider one.
TOLD_APART = frozenset({"entry-encyclopedia", "speech", "film"})
# Where the title of a cited work goes, by type; part-title since JATS 1.3, for parts of books.
WHOLE_WORKS = frozenset({"book", "thesis", "report", "software", "manuscript", "film"})
PARTS = frozenset({"chapter", "entry-encyclopedia"})
ARTICLES = frozenset({"article-journal", "article-newspaper", "article-magazine"})
PERSON_GROUPS = {
    "container-author": "author",
    "series-editor": "editor",
    "interviewer": "interviewer",
    "recipient": "recipient",
}
PLAIN_FIELDS = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "volume-title": "volume-series",
    "first-page": "fpage",
    "last-page": "lpage",
    "publisher": "publisher-name",
    "place": "publisher-loc",
    "issn": "issn",
    "note": "comment",
}


@jats("references")
def references(e: Element, go: XmlGo) -> Element:
    """The list of references."""
    return el("ref-list", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


@jats("ref")
def ref(e: Element, go: XmlGo) -> Element:
    """A reference: its fields and its wording as alternatives; without fields, its wording."""
    facts = reference(e)
    kind = publication_type(facts)
    written = child(e, "as-written")
    mixed = el(
        "mixed-citation",
        go.inside(written) if written is not None else None,
        publication_type=kind,
        xml_lang=facts.language or None,
        specific_use=generated(written) if written is not None else None,
    )
    chosen = go.options.get("citations", "both")
    if not facts.structured or chosen == "mixed":
        return el("ref", mixed, id=facts.id)
    if chosen == "element":
        return el("ref", granular(e, facts, go), id=facts.id)
    return el("ref", el("citation-alternatives", granular(e, facts, go), mixed), id=facts.id)


def publication_type(facts: Reference) -> str:
    """The type of a cited work in the words of JATS."""
    return PUBLICATION_TYPES.get(facts.type, facts.type)


def granular(e: Element, facts: Reference, go: XmlGo) -> Element:
    """`element-citation`: every field in an element of its own."""
    fields = [field for part in e for field in granular_field(part, facts, go)]
    return el(
        "element-citation",
        person_groups(facts.names),
        fields,
        publication_type=publication_type(facts),
        specific_use=facts.type if facts.type in TOLD_APART else None,
        xml_lang=facts.language or None,
    )


def granular_field(part: Element, facts: Reference, go: XmlGo) -> list[XmlNode]:
    """What one field of a reference becomes."""
    name = local(part)
    if name in ("name", "collab", "as-written"):
        return []
    if name in PLAIN_FIELDS:
        return [el(PLAIN_FIELDS[name], go.inside(part), xml_lang=lang(part), id=part.get("id"))]
    made = GRANULAR[name](part, facts, go)
    return made if isinstance(made, list) else [made]


def said_by_type(part: Element, facts: Reference, go: XmlGo) -> Element:
    """A field for which JATS has only a wider one, which then says what it holds."""
    wider = {"number": "issue", "genre": "comment", "language": "named-content"}
    name = local(part)
    return el(wider[name], part.text, content_type=name)


def isbn(part: Element, facts: Reference, go: XmlGo) -> Element:
    """An ISBN, and the edition it stands for."""
    return el("isbn", part.text, publication_format=part.get("format"))


def series(part: Element, facts: Reference, go: XmlGo) -> list[XmlNode]:
    """The series of the work, its number and ISSN."""
    number, issn = part.get("number"), part.get("issn")
    return [
        el("series", go.inside(part)),
        *([el("volume-id", number, pub_id_type="series")] if number else []),
        *([el("issn", issn, content_type="series")] if issn else []),
    ]


def identifier(part: Element, facts: Reference, go: XmlGo) -> Element:
    """An article's number, or an identifier of the work by its type."""
    kind = part.get("type")
    if kind == "elocation-id":
        return el("elocation-id", part.text)
    return el("pub-id", part.text, pub_id_type=kind)


def cited_title(part: Element, facts: Reference, go: XmlGo) -> Element:
    """The title of the work itself, in its own case; what stands in no other work is a source."""
    stands_in = facts.get("container-title") or facts.type in ARTICLES
    if facts.type in PARTS or (facts.type == "book" and stands_in):
        return named_title("part-title", part, go)
    if stands_in:
        return named_title("article-title", part, go)
    # Of other kinds of works a reader could take the source for what they stand in.
    use = None if facts.type in WHOLE_WORKS else "title"
    return named_title("source", part, go, use)


def named_title(name: str, part: Element, go: XmlGo, use: str | None = None) -> Element:
    """A title with its markup and language."""
    content = go.inside(part)
    return el(name, content, specific_use=use, xml_lang=lang(part), id=part.get("id"))


def container(part: Element, facts: Reference, go: XmlGo) -> Element:
    """The work it stands in."""
    return named_title("source", part, go)


def year(part: Element, facts: Reference, go: XmlGo) -> Element:
    """The year as printed, with the ISO date where it is plain."""
    text = part.text or ""
    return el("year", text, iso_8601_date=text if text.isdigit() else None)


def date(part: Element, facts: Reference, go: XmlGo) -> Element:
    """A full date; a range keeps its ISO form as its text, the year marked in it."""
    iso = (part.text or "").strip()
    if "/" in iso:
        year = el("year", iso[:4])
        return el("string-date", year, iso[4:], content_type="published", iso_8601_date=iso)
    parts = iso.split("-")
    names = ("year", "month", "day")
    made = [el(name, value) for name, value in zip(names, parts, strict=False)]
    return el("date", reversed(made), iso_8601_date=iso, date_type="published")


def accessed(part: Element, facts: Reference, go: XmlGo) -> Element:
    """When a web page was read."""
    iso = (part.text or "").strip()
    return el("date-in-citation", iso, content_type="access-date", iso_8601_date=iso)


def doi(part: Element, facts: Reference, go: XmlGo) -> Element:
    """The DOI of the work."""
    return el("pub-id", facts.get("doi"), pub_id_type="doi")


def url(part: Element, facts: Reference, go: XmlGo) -> Element:
    """The address of the work."""
    address = facts.get("url")
    return el("ext-link", address, ext_link_type="uri", xlink_href=address)


GRANULAR: dict[str, Callable[[Element, Reference, XmlGo], Element | list[XmlNode]]] = {
    "number": said_by_type,
    "genre": said_by_type,
    "language": said_by_type,
    "isbn": isbn,
    "series": series,
    "identifier": identifier,
    "title": cited_title,
    "container-title": container,
    "year": year,
    "date": date,
    "accessed": accessed,
    "doi": doi,
    "url": url,
}


def person_groups(names: tuple[Name, ...]) -> list[XmlNode]:
    """Names by what they did, in the order of their first appearance."""
    roles = dict.fromkeys(name.role for name in names)
    return [
        el(
            "person-group",
            [person(name) for name in names if name.role == role],
            person_group_type=PERSON_GROUPS.get(role, role),
            specific_use=role if PERSON_GROUPS.get(role, role) != role else None,
        )
        for role in roles
    ]


def person(name: Name) -> Element:
    """A personal name in its parts, or a group."""
    if name.collab:
        return el("collab", name.collab)
    return el(
        "name",
        el("surname", name.family),
        el("given-names", name.given) if name.given else None,
        el("prefix", name.prefix) if name.prefix else None,
        el("suffix", name.suffix) if name.suffix else None,
    )


# ── the rest of the back matter ──


@jats("ack")
def ack(e: Element, go: XmlGo) -> Element:
    """Acknowledgements."""
    return el("ack", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


NOTES_TYPES = {
    "conflict": "coi-statement",
    "data": "data-availability",
    "contributions": "author-contributions",
}


@jats("statement")
def statement(e: Element, go: XmlGo) -> Element:
    """A declaration, typed as JATS4R asks."""
    kind = e.get("kind", "")
    notes_type = NOTES_TYPES.get(kind, kind)
    return el("notes", go.blocks(e), notes_type=notes_type, id=e.get("id"), xml_lang=lang(e))


@jats("app")
def app(e: Element, go: XmlGo) -> Element:
    """An appendix."""
    return el("app", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


@jats("glossary")
def glossary(e: Element, go: XmlGo) -> Element:
    """A glossary."""
    return el("glossary", go.blocks(e), id=e.get("id"), xml_lang=lang(e))


def back(e: Element, go: XmlGo) -> list[XmlNode]:
    """Everything in `<back>`; appendices stand together in an app-group."""
    apps = children(e, "app")
    before = [part for part in e if local(part) in ("ack", "statement")]
    after = [part for part in e if local(part) in ("glossary", "references")]
    group: list[XmlNode] = [el("app-group", go.each(apps))] if apps else []
    return [*go.each(before), *group, *go.each(after)]
