"""ODT in: notes told apart, comments, deletions, languages and hidden text marked for pandoc.

The names are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.readers.archive import Archive, opened
from pubtool.readers.docx import from_archive
from pubtool.readers.ledger import Ledger
from pubtool.readers.odt_blocks import open_boxes, open_indexes, take_hidden
from pubtool.readers.odt_citations import mark_citations
from pubtool.readers.odt_marks import (
    mark_bookmarks,
    mark_changes,
    mark_comments,
    mark_endnotes,
    mark_formulas,
    mark_languages,
)
from pubtool.readers.opendocument import (
    DC,
    DRAW,
    FO,
    META,
    PARAGRAPHS,
    STYLE,
    SVG,
    TEXT,
    XLINK,
    said_in,
)
from pubtool.readers.prepared import Prepared
from pubtool.settings import Settings
from pubtool.text import squeeze


def prepare(data: bytes, file: str, settings: Settings, ledger: Ledger) -> Prepared:
    """An OpenDocument text for pandoc. Raises Unreadable (PT622 to PT625)."""
    archive = opened(data, file)
    if _is_encrypted(archive):
        raise Unreadable(found("PT622", Place(file), "it is protected by a password"))
    content = archive.xml("content.xml")
    if content is None:
        message = "the text itself (“content.xml”) is missing in it"
        raise Unreadable(found("PT623", Place(file), message))
    numbers = {p: n for n, p in enumerate(content.iter(*PARAGRAPHS), 1)}
    lines = [(n, "".join(said_in(p))) for p, n in numbers.items() if not _is_deleted(p)]
    facts = _facts(archive)
    open_indexes(content, numbers, ledger)
    open_boxes(content, numbers, ledger)
    take_hidden(content, numbers, ledger)
    mark_changes(content, numbers, settings, ledger)
    mark_endnotes(content)
    mark_comments(content)
    items = mark_citations(content, archive)
    mark_bookmarks(content)
    mark_formulas(content, archive)
    mark_languages(content, facts.get("language", "").split("-")[0])
    return Prepared(
        _packed(archive, content),
        "odt",
        lambda target: from_archive(archive, target),
        lines,
        facts,
        descriptions=_descriptions(content),
        items=items,
    )


def _descriptions(content: etree._Element) -> dict[str, str]:
    """The alternative texts of images: the description, or else the title."""
    return {
        image.get(f"{XLINK}href", ""): squeeze(
            frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title")
        )
        for frame in content.iter(f"{DRAW}frame")
        for image in frame.iterchildren(f"{DRAW}image")
    }


def _is_encrypted(archive: Archive) -> bool:
    manifest = archive.xml("META-INF/manifest.xml")
    return manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None


def _is_deleted(paragraph: etree._Element) -> bool:
    return any(e.tag == f"{TEXT}tracked-changes" for e in paragraph.iterancestors())


def _facts(archive: Archive) -> dict[str, str]:
    meta = archive.xml("meta.xml")
    styles = archive.xml("styles.xml")
    said: dict[str, str] = {}
    if meta is not None:
        said["title"] = squeeze(meta.findtext(f".//{DC}title"))
        said["creator"] = squeeze(meta.findtext(f".//{META}initial-creator"))
        said["keywords"] = "; ".join(squeeze(k.text) for k in meta.iter(f"{META}keyword"))
        said["language"] = squeeze(meta.findtext(f".//{DC}language"))
    default = styles.find(f".//{STYLE}default-style") if styles is not None else None
    for props in default.iter(f"{STYLE}text-properties") if default is not None else ():
        said["language"] = props.get(f"{FO}language", "") or said.get("language", "")
    return {name: value for name, value in said.items() if value}


def _packed(archive: Archive, content: etree._Element) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in archive.names:
            if name == "content.xml":
                packed.writestr(name, etree.tostring(content, encoding="UTF-8"))
            elif not name.startswith(("Pictures/", "Thumbnails/")):
                packed.writestr(name, archive.read(name))
            else:
                packed.writestr(name, b"")
    return out.getvalue()
