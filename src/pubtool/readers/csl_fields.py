"""References that came as CSL data (field codes, YAML) as the chapter's `<ref>` elements.

Field names are those of the CSL 1.0.2 specification, appendices III and IV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from lxml import etree

from pubtool.model import plain, q
from pubtool.readers.ast_meta import text
from pubtool.readers.bibliography import ids
from pubtool.readers.draft import element, optional
from pubtool.readers.ledger import Ledger
from pubtool.source import LANG
from pubtool.text import doi, fold, page_range, squeeze

TYPES = {
    "book": "book", "chapter": "chapter", "article-journal": "article-journal",
    "article-newspaper": "article-newspaper", "article-magazine": "article-magazine",
    "thesis": "thesis", "webpage": "webpage", "post-weblog": "webpage", "report": "report",
    "paper-conference": "paper-conference", "entry-encyclopedia": "entry-encyclopedia",
    "dataset": "dataset", "software": "software", "manuscript": "manuscript", "patent": "patent",
    "legal_case": "legal", "legislation": "legal", "speech": "speech", "motion_picture": "film",
}  # fmt: skip
_FIELDS = {
    "title": "title", "container-title": "container-title", "volume": "volume", "number": "number",
    "issue": "issue", "edition": "edition", "collection-title": "series", "publisher": "publisher",
    "publisher-place": "place", "ISBN": "isbn", "isbn": "isbn", "ISSN": "issn", "issn": "issn",
    "URL": "url", "url": "url", "genre": "genre", "note": "note",
}  # fmt: skip
_ROLES = {
    "author": "", "editor": "editor", "translator": "translator",
    "collection-editor": "series-editor", "container-author": "container-author",
    "director": "director", "interviewer": "interviewer", "recipient": "recipient",
}  # fmt: skip
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")

Item = Mapping[str, Any]


def csl_items(meta: Mapping[str, Any]) -> list[Item]:
    """The references in pandoc's metadata."""
    listed = meta.get("references", {"t": "MetaList", "c": []})
    entries = listed["c"] if listed["t"] == "MetaList" else []
    return [entry["c"] for entry in entries if entry["t"] == "MetaMap" and "id" in entry["c"]]


