"""EPUB: the package document, the navigation document, and what they truthfully claim.

Sources: EPUB 3.3 (5, 7), EPUB Accessibility 1.1 (2.2), schema.org accessibility vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lxml import etree

from pubtool.edition import Edition
from pubtool.labels import written_in
from pubtool.model import Book, Contributor, Isbn, Localized, Record, q, text_of
from pubtool.source import MATHML, local
from pubtool.writers.epub_text import TYPE, XHTML
from pubtool.writers.templates import filled

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "woff": "font/woff",
}
RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "series-editor": "pbd",
    "contributor": "ctb",
}
# The date of chapters that name none: a constant, so that nothing depends on a clock.
NO_DATE = "2000-01-01"
LANDMARKS = {
    "doc-abstract": "abstract",
    "doc-introduction": "introduction",
    "doc-conclusion": "conclusion",
    "doc-bibliography": "bibliography",
    "doc-endnotes": "endnotes",
    "doc-acknowledgments": "acknowledgments",
    "doc-glossary": "glossary",
    "doc-appendix": "appendix",
}
Element = etree._Element


def container() -> bytes:
    """Where the package document is (EPUB OCF 3.3, 4.2.6.3)."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        b'<rootfiles><rootfile full-path="EPUB/package.opf"'
        b' media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )


def package(edition: Edition, text: Element, media: list[str], **made: Any) -> bytes:
    """The package document. `made` are the identifier, the cover and the seal of the book."""
    record = edition.chapter.record
    return render(
        "epub-package.xml",
        edition,
        **made,
        epub=edition.settings.epub,
        modified=f"{full_date(record.date)}T00:00:00Z",
        creators=[person(c) for c in record.contributors if c.role == "author" and named(c)],
        contributors=[
            person(c)
            for c in (*(c for c in record.contributors if c.role != "author"), *record.book.editors)
            if named(c)
        ],
        media=[
            {"id": f"media{n}", "href": name.removeprefix("EPUB/"), "type": media_type(name)}
            for n, name in enumerate(media, 1)
        ],
        languages=languages(record),
        description=description(record),
        rights=rights(record),
        volume_names=volume_names(record.book),
        mathml=has_maths(text),
        print_isbn=print_isbn(record.book.isbns),
        access=claims(edition, text),
    )


def navigation(edition: Edition, text: Element) -> bytes:
    """Contents with the very words of the headings, landmarks, and pages of the print edition."""
    chapter = next(e for e in text.iter(f"{{{XHTML}}}section"))
    return render(
        "epub-nav.xhtml",
        edition,
        contents=entry(chapter),
        landmarks=landmarks(text, edition.chapter.labels),
        pages=[(e.get("data-page"), e.get("id")) for e in page_breaks(text)],
    )


def render(template: str, edition: Edition, **values: Any) -> bytes:
    """A document of the book, made from a template. Raises Unreadable (PT802)."""
    return filled(template, edition, **values).encode("utf-8")


# ── people and dates ──


def named(who: Contributor) -> bool:
    """True for somebody who has a name."""
    return bool(who.name.display)


def person(who: Contributor) -> dict[str, str]:
    """Name, sorting name, MARC relator and iD of somebody."""
    return {
        "name": who.name.display,
        "file_as": who.name.inverted,
        "role": RELATORS.get(who.role, "ctb"),
        "orcid": f"https://orcid.org/{who.orcid}" if who.orcid else "",
    }


def full_date(date: str) -> str:
    """A date with month and day, the first ones where they are not said."""
    parts = date.split("/")[0].split("-") if date[:4].isdigit() else NO_DATE.split("-")
    return "-".join([*parts, "01", "01"][:3])


# ── what is said of the chapter and its volume ──


def languages(record: Record) -> list[str]:
    """The language of the chapter first, then those of its abstracts."""
    return list(dict.fromkeys([record.language, *(a.language for a in record.abstracts)]))


def description(record: Record) -> Localized | None:
    """The abstract in the language of the chapter, else the first."""
    own = (a for a in record.abstracts if a.language == record.language)
    return next(chain(own, record.abstracts), None)


def rights(record: Record) -> list[str]:
    """What is said of licence and copyright, in words where there are some."""
    said = (record.license_text or record.license_href, record.copyright_text)
    return [text for text in said if text]


