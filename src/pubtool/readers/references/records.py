"""A CSL-JSON record as the fields of a reference.

Names after the CSL-JSON schema (citation-style-language/schema, csl-data.json, version 1.0.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pubtool.model import Name
from pubtool.readers.references.facts import DASH, Facts

FIELDS = {
    "title": "title",
    "container-title": "container-title",
    "volume": "volume",
    "volume-title": "volume-title",
    "number": "number",
    "issue": "issue",
    "edition": "edition",
    "collection-title": "series",
    "publisher": "publisher",
    "publisher-place": "place",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "genre": "genre",
    "note": "note",
}
ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "collection-editor": "series-editor",
    "interviewer": "interviewer",
    "director": "director",
    "recipient": "recipient",
    "container-author": "container-author",
}
SAME_TYPES = frozenset(
    """book chapter article-journal article-newspaper article-magazine thesis webpage report
    paper-conference entry-encyclopedia dataset software manuscript patent speech""".split()
)
TYPES = {
    "article": "article-journal",
    "entry-dictionary": "entry-encyclopedia",
    "entry": "entry-encyclopedia",
    "post": "webpage",
    "post-weblog": "webpage",
    "motion_picture": "film",
    "bill": "legal",
    "legislation": "legal",
    "legal_case": "legal",
    "treaty": "legal",
    "regulation": "legal",
}
_READ = frozenset(
    {*FIELDS, *ROLES, "type", "id", "citation-key", "page", "issued", "accessed", "language"}
)
_TAG = re.compile(r"</?(?:i|b|sub|sup|sc|span)\b[^>]*>")
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def facts_of(record: Mapping[str, Any]) -> Facts:
    """The fields of a record. Raises ValueError if it is none, with what is wrong."""
    if not isinstance(record, Mapping) or not any(record.get(n) for n in ("title", *ROLES)):
        raise ValueError("it has neither a title nor a name")
    said = str(record.get("type", ""))
    facts = Facts(type=said if said in SAME_TYPES else TYPES.get(said, "other"))
    for role, names in ((ours, record.get(theirs)) for theirs, ours in ROLES.items()):
        facts.put_names(_names(names, role))
    for theirs, ours in FIELDS.items():
        _put(facts, ours, record.get(theirs))
    _put_pages(facts, _text(record.get("page")))
    _put_date(facts, "date", record.get("issued"))
    _put_date(facts, "accessed", record.get("accessed"))
    if _LANGUAGE.fullmatch(language := _text(record.get("language"))):
        facts.fields["language"] = language
    return facts


def unread(record: Mapping[str, Any]) -> set[str]:
    """The names of what a record has and a reference has no place for."""
    return {name for name, value in record.items() if value and name not in _READ}


def _text(value: object) -> str:
    return " ".join(_TAG.sub("", str(value)).split()) if isinstance(value, str | int) else ""


def _put(facts: Facts, name: str, value: object) -> None:
    """Note a field as it is: its punctuation belongs to the record."""
    text = _text(value)
    if name == "doi":
        text = _DOI_ADDRESS.sub("", text)
    if text:
        facts.fields[name] = text
        facts.sure[name] = 1.0


def _put_pages(facts: Facts, text: str) -> None:
    first, *last = re.split(rf"\s*{DASH}+\s*", text, maxsplit=1)
    _put(facts, "first-page", first)
    _put(facts, "last-page", last[0] if last else "")


def _names(people: object, role: str) -> list[Name]:
    return [
        name
        for person in (people if isinstance(people, list) else [])
        if isinstance(person, Mapping) and (name := _name(person, role))
    ]


def _name(person: Mapping[str, Any], role: str) -> Name | None:
    said = {key: _text(value) for key, value in person.items()}
    if said.get("literal"):
        return Name(collab=said["literal"], role=role)
    particles = (said.get("dropping-particle", ""), said.get("non-dropping-particle", ""))
    family = " ".join(p for p in (*particles, said.get("family", "")) if p)
    if not (family or said.get("given")):
        return None
    if not family:
        return Name(family=said["given"], role=role)
    return Name(said.get("given", ""), family, suffix=said.get("suffix", ""), role=role)


def _put_date(facts: Facts, name: str, value: object) -> None:
    if not isinstance(value, Mapping):
        return
    dates = value.get("date-parts") or []
    isos = [iso for parts in dates if isinstance(parts, list) and (iso := _iso(parts))]
    if not isos:
        if name == "date":
            _put(facts, "year", value.get("literal") or value.get("raw"))
    elif len(isos[0]) > 4:
        _put(facts, name, "/".join(isos[:2]))
    elif name == "date":
        _put(facts, "year", "–".join(isos[:2]))
    else:
        _put(facts, name, isos[0])


def _iso(parts: Iterable[object]) -> str:
    """[1994, 2, 9] → 1994-02-09; "" for what is no year between 1000 and 2999."""
    numbers = [int(p) for p in map(str, parts) if p.isdigit()]
    if not numbers or not 1000 <= numbers[0] < 3000:
        return ""
    return "-".join([f"{numbers[0]:04}", *(f"{n:02}" for n in numbers[1:3] if 0 < n < 32)])
