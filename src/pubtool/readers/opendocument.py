"""The vocabulary of OpenDocument 1.3, part 3, and the text of an element."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_N = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE, STYLE, META = (f"{{{_N}{n}:1.0}}" for n in ("text", "office", "style", "meta"))
FO = f"{{{_N}xsl-fo-compatible:1.0}}"
DRAW = f"{{{_N}drawing:1.0}}"
SVG = f"{{{_N}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_BLANKS = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": " "}
_SKIPPED = frozenset(
    {
        f"{TEXT}tracked-changes", f"{TEXT}note-citation", f"{DC}date", f"{DC}creator",
        f"{SVG}desc", f"{SVG}title",
    }
)  # fmt: skip


def said_in(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph; notes in it belong to their own paragraphs."""
    yield element.text or ""
    for inner in element:
        if inner.tag in _BLANKS:
            yield _BLANKS[inner.tag]
        elif inner.tag not in _SKIPPED and inner.tag not in PARAGRAPHS:
            yield from said_in(inner)
        yield inner.tail or ""


def before(mark: etree._Element, text: str) -> None:
    """Put text before an element."""
    last, parent = mark.getprevious(), mark.getparent()
    if last is not None:
        last.tail = (last.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
