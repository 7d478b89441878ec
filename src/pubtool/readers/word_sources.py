"""The sources that Word keeps for its own citations (customXml, ISO/IEC 29500-1 section 22.6)."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pubtool.readers.ooxml import Package

_B = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_TYPES = {
    "Book": "book",
    "BookSection": "chapter",
    "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-newspaper",
    "ConferenceProceedings": "paper-conference",
    "Report": "report",
    "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage",
    "ElectronicSource": "webpage",
    "Film": "motion_picture",
    "Interview": "interview",
    "Patent": "patent",
    "Case": "legal_case",
}
_FIELDS = {
    "Title": "title",
    "JournalName": "container-title",
    "PeriodicalTitle": "container-title",
    "BookTitle": "container-title",
    "ConferenceName": "container-title",
    "InternetSiteTitle": "container-title",
    "Volume": "volume",
    "Issue": "issue",
    "Pages": "page",
    "Publisher": "publisher",
    "Institution": "publisher",
    "City": "publisher-place",
    "Edition": "edition",
    "URL": "URL",
    "DOI": "DOI",
    "StandardNumber": "ISBN",
}
_ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator",
          "BookAuthor": "container-author"}  # fmt: skip
_YEAR = re.compile(r"\d{4}")


def sources(package: Package) -> dict[str, dict[str, Any]]:
    """The sources of a document as CSL-JSON, by tag."""
    found: dict[str, dict[str, Any]] = {}
    for name in package.archive.names:
        if re.fullmatch(
            r"customXml/item\d+\.xml", name
        ) and b"bibliography" in package.archive.read(name):
            root = package.part(name)
            for source in root.iter(_b("Source")) if root is not None else ():
                tag = _text(source, "Tag")
                if tag:
                    found[tag] = _item(tag, source)
    return found


def _b(name: str) -> str:
    return f"{{{_B}}}{name}"


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(_b(name)) or "").strip()


def _item(tag: str, source: etree._Element) -> dict[str, Any]:
    item: dict[str, Any] = {"id": tag, "type": _TYPES.get(_text(source, "SourceType"), "document")}
    for name, field in _FIELDS.items():
        if _text(source, name):
            item.setdefault(field, _text(source, name))
    year = _YEAR.search(_text(source, "Year"))
    if year:
        item["issued"] = {"date-parts": [[int(year[0])]]}
    people = source.find(_b("Author"))
    for name, role in _ROLES.items():
        for group in people.findall(_b(name)) if people is not None else ():
            names = list(_names(group))
            if names:
                item[role] = names
    return item


def _names(group: etree._Element) -> list[dict[str, str]]:
    corporate = _text(group, "Corporate")
    if corporate:
        return [{"literal": corporate}]
    return [
        {
            "family": _text(person, "Last"),
            "given": " ".join(p for p in (_text(person, "First"), _text(person, "Middle")) if p),
        }
        for person in group.iter(_b("Person"))
    ]
