"""Every setting of pubtool.toml, as frozen dataclasses: the field names are the TOML keys.

`python` names use underscores where TOML uses hyphens (`input_megabytes` ↔ `input-megabytes`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Style:
    """`[style]`: how pages look; sizes as CSS lengths."""

    fonts: tuple[str, ...] = ()
    page_size: str = ""
    font_size: str = ""
    link_color: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """`[numbering]`: what is counted beyond what the chapter numbers itself."""

    sections: bool = False
    by_chapter: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """`[house]`: the publisher's own rules."""

    schematron: str = ""


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """`[format.NAME]`: `after` is an XSLT 1.0 stylesheet applied to the XML a writer made."""

    after: str = ""


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
class Citations:
    """`[citations]`: the CSL style of citations and references; empty, they stay as written."""

    style: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`[check]`: how much is checked by default: quick, full or none."""

    level: str = "full"


@dataclass(frozen=True, slots=True)
class Limits:
    """`[limits]`: what one file may cost."""

    input_megabytes: int = 50
    image_megabytes: int = 100
    pandoc_seconds: int = 120
    pandoc_megabytes: int = 4096


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of pubtool.toml; `root` is the folder it stands in."""

    root: Path = Path()
    file: str = ""
    project: Project = Project()
    book: BookFacts = BookFacts()
    style: Style = Style()
    numbering: Numbering = Numbering()
    house: House = House()
    format: dict[str, FormatOptions] = field(default_factory=dict)
    crossref: Crossref = Crossref()
    citations: Citations = Citations()
    check: Check = Check()
    limits: Limits = Limits()
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
