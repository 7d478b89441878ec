"""Citations of reference managers that pandoc does not know, rewritten as one that it does.

Known to pandoc is the field `ADDIN CSL_CITATION` with the CSL-JSON of Zotero and Mendeley Desktop.
Mendeley Cite keeps the same JSON in the tag of a content control, LibreOffice behind a bookmark in
docProps/custom.xml, and Word its own CITATION fields with sources in customXml.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pubtool.readers.docx_styles import Styles
from pubtool.readers.ooxml import Package, made, value, w
from pubtool.readers.word_sources import sources

_MENDELEY = "MENDELEY_CITATION_v3_"
_BOOKMARK = "ZOTERO_BREF_"
_BIBLIOGRAPHIES = ("MENDELEY_BIBLIOGRAPHY", "ZOTERO_BIBL", "CSL_BIBLIOGRAPHY", "EN.REFLIST",
                   "BIBLIOGRAPHY")  # fmt: skip
_WORD_CITATION = re.compile(r"^\s*CITATION\s+(?P<tag>[^\s\\]+)(?P<rest>.*)$", re.S)
_SWITCH = re.compile(r"\\(?P<letter>[a-z])\s+(?P<value>\"[^\"]*\"|[^\s\\]+)")
_VALUE = re.compile(r"\{.*\}", re.S)


def rewrite_citations(package: Package, styles: Styles) -> None:
    """Let pandoc see the citations of the text and its notes, and keep the written bibliography."""
    known = sources(package)
    marks = _bookmarked(package)
    for name in (package.main, *package.related("footnotes"), *package.related("endnotes")):
        root = package.part(name)
        if root is not None:
            _content_controls(root, styles)
            for mark in list(root.iter(w("bookmarkStart"))):
                _bookmark(mark, marks, root)
            for field in list(fields(root)):
                _field(field, known, styles)


def _content_controls(root: etree._Element, styles: Styles) -> None:
    for control in list(root.iter(w("sdt"))):
        props = control.find(w("sdtPr"))
        tag, content = value(props, "tag"), control.find(w("sdtContent"))
        if content is None or props is None:
            continue
        if tag.startswith(_MENDELEY):
            item = _decoded(tag.removeprefix(_MENDELEY))
            if item is not None:
                _wrap(list(content), item)
        elif any(tag.startswith(name) for name in _BIBLIOGRAPHIES) or (
            props.find(w("bibliography")) is not None
        ):
            for paragraph in content.iter(w("p")):
                _as_reference(paragraph, styles)


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        item = json.loads(base64.b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return None
    return item if isinstance(item, dict) and item.get("citationItems") else None


def _wrap(content: list[etree._Element], item: dict[str, Any]) -> None:
    """Put the characters of a field around the runs of a citation."""
    runs = [e for e in content if e.tag in (w("r"), w("hyperlink"), w("ins"), w("del"))]
    if not runs:
        runs = [r for e in content for r in e.iter(w("r"))]
    if not runs:
        return
    code = f" ADDIN CSL_CITATION {json.dumps(_simple(item))} "
    text = made("instrText")
    text.text = code
    for piece in (_character("begin"), made("r", text), _character("separate")):
        runs[0].addprevious(piece)
    runs[-1].addnext(_character("end"))


def _simple(item: dict[str, Any]) -> dict[str, Any]:
    """The part of a citation that pandoc reads."""
    kept = ("id", "uris", "itemData", "locator", "label", "prefix", "suffix", "suppress-author",
            "author-only")  # fmt: skip
    items = [
        {key: said for key, said in cited.items() if key in kept and said not in (None, "")}
        for cited in item["citationItems"]
        if isinstance(cited, dict)
    ]
    return {"citationItems": items, "properties": {"noteIndex": 0}}


def _character(kind: str) -> etree._Element:
    return made("r", made("fldChar", fldCharType=kind))


def _bookmarked(package: Package) -> dict[str, dict[str, Any]]:
    """The citations that LibreOffice keeps as document properties, by the name of a bookmark."""
    root = package.part("docProps/custom.xml")
    props = root if root is not None else ()
    return joined((p.get("name", ""), "".join(map(str, p.itertext()))) for p in props)


def joined(properties: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """The citations among a document's properties: "ZOTERO_BREF_x_1", "…_2" are pieces of one."""
    pieces: dict[str, dict[int, str]] = {}
    for full, text in properties:
        name, _, number = full.rpartition("_")
        if name.startswith(_BOOKMARK) and number.isdecimal():
            pieces.setdefault(name, {})[int(number)] = text
    found: dict[str, dict[str, Any]] = {}
    for name, parts in pieces.items():
        match = _VALUE.search("".join(parts[n] for n in sorted(parts)))
        try:
            item = json.loads(match[0]) if match else None
        except ValueError:
            continue
        if isinstance(item, dict) and item.get("citationItems"):
            found[name] = item
    return found