def volume_names(book: Book) -> list[str]:
    """The ISBNs and the DOI of the volume, which the chapter's EPUB is not."""
    numbers = (f"urn:isbn:{bare(i.number)}" for i in book.isbns)
    return [*dict.fromkeys(numbers), *([f"https://doi.org/{book.doi}"] if book.doi else [])]


def bare(number: str) -> str:
    """An ISBN without its hyphens."""
    return number.replace("-", "").replace(" ", "")


def print_isbn(isbns: tuple[Isbn, ...]) -> str:
    """The ISBN of the printed volume, whose pages are counted."""
    printed = [i.number for i in isbns if i.format in ("print", "hardback", "paperback")]
    return bare(printed[0]) if printed else ""


def media_type(name: str) -> str:
    """The media type of a file of the book, by its ending."""
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


# ── contents ──


@dataclass(frozen=True)
class Entry:
    """A line of the contents and those below it."""

    id: str
    label: str
    below: tuple[Entry, ...]


def entry(section: Element) -> Entry:
    """A section of the text and the sections within it as contents."""
    heading = next(e for e in section if local(e) in ("h1", "h2", "h3", "h4", "h5", "h6"))
    inner = [e for e in section.iter(f"{{{XHTML}}}section") if nearest(e) is section]
    below = tuple(entry(e) for e in inner if e.get("aria-labelledby"))
    return Entry(section.get("id", ""), " ".join("".join(heading.itertext()).split()), below)


def nearest(e: Element) -> Element | None:
    """The section around a section."""
    return next(iter(e.iterancestors(f"{{{XHTML}}}section")), None)


def landmarks(text: Element, labels: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(type, address, label) of the parts one may want to jump to, each kind once."""
    chapter = next(e for e in text.iter(f"{{{XHTML}}}section"))
    found = [
        ("cover", "text/cover.xhtml", labels["cover"]),
        ("titlepage", "text/title.xhtml", labels["title-page"]),
        ("toc", "nav.xhtml#toc", labels["contents"]),
        ("bodymatter", f"text/chapter.xhtml#{chapter.get('id')}", entry(chapter).label),
    ]
    for section in text.iter(f"{{{XHTML}}}section"):
        kind = LANDMARKS.get(section.get("role", ""))
        if kind and kind not in [k for k, _, _ in found]:
            href = f"text/chapter.xhtml#{section.get('id')}"
            found.append((kind, href, entry(section).label))
    return found


def page_breaks(text: Element) -> list[Element]:
    """The places where printed pages start, in order."""
    return [e for e in text.iter(f"{{{XHTML}}}span") if e.get(TYPE) == "pagebreak"]


# ── accessibility, computed from the content ──


def has_maths(text: Element) -> bool:
    """True if there is MathML in the text."""
    return next(text.iter(f"{{{MATHML}}}math"), None) is not None


def telling_images(root: Element) -> list[Element]:
    """What holds an image that carries meaning: not ornaments, not tables set as tables."""
    holders = root.iter(q("fig"), q("inline-graphic"), q("table-wrap"))
    return [e for e in holders if e.get("decorative") != "yes" and e.find(q("table")) is None]


def claims(edition: Edition, text: Element) -> dict[str, Any]:
    """Modes, features and summary that are true of this text."""
    telling = telling_images(edition.chapter.root)
    described = bool(telling) and all(text_of(e, "alt") for e in telling)
    long_desc = any("long-desc" in (e.get("class") or "") for e in text.iter(f"{{{XHTML}}}div"))
    facts = {
        "MathML": has_maths(text),
        "alternativeText": described,
        "longDescription": long_desc,
        "pageBreakMarkers": bool(page_breaks(text)),
        "pageNavigation": bool(page_breaks(text)),
    }
    always = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    labels = edition.chapter.labels
    sentences = [
        labels["access-text"],
        labels["access-images"] if described else "",
        labels["access-maths"] if facts["MathML"] else "",
        labels["access-pages"] if facts["pageBreakMarkers"] else "",
    ]
    return {
        "modes": ["textual", "visual"] if telling else ["textual"],
        "sufficient": ["textual"] if described or not telling else ["textual,visual"],
        "features": [*always, *(name for name, true in facts.items() if true)],
        "summary": " ".join(s for s in sentences if s),
        "language": written_in(edition.chapter.record.language, edition.settings.labels),
    }