def as_meta(value: Any) -> Any:
    """CSL-JSON in the form of pandoc's metadata; a date in parts becomes one of ISO 8601."""
    if isinstance(value, dict):
        dates = value.get("date-parts")
        if isinstance(dates, list) and dates and isinstance(dates[0], list):
            parts = [str(part) for part in dates[0]]
            return {"t": "MetaString", "c": "-".join(part.zfill(2) for part in parts)}
        return {"t": "MetaMap", "c": {str(key): as_meta(v) for key, v in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [as_meta(v) for v in value]}
    return {"t": "MetaString", "c": str(value)}


def keys(items: Sequence[Item], taken: set[str]) -> dict[str, str]:
    """The id that each reference gets, by the key under which it is cited."""
    return dict(
        zip((text(i["id"]) for i in items), ids([written(i) for i in items], taken), strict=True)
    )


def written(item: Item) -> str:
    """A reference in words, for one that stands in no list: author (year). Title. The rest."""
    people = "; ".join(
        _said(person) for person in _people(item, "author") or _people(item, "editor")
    )
    head = " ".join(part for part in (people, f"({_year(item) or 'n.d.'}).") if part)
    volume = _get(item, "volume") + (f"({_get(item, 'issue')})" if _get(item, "issue") else "")
    source = ", ".join(p for p in (_get(item, "container-title"), volume, _get(item, "page")) if p)
    imprint = ": ".join(p for p in (_get(item, "publisher-place"), _get(item, "publisher")) if p)
    link = f"https://doi.org/{_get(item, 'DOI')}" if _get(item, "DOI") else _get(item, "URL")
    rest = [part.rstrip(".") + "." for part in (_get(item, "title"), source, imprint) if part]
    return " ".join(part for part in (head, *rest, link) if part)


def add_references(
    root: etree._Element, items: Sequence[Item], known: Mapping[str, str], ledger: Ledger
) -> None:
    """Give the list of references its fields; a reference that is not in the list is added.

    A list entry is the one meant if it holds the title and the year, and no other does.
    """
    listed = list(root.iter(q("ref")))
    taken = {element.get("id", "") for element in root.iter()}
    pointers: dict[str, str] = {}
    added: list[etree._Element] = []
    for item in items:
        id_ = known[text(item["id"])]
        entry = _entry(item, listed)
        if entry is None:
            pointers[id_] = next(n for n in _names_for(id_) if n not in taken)
            taken.add(pointers[id_])
            added.append(_new(item, pointers[id_], ledger))
        else:
            pointers[id_] = entry.get("id", "")
            _fill(entry, item)
    for cite in root.iter(q("cite")):
        cited = cite.get("ref", "").split()
        cite.set("ref", " ".join(pointers.get(id_, id_) for id_ in cited))
    if added:
        _append(root, added)


def _names_for(id_: str) -> Iterator[str]:
    """An id, and what it is called if another has it already."""
    yield id_
    yield from (f"{id_}-{n}" for n in count(2))


def _entry(item: Item, listed: Sequence[etree._Element]) -> etree._Element | None:
    title, year = fold(_get(item, "title")), _year(item)
    said = ((ref, plain(ref.find(q("as-written")))) for ref in listed)
    hits = [ref for ref, words in said if title and title in fold(words) and year in words]
    return hits[0] if len(hits) == 1 and len(hits[0]) == 1 else None


def _new(item: Item, id_: str, ledger: Ledger) -> etree._Element:
    words = written(item)
    ledger.report("PT628", 0, f"“{words}”")
    ref = element("ref", element("as-written", words), id=id_)
    _fill(ref, item)
    return ref


def _fill(ref: etree._Element, item: Item) -> None:
    ref.set("type", TYPES.get(_get(item, "type"), "other"))
    language = _get(item, "language")
    if _LANGUAGE.match(language):
        ref.set(LANG, language)
    for n, field in enumerate(_fields(item)):
        ref.insert(n, field)


def _fields(item: Item) -> Iterator[etree._Element]:
    for role, name in _ROLES.items():
        for person in _people(item, role):
            yield _name(person, name)
    yield from optional("year", _year(item))
    date = _date(item, "issued")
    if len(date) > 4:
        yield element("date", date)
    for field, name in _FIELDS.items():
        yield from optional(name, _get(item, field))
    pages = page_range(_get(item, "page"))
    first, last = pages or (_get(item, "page"), "")
    yield from optional("first-page", first)
    yield from optional("last-page", last)
    yield from optional("doi", doi(_get(item, "DOI") or _get(item, "doi")) or "")
    accessed = _date(item, "accessed")
    if accessed:
        yield element("accessed", accessed)


def _name(person: Item, role: str) -> etree._Element:
    if _get(person, "literal") or not _get(person, "family"):
        return element("collab", _get(person, "literal") or _get(person, "given") or "?", role=role)
    particle = _get(person, "non-dropping-particle") or _get(person, "dropping-particle")
    family = " ".join(part for part in (particle, _get(person, "family")) if part)
    return element(
        "name",
        optional("given", _get(person, "given")),
        element("family", family),
        optional("suffix", _get(person, "suffix")),
        role=role,
    )


def _people(item: Item, role: str) -> list[Item]:
    value = item.get(role)
    if value is None:
        return []
    entries = value["c"] if value["t"] == "MetaList" else [value]
    return [e["c"] if e["t"] == "MetaMap" else {"literal": e} for e in entries]


def _said(person: Item) -> str:
    return _get(person, "literal") or ", ".join(
        part for part in (_get(person, "family"), _get(person, "given")) if part
    )


def _get(item: Item, field: str) -> str:
    return squeeze(text(item[field])) if field in item else ""


def _date(item: Item, field: str) -> str:
    """A date as ISO 8601 has it; pandoc writes dates of CSL-JSON so, or as a map of its parts."""
    said = _get(item, field)
    return said if _DATE.match(said) else ""


def _year(item: Item) -> str:
    match = _YEAR.search(_get(item, "issued"))
    return match[0] if match else ""


def _append(root: etree._Element, added: Sequence[etree._Element]) -> None:
    back = root.find(q("back"))
    if back is None:
        back = element("back")
        root.append(back)
    references = back.find(q("references"))
    if references is None:
        references = element("references")
        back.append(references)
    references.extend(added)
