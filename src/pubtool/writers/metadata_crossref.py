"""Crossref: the chapter as a deposit, in the form of schema 5.5.0.

The chapter is a `content_item` of an edited book. With `[crossref] book = true` the deposit
registers the volume's DOI too. Nothing comes from the clock: the time stamp is the chapter's date
with the number of the deposit, the batch id the hash of what is deposited.
"""

from __future__ import annotations

import hashlib
from typing import Any

from lxml import etree

from pubtool.edition import Edition, Made
from pubtool.model import Name, Reference, child, plain
from pubtool.resolve import GENERATED
from pubtool.source import local
from pubtool.text import doi as bare_doi
from pubtool.text import isbn, squeeze
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, made
from pubtool.writers.crosswalk_facts import FACTS, NotSaid, Who, stamp
from pubtool.writers.templates import filled

TARGET = Target(
    "Crossref",
    (
        Row("content_item/doi_data/doi", "DOI", need=MUST),
        Row("content_item/doi_data/resource", "URL", need=MUST),
        Row("content_item/contributors", "authors or anonymous", need=SHOULD),
        Row("content_item/titles/title", "main title", need=MUST),
        Row("content_item/titles/subtitle", "subtitle"),
        Row("content_item/jats:abstract", "abstracts", need=SHOULD),
        Row("content_item/component_number", "chapter number"),
        Row("content_item/pages/first_page", "first page", need=SHOULD),
        Row("content_item/pages/last_page", "last page"),
        Row("content_item/fr:program", "funding"),
        Row("content_item/ai:program/license_ref", "licence", need=SHOULD),
        Row("content_item/citation_list", "references"),
        Row("content_item/@language", "language"),
        Row("publication_date", "date", need=MUST),
        Row("book_metadata/titles/title", "book title", need=MUST),
        Row("book_metadata/contributors", "book editors", need=SHOULD),
        Row("book_metadata/isbn", "ISBN", need=SHOULD),
        Row("book_metadata/publisher/publisher_name", "publisher", need=MUST),
        Row("book_metadata/publisher/publisher_place", "place"),
        Row("book_metadata/edition_number", "edition"),
        Row("series_metadata/titles/title", "series"),
        Row("series_metadata/issn", "series ISSN"),
        Row("volume", "series number"),
    ),
    settings=("crossref.email",),
)
WHOLE = Target(
    TARGET.name,
    (
        *TARGET.table,
        Row("book_metadata/doi_data/doi", "book DOI", need=MUST),
        Row("book_metadata/doi_data/resource", "book URL", need=MUST),
    ),
    settings=TARGET.settings,
)
# Elements of our titles → face markup of Crossref; what has none keeps its words.
_FACES = {
    "italic": "i",
    "bold": "b",
    "underline": "u",
    "sub": "sub",
    "sup": "sup",
    "sc": "scp",
    "monospace": "tt",
}
_UNSAID = frozenset({"fn", "index-term", "query", "label"})
_CITED = {
    "book": "book",
    "chapter": "book_chapter",
    "article-journal": "journal_article",
    "thesis": "dissertation",
    "webpage": "web_resource",
    "report": "report",
    "paper-conference": "conference_paper",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
}
_ROLES = {"contributor": "author", "illustrator": "author", "series-editor": "editor"}
_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})


def write(edition: Edition) -> Made:
    """The deposit of a chapter, or of a chapter and its volume."""
    target = WHOLE if edition.settings.crossref.book else TARGET
    return made(target, edition, _xml)


def _xml(edition: Edition) -> bytes:
    told = _deposit(edition)
    without_id = filled("crossref.xml", edition, batch="", **told)
    batch = hashlib.sha256(without_id.encode()).hexdigest()[:32]
    return filled("crossref.xml", edition, batch=batch, **told).encode()


def _deposit(edition: Edition) -> dict[str, Any]:
    chapter, house = edition.chapter, edition.settings.crossref
    record = chapter.record
    if not house.depositor and not record.book.publisher:
        raise NotSaid("it has no publisher and no [crossref] depositor")
    return {
        "timestamp": f"{stamp(record)}{house.deposit:06}",  # later deposits have higher numbers
        "depositor": house.depositor or record.book.publisher,
        "email": house.email,
        "registrant": house.registrant or record.book.publisher,
        "whole": house.book,
        "people_of": _contributors(edition),
        "editors": FACTS["book editors"](record),
        "isbns": FACTS["ISBN"](record),
        "date": date(record.date),
        "book_date": date(record.book.year if record.book.year.isdigit() else record.date),
        "title": face(child(chapter.front, "title")),
        "subtitle": face(child(chapter.front, "subtitle")),
        "in_series": bool(record.book.series and record.book.series_issn),
        "citations": [citation(ref) for ref in FACTS["references"](record)],
        "role": lambda who: _ROLES.get(who.role, who.role),
        "language": record.language.split("-")[0].lower(),
        "surname": surname,
    }


def _contributors(edition: Edition) -> tuple[Who, ...]:
    record = edition.chapter.record
    named = ("chapter editors", "translators", "other contributors")
    return (*FACTS["authors or anonymous"](record), *(w for n in named for w in FACTS[n](record)))


def surname(name: Name) -> str:
    """The family name; with the suffix where that is longer than Crossref's ten characters."""
    family = name.family or name.given
    return f"{family}, {name.suffix}" if len(name.suffix) > 10 else family


def date(iso: str) -> dict[str, str]:
    """The parts of a date that are known."""
    parts = iso.partition("/")[0].split("-")
    return dict(zip(("year", "month", "day"), parts, strict=False))


def face(title: etree._Element | None) -> str:
    """A title with the face markup Crossref keeps, as XML."""
    if title is None:
        return ""
    root = etree.Element("title")
    _copy(title, root)
    text = etree.tostring(root, encoding="unicode")
    return squeeze(text.removeprefix("<title>").removesuffix("</title>").replace("<title/>", ""))


def _copy(source: etree._Element, target: etree._Element) -> None:
    """What an element holds, at the end of another; elements without a face leave their words."""
    _append(target, source.text)
    for inner in source:
        name = local(inner)
        if name == "break":
            _append(target, " ")
        elif name == "inline-formula":
            _append(target, plain(inner))
        elif inner.get(GENERATED) == "yes":
            pass  # what pubtool wrote is no part of the title
        elif name in _FACES:
            _copy(inner, etree.SubElement(target, _FACES[name]))
        elif name not in _UNSAID:
            _copy(inner, target)
        _append(target, inner.tail)


def _append(target: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def citation(ref: Reference) -> dict[str, Any]:
    """A reference: the fields Crossref matches by, and the wording."""
    first = next((n for n in ref.names if n.role == "author"), None)
    title, container = ref.get("title"), ref.get("container-title")
    in_journal = ref.type in _JOURNALS
    whole = not container and not in_journal
    fields = {
        "journal_title": container if in_journal else "",
        "author": (first.collab or first.family) if first else "",
        "volume": ref.get("volume"),
        "issue": ref.get("issue"),
        "first_page": ref.get("first-page"),
        "cYear": ref.year if ref.year.isdigit() else "",
        "doi": bare_doi(ref.get("doi")) or "",
        "isbn": isbn(ref.get("isbn")) or "",
        "volume_title": title if whole else "" if in_journal else container,
        "article_title": "" if whole else title,
        "unstructured_citation": ref.as_written,
    }
    known = [(name, value) for name, value in fields.items() if value]
    return {"key": ref.id, "type": _CITED.get(ref.type, "other"), "fields": known}
