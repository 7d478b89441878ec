"""The chapter as values: frozen dataclasses for the facts, a resolved tree for the prose.

`Record` is what metadata formats read; `Chapter` is what every writer gets. Titles are plain text
here; a writer that wants their markup takes the element from the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pubtool.source import LANG, NAMESPACE, local
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
    if local(element) == "inline-formula":
        # One of its forms is enough: TeX if there is any, else what it is called, else its signs.
        forms = (child(element, "tex"), child(element, "alt"), element)
        return ["".join(next(f for f in forms if f is not None).itertext())]
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
