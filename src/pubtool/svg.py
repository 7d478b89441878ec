"""SVG images: whether one stands alone.

A drawing may name files, fonts and scripts that whoever opens it would load and run. In a published
file such an address leads nowhere, or to the reader's own disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pubtool.source import fragment, local

# Addresses within the drawing itself.
_INSIDE = ("#", "data:")
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href", "src")
_CSS = re.compile(r"url\(\s*[\"']?([^)\"']+)|@import\s+[\"']([^\"']+)")


def dependence(data: bytes) -> str | None:
    """Why a drawing does not stand alone, in words for who drew it; None if it does."""
    if b"<!ENTITY" in data:
        return "declares entities, which could stand for other files"
    try:
        root = fragment(data)
    except etree.XMLSyntaxError as error:
        return f"is not well-formed: {error.msg}"
    if any(local(e) == "script" for e in root.iter("*")):
        return "holds a script"
    address = next(_addresses(root), None)
    return f"would load “{address}”" if address else None


def _addresses(root: etree._Element) -> Iterator[str]:
    """The addresses outside the drawing that it would load; a link to follow is none."""
    for e in root.iter("*"):
        hrefs = [] if local(e) == "a" else [e.get(name, "") for name in _HREFS]
        styles = [*map(str, e.attrib.values()), e.text or "" if local(e) == "style" else ""]
        named = (a or b for style in styles for a, b in _CSS.findall(style))
        yield from (a for a in (*hrefs, *named) if a and not a.strip().startswith(_INSIDE))
