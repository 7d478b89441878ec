"""PDF: the claims it makes hold, its fonts are inside, and no letter of the chapter is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from pubtool.checks.html import words as html_words
from pubtool.checks.pdf_text import letter_differences
from pubtool.conservation import chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, ToolMissing, found
from pubtool.edition import PAGE, Edition
from pubtool.source import fragment
from pubtool.writers.pdf_draft import print_page

PROFILES = {"pdfuaid": ("ua1", "PDF/UA-1"), "pdfaid": ("3a", "PDF/A-3a")}
_CLAIM = re.compile(rb"<(pdf(?:ua|a)id):part>|\b(pdf(?:ua|a)id):part=")


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """The file opens and makes both claims; in full, they hold (PT731), and fonts are in (PT732).

    Raises ToolMissing.
    """
    import pikepdf

    place = Place(name)
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError as error:
        return [found("PT731", place, f"the file cannot be opened: {error}")]
    with pdf:
        findings = [*unclaimed(pdf, place)]
        if level == "full":
            findings += [*unembedded(pdf, place), *unreadable(pdf, place)]
    if level == "full":
        findings += [finding for claim in PROFILES for finding in broken(data, claim, place)]
    return findings


def prepare() -> None:
    """Load what reads PDFs, before there is one to check."""
    import pikepdf  # noqa: F401
    import pypdfium2  # noqa: F401


def unclaimed(pdf: Any, place: Place) -> Iterator[Diagnostic]:
    """The claims that the file's XMP does not make."""
    metadata = pdf.Root.get("/Metadata")
    said = bytes(metadata.read_bytes()) if metadata is not None else b""
    claims = {(a or b).decode("ascii") for a, b in _CLAIM.findall(said)}
    for claim, (_, label) in PROFILES.items():
        if claim not in claims:
            yield found("PT731", place, f"the file does not claim {label}")


def broken(data: bytes, claim: str, place: Place) -> Iterator[Diagnostic]:
    """What page-validation objects to under one of the profiles."""
    profile, label = PROFILES[claim]
    validation = _validation()
    try:
        report = validation.validate_pdf_bytes(data, profile=profile)
    except validation.SafetyLimitError as error:
        yield found("PT739", place, f"not checked under {label}: {error}")
        return
    except validation.PageError as error:
        yield found("PT731", place, f"{label}: the file cannot be read: {error}")
        return
    for failure in report.failures:
        yield found("PT731", place, f"{label}: {failure.message} ({failure.rule_id})")


def _validation() -> Any:
    try:
        import page
    except (ImportError, OSError):
        raise ToolMissing(
            "page-validation is not installed", "pip install page-validation"
        ) from None
    return page


def unembedded(pdf: Any, place: Place) -> Iterator[Diagnostic]:
    """Fonts that are named in the file but not in it."""
    import pikepdf

    for part in pdf.objects:
        if not isinstance(part, pikepdf.Dictionary) or part.get("/Type") != "/FontDescriptor":
            continue
        if not any(key.startswith("/FontFile") for key in part):
            yield found("PT732", place, f"the font {part.get('/FontName')} is not embedded")


def unreadable(pdf: Any, place: Place) -> Iterator[Diagnostic]:
    """Attached files that are not what they were: empty, broken, or XML that is not well-formed."""
    import pikepdf

    for name, attached in pdf.attachments.items():
        try:
            data = attached.get_file().read_bytes()
            if name.endswith(".xml"):
                fragment(data)
        except (pikepdf.PdfError, etree.XMLSyntaxError) as error:
            yield found("PT731", place, f"the attached file {name} cannot be read: {error}")


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """The words of the chapter are on the page that was set, and its letters are in the PDF."""
    page = (edition.drafts.get(PAGE) or print_page(edition)).data
    place = Place(name)
    words = differences(chapter_words(edition.chapter), html_words(page), place, edition.chapter)
    return words or [*letter_differences(fragment(page), data, place)]
