"""Every setting of pubtool.toml, as frozen dataclasses: the field names are the TOML keys.

`python` names use underscores where TOML uses hyphens (`input_megabytes` ↔ `input-megabytes`),
and end in one where TOML has a keyword of Python (`import_` ↔ `import`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Person:
    """`[[book.editor]]`: a person of the volume, or a group (`collab`)."""

    given: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""
    collab: str = ""
    orcid: str = ""
    role: str = "editor"


@dataclass(frozen=True, slots=True)
class BookFacts:
    """`[book]`: the volume's facts, said once for all chapters; a chapter's own `<book>` wins."""

    id: str = ""
    title: str = ""
    subtitle: str = ""
    language: str = ""
    editor: tuple[Person, ...] = ()
    series: str = ""
    series_number: str = ""
    series_issn: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    country: str = ""
    year: str = ""
    isbn: dict[str, str] = field(default_factory=dict)
    doi: str = ""
    url: str = ""
    license: str = ""
    copyright_holder: str = ""
    copyright_year: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """`[project]`: which chapters there are and what becomes of them."""

    chapters: tuple[str, ...] = ("chapters/*.xml",)
    build: str = "build"
    formats: tuple[str, ...] = ("jats", "html", "pdf", "epub")
    language: str = ""
    bibliography: tuple[str, ...] = ()


CLASSIC = "classic"


@dataclass(frozen=True, slots=True)
class Style:
    """`[style]`: how pages look; sizes as CSS lengths. `name` is a built-in style or a house's."""

    name: str = CLASSIC
    fonts: tuple[str, ...] = ()
    page_size: str = ""
    font_size: str = ""
    link_color: str = ""


@dataclass(frozen=True, slots=True)
class Pdf:
    """`[pdf]`: `line_breaking` is optimal (whole paragraphs at once) or greedy (line by line)."""

    line_breaking: str = "optimal"


@dataclass(frozen=True, slots=True)
class Print:
    """`[print]`: what the press asks for. `rgb` says what becomes of RGB images."""

    icc: str = ""
    trim: str = ""
    bleed: str = "3mm"
    marks: bool = True
    rgb: str = "convert"


@dataclass(frozen=True, slots=True)
class Images:
    """`[images]`: pixels an inch that print asks for at least, and a screen at most (0: any)."""

    print_dpi: int = 300
    screen_dpi: int = 0


@dataclass(frozen=True, slots=True)
class Numbering:
    """`[numbering]`: what is counted beyond what the chapter numbers itself."""

    sections: bool = False
    by_chapter: bool = False


@dataclass(frozen=True, slots=True)
class Epub:
    """`[epub]`: what only the publisher can say of its EPUBs; nothing of it is claimed by default.

    `conforms_to` is "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" or the like, after an evaluation;
    `cover` an image of the project; `summary` replaces the summary that is generated; `fonts` are
    families to embed, cut down to the letters of the chapter.
    """

    conforms_to: str = ""
    certified_by: str = ""
    certifier_credential: str = ""
    certifier_report: str = ""
    summary: str = ""
    cover: str = ""
    fonts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """`[house]`: the publisher's own rules."""

    schematron: str = ""


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """`[format.NAME]`: `after` is an XSLT 1.0 stylesheet applied to the XML a writer made."""

    after: str = ""


JATS_VERSIONS = ("1.3", "1.4")
JATS_CITATIONS = ("both", "element", "mixed")
JATS_PROFILES = ("generic", "jats4r", "pmc", "crossref", "scielo")


@dataclass(frozen=True, slots=True)
class Jats:
    """`[jats]`: the XML for repositories, JATS and BITS alike.

    `version` of JATS, 1.3 or 1.4; `citations` as fields ("element"), as written ("mixed") or
    "both" side by side; `profile` names the receiver whose rules are held to.
    """

    version: str = "1.3"
    citations: str = "both"
    profile: str = "generic"


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """`[check.limits]`: where editorial rules begin to speak."""

    abstract_words: int = 250
    keywords_least: int = 3
    keywords_most: int = 8
    title_characters: int = 200
    heading_characters: int = 120
    heading_depth: int = 4
    paragraph_words: int = 400
    unbroken_words: int = 2000
    quotation_words: int = 7
    alt_characters: int = 250
    print_pixels: int = 1200


