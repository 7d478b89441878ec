"""PDF: what it says, and whether that is what was to be printed.

The text is that of the tagged content (ISO 32000-1, 14.8): running heads, folios and the marks of
lists are no part of it. It is compared letter by letter, since lines and page turns tear words
apart; hyphens, blanks and case, which are a matter of setting, do not count.
"""

from __future__ import annotations

import ctypes
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import groupby
from typing import Any

from lxml import etree

from pubtool.checks.html import INLINE, NOTE
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.source import fragment, local
from pubtool.text import letters, without_invisible

_UNTAGGED = frozenset({"head", "img"})
_SVG = "http://www.w3.org/2000/svg"
_DRAWING = "data:image/svg+xml;base64,"
_WINDOW = 3
_SHOWN = 12
# Letters that a line has at most, as a rule.
_USUAL = 1000


def letter_differences(page: etree._Element, data: bytes, place: Place) -> Iterator[Diagnostic]:
    """Letters lost (PT702) and added (PT703) between the page that was set and the PDF.

    A style may add the numbers of notes, heads of tables again on every page, and signs; and
    drawings may hold words.
    """
    wanted, texts = "".join(printed_text(page)), marked_text(data)
    printed = letters("".join("".join(texts.get(key, [])) for key in marked_content(data)))
    pages = len({number for number, _ in texts})
    lost = Counter(letters(wanted)) - Counter(printed)
    added = Counter(printed) - Counter(letters(wanted + added_by_style(page, pages) + drawn(page)))
    if lost:
        yield found("PT702", place, f"{lost.total()} letters lost: {_told(lost, wanted, printed)}")
    invented = Counter({c: n for c, n in added.items() if c.isalnum()})
    if invented:
        told = _told(invented, "", "")
        yield found("PT703", place, f"{invented.total()} letters invented: {told}")


def added_by_style(page: etree._Element, pages: int) -> str:
    """Text that may stand in print more often than on the page: numbers of notes, table heads."""
    numbers = "".join(e.get("data-n", "") for e in page.iter("{*}span"))
    heads = "".join("".join(visible(head)) for head in page.iter("{*}thead"))
    return numbers * 2 + heads * (pages - 1)


def drawn(page: etree._Element) -> str:
    """The words in drawings (SVG), which are text in the PDF too."""
    drawings = (img.get("src", "").partition(_DRAWING)[2] for img in page.iter("{*}img"))
    return " ".join(text for drawing in drawings for text in _lettering(b64decode(drawing)))


def _lettering(svg: bytes) -> Iterator[str]:
    """The texts of a drawing; none of one that is beyond our parser, which the engine drew."""
    with suppress(etree.XMLSyntaxError):
        for text in fragment(svg).iter(f"{{{_SVG}}}text"):
            yield "".join(text.itertext())


def _told(counted: Counter[str], wanted: str, printed: str) -> str:
    """The longest run of words that is nowhere in print; else the letters themselves."""
    words = without_invisible(wanted).split()
    gone = longest_gap(words, printed) or ["".join(sorted(counted.elements()))[:40]]
    return f"“{' '.join(gone[:_SHOWN])}{' …' if len(gone) > _SHOWN else ''}”"


def longest_gap(words: list[str], printed: str) -> list[str]:
    """The longest run of words of which no three together are in print."""
    starts = range(len(words) - _WINDOW + 1)
    absent = [letters("".join(words[i : i + _WINDOW])) not in printed for i in starts]
    runs = [list(run) for gone, run in groupby(starts, key=lambda i: absent[i]) if gone]
    longest = max(runs, key=len, default=[])
    return words[longest[0] : longest[-1] + _WINDOW] if longest else []


def printed_text(page: etree._Element) -> Iterator[str]:
    """All text of the page that is to be set; notes, which are printed elsewhere, at the end."""
    yield from visible(page)
    for note in page.iter("{*}span"):
        if note.get("class") == NOTE:
            yield from _content(note)


def visible(e: etree._Element) -> Iterator[str]:
    """The text under an element without notes, edges of blocks as blanks."""
    if local(e) in _UNTAGGED or e.get("class") == NOTE:
        return
    yield from _content(e)
    if local(e) not in INLINE:
        yield " "


def _content(e: etree._Element) -> Iterator[str]:
    yield e.text or ""
    for inner in e.iterchildren("*"):
        yield from visible(inner)
        yield inner.tail or ""


# ── the file ──


def marked_content(data: bytes) -> list[tuple[int, int]]:
    """(page, marked-content identifier) of all tagged content in order, labels of lists left out.

    Pages count from 0 (ISO 32000-1, 14.7.4.2).
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        return list(_under(root, -1, pages)) if root is not None else []


def _under(element: Any, page: int, pages: dict[Any, int]) -> Iterator[tuple[int, int]]:
    import pikepdf

    if isinstance(element, int):
        yield page, element
        return
    if element.get("/S") == "/Lbl" or element.get("/Type") == "/OBJR":
        return
    if "/Pg" in element:
        page = pages[element["/Pg"].objgen]
    if element.get("/Type") == "/MCR":
        yield page, int(element["/MCID"])
        return
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _under(kid, page, pages)


def marked_text(data: bytes) -> dict[tuple[int, int], list[str]]:
    """The text drawn on each page under each marked-content identifier."""
    import pypdfium2
    from pypdfium2 import raw

    said: dict[tuple[int, int], list[str]] = {}
    buffer = (ctypes.c_ushort * _USUAL)()
    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document):
            textpage = page.get_textpage()
            for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                key = (number, raw.FPDFPageObj_GetMarkedContentID(part.raw))
                said.setdefault(key, []).append(_text_of(part, textpage, buffer))
    finally:
        document.close()
    return said


def _text_of(part: Any, textpage: Any, buffer: Any) -> str:
    """The text of a text object, which PDFium hands out as UTF-16 that ends in a zero.

    `buffer` holds a usual one.
    """
    from pypdfium2 import raw

    room = ctypes.sizeof(buffer)
    size = raw.FPDFTextObj_GetText(part.raw, textpage.raw, buffer, room)
    if size > room:
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(part.raw, textpage.raw, buffer, size)
    return ctypes.string_at(buffer, max(size - 2, 0)).decode("utf-16-le", "replace")
