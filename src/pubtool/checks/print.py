"""Print PDF: what a press asks of PDF/X-4 (ISO 15930-7), as far as it can be seen from outside.

There is no open validator of PDF/X; this looks at output intent, boxes, inks, fonts and extent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pubtool.checks.html import words as html_words
from pubtool.checks.pdf import unembedded
from pubtool.checks.pdf_text import letter_differences
from pubtool.conservation import chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.source import fragment
from pubtool.writers.pdf_press import press_page

_CLAIM = re.compile(rb"GTS_PDFXVersion>PDF/X-4<")
_BOXES = ("/TrimBox", "/BleedBox", "/MediaBox")
_RGB_OPERATORS = frozenset({"rg", "RG"})
_SPACE_OPERATORS = frozenset({"cs", "CS"})
_RGB_SPACES = frozenset({"/DeviceRGB", "/CalRGB"})
_HAIR = 0.01


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """The file is fit for the press: PT757; in full, without a colour in RGB (PT758)."""
    import pikepdf

    place = Place(name)
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError as error:
        return [found("PT757", place, f"the file cannot be opened: {error}")]
    with pdf:
        findings = [found("PT757", place, said) for said in (*unclaimed(pdf), *unfit(pdf))]
        if level == "full":
            findings += [*unembedded(pdf, place)]
            findings += [found("PT758", place, said) for said in dict.fromkeys(in_rgb(pdf))]
    return findings


def unclaimed(pdf: Any) -> Iterator[str]:
    """What the file does not say of itself: version, output intent, trapping."""
    metadata = pdf.Root.get("/Metadata")
    if metadata is None or not _CLAIM.search(bytes(metadata.read_bytes())):
        yield "the file does not claim PDF/X-4"
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"there are {len(intents)} output intents of PDF/X instead of one"
    for intent in intents:
        profile = intent.get("/DestOutputProfile")
        if profile is None or profile.get("/N") != 4:
            yield "the output intent has no profile for four inks"
    if pdf.docinfo.get("/Trapped") not in ("/True", "/False"):
        yield "the file does not say whether it is trapped"
    if pdf.is_encrypted:
        yield "the file is encrypted"


def unfit(pdf: Any) -> Iterator[str]:
    """What is wrong with the pages: their boxes, annotations, number."""
    if len(pdf.pages) % 2:
        yield f"the file has {len(pdf.pages)} pages, an odd number"
    sizes = set()
    for number, page in enumerate(pdf.pages, 1):
        if "/Annots" in page and len(page.Annots):
            yield f"page {number} has links or other annotations"
        if any(name not in page for name in _BOXES):
            yield f"page {number} lacks one of {', '.join(name[1:] for name in _BOXES)}"
            continue
        trim, bleed, media = ([float(n) for n in page[name]] for name in _BOXES)
        if not (within(trim, bleed) and within(bleed, media)):
            yield f"on page {number} trim, bleed and media do not enclose each other"
        sizes.add((round(trim[2] - trim[0]), round(trim[3] - trim[1])))
    if len(sizes) > 1:
        yield "the pages are not all trimmed to the same size"


def within(inner: list[float], outer: list[float]) -> bool:
    """True if a box lies within another, by a hair."""
    low = all(inner[n] >= outer[n] - _HAIR for n in (0, 1))
    return low and all(inner[n] <= outer[n] + _HAIR for n in (2, 3))


# ── colours ──


def in_rgb(pdf: Any) -> Iterator[str]:
    """Every use of RGB: in text and rules, images, shadings, and groups."""
    import pikepdf

    for number, page in enumerate(pdf.pages, 1):
        if _operates_in_rgb(page):
            yield f"page {number} sets a colour in RGB"
    for part in pdf.objects:
        if isinstance(part, pikepdf.Stream) and part.get("/Subtype") == "/Image":
            if _is_rgb(part.get("/ColorSpace")):
                yield "an image is in RGB"
        elif isinstance(part, pikepdf.Stream) and part.get("/Subtype") == "/Form":
            if _operates_in_rgb(part):
                yield "a drawing sets a colour in RGB"
            if _is_rgb(part.get("/Group", {}).get("/CS")):
                yield "a transparent drawing is mixed in RGB"
        elif isinstance(part, pikepdf.Dictionary) and "/Shading" in part:
            shadings = part["/Shading"]
            if any(_is_rgb(shading.get("/ColorSpace")) for shading in shadings.values()):
                yield "a drawing has a gradient in RGB"


def _operates_in_rgb(part: Any) -> bool:
    import pikepdf

    for instruction in pikepdf.parse_content_stream(part):
        operator = str(instruction.operator)
        if operator in _RGB_OPERATORS:
            return True
        if operator in _SPACE_OPERATORS and str(instruction.operands[0]) in _RGB_SPACES:
            return True
    return False


def _is_rgb(space: Any) -> bool:
    """True if a colour space is RGB, plain, calibrated, indexed or by profile."""
    import pikepdf

    if isinstance(space, pikepdf.Array):
        kind = str(space[0])
        if kind == "/ICCBased":
            return bool(space[1].get("/N") == 3)
        return kind in _RGB_SPACES or (kind == "/Indexed" and _is_rgb(space[1]))
    return space is not None and str(space) in _RGB_SPACES


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """The words of the chapter are on the page that was set, and its letters are in the PDF."""
    page, place = press_page(edition).data, Place(name)
    words = differences(chapter_words(edition.chapter), html_words(page), place, edition.chapter)
    return words or [*letter_differences(fragment(page), data, place)]