# The places a chapter's facts go to, each with needs of its own.
TARGETS = ("jats", "crossref", "datacite", "dspace", "onix", "oapen", "epub-a11y")


@dataclass(frozen=True, slots=True)
class Import:
    """`[import]`: how manuscripts are read.

    `track_changes`: all (kept as queries), accept or reject. `styles`: the name of a style of Word
    or LibreOffice → what its paragraphs are ("title", "heading-2", "disp-quote", …).
    """

    track_changes: str = "all"
    styles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crossref:
    """`[crossref]`: what a deposit says beyond the chapter.

    `email` gets Crossref's answer; `depositor` and `registrant` default to the publisher;
    `deposit` counts the deposits of a chapter, since Crossref takes only rising time stamps;
    with `book`, the volume's own DOI is registered too.
    """

    email: str = ""
    depositor: str = ""
    registrant: str = ""
    deposit: int = 1
    book: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """`[deposit.NAME]`: a repository that chapters are deposited in; a token never stands here.

    `kind` is the protocol it speaks, `collection` where it files the chapter, `profile` the name
    of a form or a kind of item of its own; `formats` the artifacts it gets. `user` goes with a
    password as token. `package` is the kind of package a SWORD server takes.
    """

    kind: str = ""
    address: str = ""
    collection: str = ""
    profile: str = ""
    formats: tuple[str, ...] = ("pdf", "epub", "jats")
    package: str = ""
    user: str = ""
    token_file: str = ""
    sandbox: bool = False


ACCESS = ("open", "restricted")


@dataclass(frozen=True, slots=True)
class Packaging:
    """`[package]`: what packages and deposits state beyond the chapter.

    `access` is open or restricted; unsaid, the files are open where a licence is named and closed
    where none is. `embargo` is the date until which they stay closed. `collections` are the
    handles of the DSpace collections the chapter goes to, the owning one first.
    """

    access: str = ""
    embargo: str = ""
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citations:
    """`[citations]`: the CSL style of citations and references; empty, they stay as written."""

    style: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`[check]`: how much is checked by default: quick, full or none; and which editorial rules."""

    level: str = "full"
    targets: tuple[str, ...] = ("jats",)
    abbreviations: tuple[str, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    limits: CheckLimits = CheckLimits()


@dataclass(frozen=True, slots=True)
class Limits:
    """`[limits]`: what one file, one chapter, one process may cost.

    `chapter_megabytes` is what may be allocated at one chapter; a worker that stays above
    `worker_megabytes` between chapters is replaced by a new one.
    """

    input_megabytes: int = 50
    image_megabytes: int = 100
    pandoc_seconds: int = 120
    pandoc_megabytes: int = 4096
    import_words: int = 300_000
    chapter_seconds: int = 600
    chapter_megabytes: int = 4096
    worker_megabytes: int = 1000


@dataclass(frozen=True, slots=True)
class Cache:
    """`[cache]`: how much may be kept of earlier runs."""

    megabytes: int = 2000


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of pubtool.toml; `root` is the folder it stands in."""

    root: Path = Path()
    file: str = ""
    project: Project = Project()
    book: BookFacts = BookFacts()
    style: Style = Style()
    pdf: Pdf = Pdf()
    print: Print = Print()
    images: Images = Images()
    numbering: Numbering = Numbering()
    house: House = House()
    epub: Epub = Epub()
    format: dict[str, FormatOptions] = field(default_factory=dict)
    crossref: Crossref = Crossref()
    package: Packaging = Packaging()
    citations: Citations = Citations()
    jats: Jats = Jats()
    import_: Import = Import()
    check: Check = Check()
    limits: Limits = Limits()
    cache: Cache = Cache()
    deposit: dict[str, Target] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def with_jats(self, version: str | None = None, profile: str | None = None) -> Settings:
        """These settings with what the command line says about [jats]."""
        jats = replace(
            self.jats,
            version=version or self.jats.version,
            profile=profile or self.jats.profile,
        )
        return replace(self, jats=jats)
