"""Indexes, text boxes and hidden words of an OpenDocument text."""

from __future__ import annotations

from lxml import etree

from pubtool.readers.ledger import Ledger
from pubtool.readers.opendocument import (
    DRAW,
    PARAGRAPHS,
    STYLE,
    TEXT,
    before,
    said_in,
)
from pubtool.text import squeeze

_INDEXES = ("table-of-content", "bibliography", "alphabetical-index", "illustration-index",
            "table-index", "object-index", "user-index")  # fmt: skip
_SHOWN = 80


def open_indexes(
    content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger
) -> None:
    """A bibliography is text; other indexes are lists that pubtool makes itself (PT601)."""
    for index in list(content.iter(*(f"{TEXT}{name}" for name in _INDEXES))):
        parent, body = index.getparent(), index.find(f"{TEXT}index-body")
        if parent is None:
            continue
        kept: list[etree._Element] = []
        if index.tag == f"{TEXT}bibliography" and body is not None:
            for inner in body:
                kept += list(inner) if inner.tag == f"{TEXT}index-title" else [inner]
        else:
            for line in index.iter(*PARAGRAPHS):
                said = squeeze("".join(said_in(line)))
                if said:
                    what = "line of a table of contents or index"
                    ledger.repeated(numbers.get(line, 0), said, what)
        at = parent.index(index)
        parent[at : at + 1] = kept


def open_boxes(content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger) -> None:
    """What stands in a text box goes after the paragraph that holds the box."""
    for box in list(content.iter(f"{DRAW}text-box")):
        frame = box.getparent()
        host = next(box.iterancestors(*PARAGRAPHS), None)
        if frame is None:
            continue
        said = squeeze(" ".join("".join(said_in(p)) for p in box.iter(*PARAGRAPHS)))
        if said:
            short = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
            number = numbers.get(host, 0) if host is not None else 0
            ledger.report("PT611", number, f"“{short}” stands now after the paragraph beside it")
        for block in reversed(list(box)):
            (host if host is not None else frame).addnext(block)
        parent = frame.getparent()
        if parent is not None:
            before(frame, frame.tail or "")
            frame.tail = None
            parent.remove(frame)


def take_hidden(
    content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger
) -> None:
    """Hidden words leave the text, and are named (PT612)."""
    hidden = {
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        for props in style.iter(f"{STYLE}text-properties")
        if props.get(f"{TEXT}display") == "none"
    }
    for element in list(content.iter(f"{TEXT}span", f"{TEXT}hidden-text", f"{TEXT}p")):
        if element.get(f"{TEXT}style-name") in hidden or element.tag == f"{TEXT}hidden-text":
            said = squeeze("".join(said_in(element)))
            host = element if element in numbers else next(element.iterancestors(*PARAGRAPHS), None)
            if said:
                number = numbers.get(host, 0) if host is not None else 0
                ledger.report("PT612", number, f"“{said}”", said)
            for inner in list(element):
                element.remove(inner)
            element.text = None
