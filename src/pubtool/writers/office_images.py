"""OpenDocument: the alternative texts of images, which pandoc does not write.

Sources: OpenDocument 1.3, part 3, 10.4.3 (frames) and 10.21.3 (svg:title); OpenDocument
Accessibility Guidelines (alternative text is svg:title).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from pubtool.source import fragment

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_IMAGE = f"{{{_ODF}drawing:1.0}}image"
_TITLE = f"{{{_ODF}svg-compatible:1.0}}title"
_HREF = "{http://www.w3.org/1999/xlink}href"


def described(content: bytes, alternatives: Sequence[str]) -> bytes:
    """`content.xml` with the alternative text of every image of the document.

    Where pandoc could not use one of the images, nothing is said of any: it would be of the wrong.
    """
    root = fragment(content)
    images = sorted(root.iter(_IMAGE), key=_number)
    if len(images) != len(alternatives):
        return content
    for image, alternative in zip(images, alternatives, strict=True):
        frame = image.getparent()
        if alternative and frame is not None:
            etree.SubElement(frame, _TITLE).text = alternative
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _number(image: etree._Element) -> int:
    """Pandoc numbers pictures in the order of its document, captions before what they caption."""
    return int(image.get(_HREF, "").rpartition("/")[2].partition(".")[0] or 0)


def alternatives(node: Any) -> Iterator[str]:
    """The alternative texts of all images in a pandoc document, in its order."""
    if isinstance(node, dict) and node.get("t") == "Image":
        yield "".join(part.get("c", " ") for part in node["c"][1])
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from alternatives(part)
