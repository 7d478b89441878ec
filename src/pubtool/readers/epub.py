"""EPUB in: the pages of its spine are the measure; pandoc reads the file as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.readers.archive import Archive, opened
from pubtool.readers.docx import from_archive
from pubtool.readers.html_words import words_of
from pubtool.readers.ledger import Ledger
from pubtool.readers.prepared import Prepared
from pubtool.settings import Settings
from pubtool.text import squeeze

# Pandoc leaves a title page out: it makes its own from the metadata.
_TITLE_PAGE = re.compile(rb"""epub:type=["'][^"']*\b(?:titlepage|cover)\b""")
_HEAD = 4000
_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")


def prepare(data: bytes, file: str, settings: Settings, ledger: Ledger) -> Prepared:
    """An EPUB for pandoc. Raises Unreadable (PT622 to PT624)."""
    archive = opened(data, file)
    package, folder = _package(archive)
    lines: list[tuple[int, str]] = []
    for n, name in enumerate(_spine(package, folder), 1):
        page = archive.read(name) if name in archive else b""
        words = list(words_of(page)) if page else []
        if _TITLE_PAGE.search(page[:_HEAD]):
            ledger.report("PT629", n, f"title page of the volume: “{squeeze(' '.join(words))}”")
        else:
            lines += [(n, text) for text in words]
    return Prepared(
        data,
        "epub",
        lambda target: from_archive(archive, target, posixpath.join(folder, target)),
        lines,
        {},
    )


def _package(archive: Archive) -> tuple[etree._Element, str]:
    container = archive.xml(_CONTAINER)
    name = (
        next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "")
        if container is not None
        else ""
    )
    package = archive.xml(name)
    if package is None:
        message = "its list of contents (the OPF file) is missing"
        raise Unreadable(found("PT623", Place(archive.file), message))
    return package, posixpath.dirname(name)


def _spine(package: etree._Element, folder: str) -> Iterator[str]:
    """The names of the pages in reading order, the page with the contents left out."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        if "nav" not in item.get("properties", "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
