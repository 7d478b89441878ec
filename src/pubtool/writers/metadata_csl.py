"""CSL-JSON 1.0: the chapter, and each of its references, as reference managers read them.

Source: csl-data.json and the "Appendix" of the CSL 1.0.2 specification.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pubtool.edition import Edition, Made
from pubtool.model import Isbn, Localized, Name, Reference
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, made, mapping
from pubtool.writers.crosswalk_facts import Who

Item = dict[str, Any]


def name(who: Name) -> Item:
    """A name in CSL's parts; a group is a literal."""
    if who.collab:
        return {"literal": who.collab}
    parts = {"family": who.family, "given": who.given, "suffix": who.suffix}
    return {key: value for key, value in parts.items() if value}


def person(who: Who) -> Item | None:
    """Somebody of the chapter or the volume."""
    return None if who.anonymous else name(who.name)


def date(iso: str) -> Item:
    """An ISO date or range as date-parts; any other wording as a literal."""
    ends = iso.split("/")
    if all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", end) for end in ends):
        return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}
    return {"literal": iso}


def _text(value: Localized | Isbn) -> str:
    return value.text if isinstance(value, Localized) else value.number


TABLE = (
    Row("id", "chapter id", need=MUST),
    Row("title", "title", need=MUST),
    Row("author", "authors", person, many=True),
    Row("editor", "book editors", person, SHOULD, many=True),
    Row("translator", "translators", person, many=True),
    Row("translator", "book translators", person, many=True),
    Row("collection-editor", "series editors", person, many=True),
    Row("container-title", "book title", need=SHOULD),
    Row("collection-title", "series"),
    Row("collection-number", "series number"),
    Row("publisher", "publisher", need=SHOULD),
    Row("publisher-place", "place"),
    Row("issued", "date", date, SHOULD),
    Row("page", "pages"),
    Row("page-first", "first page"),
    Row("chapter-number", "chapter number"),
    Row("edition", "edition"),
    Row("DOI", "DOI"),
    Row("URL", "URL"),
    Row("ISBN", "ISBN", _text),
    Row("language", "language"),
    Row("abstract", "abstracts", _text),
    Row("keyword", "keywords", _text, many=True),
)
TARGET = Target("CSL-JSON", TABLE)


def write(edition: Edition) -> Made:
    """The chapter as a list of one CSL item."""
    return made(TARGET, edition, lambda given: _bytes([chapter(given)]))


def chapter(edition: Edition) -> Item:
    """The chapter as a CSL item."""
    item = {"type": "chapter", **mapping(TABLE, edition.chapter.record)}
    if "keyword" in item:
        item["keyword"] = ", ".join(item["keyword"])
    return item


def _bytes(items: list[Item]) -> bytes:
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()


# ── references ──

TYPES = {
    "other": "document",
    "film": "motion_picture",
    "legal": "legislation",
}
ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "container-author",
    "series-editor": "collection-editor",
    "director": "director",
    "interviewer": "interviewer",
    "recipient": "recipient",
}
FIELDS = {
    "title": "title",
    "container-title": "container-title",
    "volume": "volume",
    "volume-title": "volume-title",
    "number": "number",
    "issue": "issue",
    "edition": "edition",
    "series": "collection-title",
    "publisher": "publisher",
    "place": "publisher-place",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "genre": "genre",
    "note": "note",
    "language": "language",
}


def reference(ref: Reference) -> Item:
    """The structured fields of a reference as a CSL item."""
    item: Item = {"id": ref.id, "type": TYPES.get(ref.type, ref.type)}
    item |= {csl: ref.get(field) for field, csl in FIELDS.items() if ref.get(field)}
    item |= _names(ref.names)
    if issued := ref.get("date") or ref.get("year"):
        item["issued"] = date(issued)
    if ref.get("accessed"):
        item["accessed"] = date(ref.get("accessed"))
    pages = [page for page in (ref.get("first-page"), ref.get("last-page")) if page]
    if pages:
        item["page"] = "-".join(pages)
    if ref.language:
        item.setdefault("language", ref.language)
    return item


def _names(names: Iterable[Name]) -> Item:
    by_role: Item = {}
    for one in names:
        by_role.setdefault(ROLES.get(one.role, "contributor"), []).append(name(one))
    return by_role
