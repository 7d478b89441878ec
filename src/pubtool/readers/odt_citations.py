"""Citations of reference managers in OpenDocument: reference marks, and bookmarks with properties.

Zotero names a reference mark with its data, "ZOTERO_ITEM CSL_CITATION {…} RND…"; of a bookmark
the data stands in pieces in the document's properties, as in DOCX.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from pubtool.readers.archive import Archive
from pubtool.readers.docx_citations import joined
from pubtool.readers.opendocument import META, TEXT, before
from pubtool.readers.signals import CITE

_DATA = re.compile(r"CSL_CITATION\s+(\{.*\})", re.S)
_PAIRS = (("reference-mark-start", "reference-mark-end"), ("bookmark-start", "bookmark-end"))


def mark_citations(content: etree._Element, archive: Archive) -> list[dict[str, Any]]:
    """Put signals around the words of each citation; the answer is what is cited."""
    by_bookmark = _properties(archive)
    cited: dict[str, dict[str, Any]] = {}
    taken: list[etree._Element] = []
    for start, end in _PAIRS:
        for mark in content.iter(f"{TEXT}{start}"):
            name = mark.get(f"{TEXT}name", "")
            item = by_bookmark.get(name) or _item(name)
            closing = _closing(mark, f"{TEXT}{end}", name)
            if item is None or closing is None:
                continue
            works = [c for c in item["citationItems"] if isinstance(c, dict) and c.get("itemData")]
            for work in works:
                work["itemData"]["id"] = quote(str(work.get("id", "")), safe="")
                cited[work["itemData"]["id"]] = work["itemData"]
            keys = " ".join(f"#{work['itemData']['id']}" for work in works)
            first, last = CITE.ends(keys, str(works[0].get("locator") or "") if works else "")
            if works:
                before(mark, first)
                before(closing, last)
                taken += [mark, closing]
    for mark in taken:
        _drop(mark)
    return list(cited.values())


def _drop(mark: etree._Element) -> None:
    """Take a mark away, as pandoc would say the words between two of them twice."""
    parent = mark.getparent()
    if parent is not None:
        before(mark, mark.tail or "")
        mark.tail = None
        parent.remove(mark)


def _closing(mark: etree._Element, tag: str, name: str) -> etree._Element | None:
    return next((e for e in mark.itersiblings(tag) if e.get(f"{TEXT}name") == name), None)


def _item(name: str) -> dict[str, Any] | None:
    match = _DATA.search(name)
    try:
        item = json.loads(match[1]) if match else None
    except ValueError:
        return None
    return item if isinstance(item, dict) and isinstance(item.get("citationItems"), list) else None


def _properties(archive: Archive) -> dict[str, dict[str, Any]]:
    meta = archive.xml("meta.xml")
    return joined(_named(meta)) if meta is not None else {}


def _named(meta: etree._Element) -> Iterator[tuple[str, str]]:
    for prop in meta.iter(f"{META}user-defined"):
        yield prop.get(f"{META}name", ""), prop.text or ""