def _bookmark(
    start: etree._Element, marks: dict[str, dict[str, Any]], root: etree._Element
) -> None:
    item = marks.get(start.get(w("name"), ""))
    parent = start.getparent()
    if item is None or parent is None:
        return
    inside: list[etree._Element] = []
    for following in start.itersiblings():
        if following.tag == w("bookmarkEnd") and following.get(w("id")) == start.get(w("id")):
            break
        inside.append(following)
    _wrap(inside, item)


@dataclass
class Field:
    """A complex field: its runs with instructions, the marks around its result, what it says."""

    code: str
    characters: list[etree._Element]
    instructions: list[etree._Element]
    paragraphs: list[etree._Element]


def fields(root: etree._Element) -> Iterator[Field]:
    """The complex fields of a part, inner ones first."""
    open_: list[Field] = []
    for run in root.iter(w("r")):
        for piece in run:
            if piece.tag == w("fldChar"):
                kind = piece.get(w("fldCharType"))
                if kind == "begin":
                    open_.append(Field("", [piece], [], []))
                elif open_:
                    open_[-1].characters.append(piece)
                    if kind == "end":
                        yield open_.pop()
            elif piece.tag == w("instrText") and open_:
                open_[-1].code += piece.text or ""
                open_[-1].instructions.append(piece)
            elif piece.tag == w("t") and open_:
                paragraph = next(run.iterancestors(w("p")), None)
                for field in open_:
                    if paragraph is not None and paragraph not in field.paragraphs[-1:]:
                        field.paragraphs.append(paragraph)


def _field(field: Field, known: dict[str, dict[str, Any]], styles: Styles) -> None:
    words = field.code.split()
    if any(name in words for name in _BIBLIOGRAPHIES):
        for paragraph in field.paragraphs:
            _as_reference(paragraph, styles)
        for piece in (*field.characters, *field.instructions):
            parent = piece.getparent()
            if parent is not None:
                parent.remove(piece)
        return
    match = _WORD_CITATION.match(field.code)
    item = _cited(match, known) if match else None
    if item is not None and field.instructions:
        field.instructions[0].text = f" ADDIN CSL_CITATION {json.dumps(item)} "
        for piece in field.instructions[1:]:
            piece.text = ""


def _cited(match: re.Match[str], known: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    r"""Word's "CITATION Lee99 \p 33 \m Ray01" as a citation; None if a source is not there."""
    items: list[dict[str, Any]] = [{"id": match["tag"]}]
    for switch in _SWITCH.finditer(match["rest"]):
        said = switch["value"].strip('"')
        if switch["letter"] == "m":
            items.append({"id": said})
        elif switch["letter"] == "p":
            items[-1] |= {"locator": said, "label": "page"}
        elif switch["letter"] in "fs":
            items[-1]["prefix" if switch["letter"] == "f" else "suffix"] = said
    if any(item["id"] not in known for item in items):
        return None
    for item in items:
        item["itemData"] = known[item["id"]]
    return {"citationItems": items, "properties": {"noteIndex": 0}}


def _as_reference(paragraph: etree._Element, styles: Styles) -> None:
    """Give an entry of a generated bibliography the style for one, unless it is a heading."""
    props = paragraph.find(w("pPr"))
    if props is None:
        props = made("pPr")
        paragraph.insert(0, props)
    if styles.level(value(props, "pStyle")):
        return
    for old in props.findall(w("pStyle")):
        props.remove(old)
    props.insert(0, made("pStyle", val=styles.add("paragraph", "Bibliography")))
