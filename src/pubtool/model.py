"""The chapter as values: frozen dataclasses for the facts, a resolved tree for the prose.

`Record` is what metadata formats read; `Chapter` is what every writer gets. Titles are plain text
here; a writer that wants their markup takes the element from the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from pubtool.settings import BookFacts, Person
from pubtool.source import LANG, NAMESPACE, local
from pubtool.text import doi as bare_doi
from pubtool.text import orcid as bare_orcid
from pubtool.text import squeeze

# Elements whose text is not part of what the parent says.
SILENT = frozenset({"fn", "index-term", "query", "label"})


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name in its parts, a group (`collab`), or nobody named (all empty)."""

    given: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""
    collab: str = ""
    role: str = "author"

    @property
    def display(self) -> str:
        """As on a title page: "Govhar Bakhshaliyeva"."""
        return self.collab or " ".join(p for p in (self.given, self.family, self.suffix) if p)

    @property
    def inverted(self) -> str:
        """As in a catalogue: "Bakhshaliyeva, Govhar"."""
        return self.collab or ", ".join(p for p in (self.family, self.given, self.suffix) if p)

    @property
    def initials(self) -> str:
        """Given names as initials: "Ş. A."."""
        return " ".join(f"{part[0]}." for part in self.given.replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address as written, and whether it may be published."""

    address: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Contributor:
    """A contributor of the chapter or an editor of the volume."""

    name: Name
    role: str = "author"
    id: str = ""
    orcid: str = ""
    emails: tuple[Email, ...] = ()
    credit: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    corresponding: bool = False
    equal: bool = False
    deceased: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where contributors work."""

    id: str
    departments: tuple[str, ...] = ()
    institution: str = ""
    ror: str = ""
    city: str = ""
    country: str = ""
    country_code: str = ""

    @property
    def display(self) -> str:
        """The parts in their order, separated by commas."""
        parts = (*self.departments, self.institution, self.city, self.country)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN as written and the edition it stands for ("" if not said)."""

    number: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The volume a chapter belongs to; a field that is not known is empty."""

    id: str = ""
    title: str = ""
    subtitle: str = ""
    language: str = ""
    editors: tuple[Contributor, ...] = ()
    series: str = ""
    series_number: str = ""
    series_issn: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    country: str = ""
    year: str = ""
    isbns: tuple[Isbn, ...] = ()
    doi: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """A funder and the numbers of its grants."""

    funder: str = ""
    doi: str = ""
    ror: str = ""
    awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Localized:
    """Text with its language, and its kind where there are several."""

    language: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference's fields as plain text; `fields` keeps those that stand alone by element name."""

    id: str
    type: str
    names: tuple[Name, ...]
    fields: dict[str, str]
    as_written: str
    language: str = ""

    def get(self, name: str) -> str:
        """A field by its element name, or ""."""
        return self.fields.get(name, "")

    @property
    def year(self) -> str:
        """The year as printed, or the year of the date."""
        return self.get("year") or self.get("date")[:4]

    @property
    def structured(self) -> bool:
        """True if anything but the author's wording is known."""
        return bool(self.names or self.fields)


@dataclass(frozen=True, slots=True)
class Record:
    """Every fact of a chapter's front matter, the volume's facts inherited."""

    id: str
    language: str
    title: str
    type: str = "chapter"
    number: str = ""
    subtitle: str = ""
    short_title: str = ""
    trans_titles: tuple[Localized, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    abstracts: tuple[Localized, ...] = ()
    keywords: tuple[tuple[str, tuple[str, ...]], ...] = ()
    doi: str = ""
    url: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    first_page: str = ""
    last_page: str = ""
    received: str = ""
    accepted: str = ""
    published: str = ""
    license_href: str = ""
    license_text: str = ""
    copyright_year: str = ""
    copyright_holder: str = ""
    copyright_text: str = ""
    funding: tuple[Funding, ...] = ()
    citation_line: str = ""
    book: Book = field(default_factory=Book)
    references: tuple[Reference, ...] = ()

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """Those contributors whose role is author."""
        return tuple(c for c in self.contributors if c.role == "author")

    @property
    def full_title(self) -> str:
        """Title and subtitle, with a colon between them."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def date(self) -> str:
        """When the chapter was published, else the volume's year, else ""."""
        return self.published or self.book.year

    def affiliation(self, id_: str) -> Affiliation | None:
        """The affiliation of that id."""
        return next((a for a in self.affiliations if a.id == id_), None)


@dataclass(frozen=True)
class Chapter:
    """What every writer gets: the facts, the resolved tree, and the labels of its language.

    Elements of the tree carry their place in the file as an attribute (`rules.AT`), numbers as
    `<label>` first children, and `generated="yes"` where pubtool, not the author, wrote the text.
    """

    file: str
    record: Record
    root: etree._Element
    labels: dict[str, str]
    running_author: str
    running_title: str

    @property
    def front(self) -> etree._Element:
        """The `<front>` of the resolved tree."""
        return self.root[0]

    @property
    def body(self) -> etree._Element:
        """The `<body>` of the resolved tree."""
        return self.root[1]

    @property
    def back(self) -> etree._Element | None:
        """The `<back>` of the resolved tree, if there is one."""
        return self.root[2] if len(self.root) > 2 else None

    @property
    def references(self) -> etree._Element | None:
        """The list of references, if there is one."""
        return child(self.back, "references") if self.back is not None else None


def q(name: str) -> str:
    """An element name in the chapter namespace."""
    return f"{{{NAMESPACE}}}{name}"


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return element.find(q(name))


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """All children of that name."""
    return element.findall(q(name))


def plain(element: etree._Element | None) -> str:
    """The text of an element on one line, without notes, index terms, queries and labels."""
    return squeeze("".join(_spoken(element))) if element is not None else ""


def _spoken(element: etree._Element) -> list[str]:
    parts = [element.text or ""]
    for inner in element:
        if local(inner) == "break":
            parts.append(" ")
        elif local(inner) not in SILENT:
            parts.extend(_spoken(inner))
        parts.append(inner.tail or "")
    return parts


def language_of(element: etree._Element) -> str:
    """The language an element's text is in: its own xml:lang or the nearest one around it."""
    here: etree._Element | None = element
    while here is not None:
        if language := here.get(LANG):
            return language
        here = here.getparent()
    return ""


def text_of(element: etree._Element, name: str) -> str:
    """The plain text of the first child of that name, or ""."""
    return plain(child(element, name))


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
    blocks = [plain(p) for p in e.iter(q("p"))]
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
