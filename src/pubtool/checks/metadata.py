"""Metadata files: well-formed, of their form's structure, and holding the facts of the chapter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.source import fragment
from pubtool.text import squeeze

Check = Callable[[bytes, str, str], list[Diagnostic]]
# What must be in an XML file, as XPath with the prefix "m" for its namespace: (path, meaning).
Needed = Sequence[tuple[str, str]]

# Longest text a receiver takes, by element name (Crossref 5.5.0, common and main schema).
_LONGEST = {
    "surname": 200,
    "given_name": 200,
    "organization": 511,
    "publisher_name": 255,
    "publisher_place": 255,
    "depositor_name": 130,
    "registrant": 255,
    "edition_number": 15,
    "component_number": 50,
    "first_page": 32,
    "last_page": 32,
    "doi_batch_id": 100,
}


def xml(*needed: tuple[str, str]) -> Check:
    """A check of an XML format: well-formed, its parts there and none empty (PT773)."""

    def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
        try:
            root = fragment(data)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            return [found("PT773", Place(name, line, max(column, 1)), f"not XML: {error.msg}")]
        return [
            found("PT773", Place(name, line), message) for line, message in _wrong(root, needed)
        ]

    return check


def _wrong(root: etree._Element, needed: Needed) -> Iterator[tuple[int, str]]:
    spaces = {"m": etree.QName(root).namespace or ""}
    for path, meaning in needed:
        if not root.xpath(path, namespaces=spaces):
            yield 0, f"there is no {meaning}"
    for element in root.iter("*"):
        text, name = squeeze("".join(element.itertext())), etree.QName(element).localname
        line = element.sourceline or 0
        if not text and not element.attrib and not len(element) and name != "anonymous":
            yield line, f"<{name}> is empty"
        if len(text) > _LONGEST.get(name, len(text)):
            yield line, f"<{name}> is longer than {_LONGEST[name]} characters: “{text[:40]}…”"


def json_file(*needed: str) -> Check:
    """A check of a JSON format: it can be read, and the keys are there (PT773)."""

    def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
        try:
            told = json.loads(data)
        except ValueError as error:
            return [found("PT773", Place(name), f"not JSON: {error}")]
        item = told[0] if isinstance(told, list) and told else told
        if not isinstance(item, dict):
            return [found("PT773", Place(name), "it holds no object")]
        return [found("PT773", Place(name), f"there is no “{key}”")
                for key in needed if not item.get(key)]  # fmt: skip

    return check


# ── the forms, and what must be in each ──

crossref = xml(
    ("/m:doi_batch/m:head/m:depositor/m:email_address", "depositor"),
    ("//m:book[@book_type='edited_book']", "edited book"),
    ("//m:content_item[@component_type='chapter']/m:doi_data/m:doi", "chapter DOI"),
    ("//m:content_item/m:titles/m:title", "chapter title"),
    ("//m:publisher/m:publisher_name", "publisher"),
)
datacite = xml(
    ("/m:resource/m:identifier[@identifierType='DOI']", "DOI"),
    ("//m:creators/m:creator/m:creatorName", "creator"),
    ("/m:resource/m:titles/m:title", "title"),
    ("/m:resource/m:publisher", "publisher"),
    ("/m:resource/m:publicationYear", "year"),
    ("//m:resourceType[@resourceTypeGeneral='BookChapter']", "type BookChapter"),
)
onix = xml(
    ("/m:ONIXMessage/m:Header/m:Sender/m:SenderName", "sender"),
    ("//m:Product/m:ProductIdentifier/m:IDValue", "product number"),
    ("//m:ContentItem/m:TextItem[m:TextItemType='03']", "content item 03"),
    ("//m:ContentItem/m:TitleDetail", "chapter title"),
)
mods = xml(
    ("/m:mods/m:titleInfo/m:title", "title"),
    ("/m:mods/m:genre[.='book chapter']", "genre"),
)
marcxml = xml(
    ("//m:record/m:leader[substring(., 7, 2)='aa']", "leader of a component part"),
    ("//m:datafield[@tag='245']/m:subfield[@code='a']", "title"),
)
dublin_core = xml(("/*/*[local-name()='title']", "title"), ("/*/*[local-name()='type']", "type"))
datacite_json = json_file("creators", "titles", "types")
csl_json = json_file("id", "type", "title")
schema_org = json_file("@context", "@type", "name")


def bibtex(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """One @incollection whose braces close (PT773)."""
    text = data.decode("utf-8", "replace")
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    if depth or not re.match(r"@incollection\{[\w-]+,\n", text):
        return [found("PT773", Place(name), "it is not one @incollection with balanced braces")]
    return []


def ris(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Lines of tags between TY and ER (PT773)."""
    lines = data.decode("utf-8", "replace").split("\r\n")
    wrong = [n for n, line in enumerate(lines[:-1], 1) if not re.match(r"[A-Z][A-Z0-9]  - ", line)]
    if wrong:
        return [found("PT773", Place(name, wrong[0]), "this is no line of RIS")]
    if lines[0] != "TY  - CHAP" or lines[-2:] != ["ER  - ", ""]:
        return [found("PT773", Place(name), "it is not one record of type CHAP")]
    return []


def marc(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """One record that can be decoded, a component part (PT773)."""
    try:
        record = _marc(data)
    except Exception as error:  # a damaged record may fail in any way
        return [found("PT773", Place(name), f"not MARC: {error}")]
    if record is None or str(record.leader)[6:8] != "aa" or "245" not in record:
        return [found("PT773", Place(name), "it is not the record of a component part")]
    return []


def _marc(data: bytes) -> Any:
    from pymarc import MARCReader

    return next(iter(MARCReader(data, force_utf8=True)), None)


# ── facts ──


def said(data: bytes) -> str:
    """All that a metadata file says, without white space, whatever its form."""
    if data[:1] in (b"{", b"["):
        return _close(_strings(json.loads(data)))
    if data[:1] == b"<":
        root = fragment(data)
        values = (str(value) for e in root.iter("*") for value in e.attrib.values())
        return _close([*root.itertext(), *values])
    if data[:1].isdigit():
        return _close(field.value() for field in _marc(data).get_fields())
    return _close([_plain(data.decode("utf-8"))])


def _close(texts: Iterable[str]) -> str:
    """Texts without white space: markup within a word must not part it."""
    return "".join("".join(texts).split())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)


_NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def _plain(text: str) -> str:
    """BibTeX without its commands and braces of its own; other text as it is."""
    if not text.startswith("@"):
        return text
    signs = re.compile(r"\\([&%$#_])|[{}]|\\(\w+)\{\}")
    return signs.sub(lambda m: m[1] or _NAMED.get(m[2] or "", ""), text)


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Titles, names, DOI and pages of the chapter stand in the file (PT774)."""
    text = said(data)
    record = edition.chapter.record
    people = [part for who in record.contributors if who.role == "author"
              for part in (who.name.family, who.name.given, who.name.collab)]  # fmt: skip
    facts = (record.title, *people, record.doi, record.first_page)
    lost = dict.fromkeys(fact for fact in facts if _close([fact]) not in text)
    return [found("PT774", Place(name), f"“{fact}” is not in the file") for fact in lost]
