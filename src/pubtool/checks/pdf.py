"""PDF: the claims it makes hold, its fonts are inside, and no letter of the chapter is lost."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from pubtool.checks.html import words as html_words
from pubtool.conservation import chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, ToolMissing, found
from pubtool.edition import Edition
from pubtool.source import fragment, local
from pubtool.text import words as fold
from pubtool.writers.pdf import print_page

PROFILES = {"pdfuaid": ("ua1", "PDF/UA-1"), "pdfaid": ("3a", "PDF/A-3a")}
_CLAIM = re.compile(rb"<(pdf(?:ua|a)id):part>|\b(pdf(?:ua|a)id):part=")
_UNPRINTED = re.compile(r"[\s\u00ad\u200b-\u200f\u2010\u2011\u2060\ufeff\ufffe\x00-\x1f-]")
_SHOWN = 10


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Both claims stand in the file; in full, they hold (PT731), and fonts are embedded (PT732)."""
    place = Place(name)
    claims = {(a or b).decode("ascii") for a, b in _CLAIM.findall(data)}
    missing = [PROFILES[claim][1] for claim in PROFILES if claim not in claims]
    findings = [found("PT731", place, f"the file does not claim {label}") for label in missing]
    if level != "full":
        return findings
    return [*findings, *(f for claim in PROFILES for f in broken(data, claim, place)),
            *unembedded(data, place)]  # fmt: skip


def broken(data: bytes, claim: str, place: Place) -> Iterator[Diagnostic]:
    """What page-validation objects to under one of the profiles."""
    profile, label = PROFILES[claim]
    validation = _validation()
    try:
        report = validation.validate_pdf_bytes(data, profile=profile)
    except validation.PageError as error:
        yield found("PT731", place, f"{label}: the file cannot be read: {error}")
        return
    for failure in report.failures:
        yield found("PT731", place, f"{label}: {failure.message} ({failure.rule_id})")


def _validation() -> Any:
    try:
        import page
    except ImportError:
        raise ToolMissing(
            "page-validation is not installed", "pip install page-validation"
        ) from None
    return page


def unembedded(data: bytes, place: Place) -> Iterator[Diagnostic]:
    """Fonts that are named in the file but not in it."""
    import pikepdf

    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PdfError as error:
        yield found("PT732", place, f"the file cannot be opened: {error}")
        return
    with pdf:
        for object_ in pdf.objects:
            if not isinstance(object_, pikepdf.Dictionary):
                continue
            if object_.get("/Type") == "/FontDescriptor" and not any(
                key.startswith("/FontFile") for key in object_
            ):
                yield found("PT732", place, f"the font {object_.get('/FontName')} is not embedded")


# ── conservation ──


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """The words of the chapter are on the set page, and its letters are in the PDF.

    The page that was set is compared word by word; the PDF letter by letter, since lines, notes
    and page turns tear words apart in any extraction. Hyphens and blanks are left out.
    """
    page = print_page(edition).data
    place = Place(name)
    words = differences(chapter_words(edition.chapter), html_words(page), place, edition.chapter)
    return words or letter_differences(edition, fragment(page), data, place)


def letter_differences(
    edition: Edition, page: etree._Element, data: bytes, place: Place
) -> list[Diagnostic]:
    """Letters lost (PT702) and added (PT703) between the page that was set and the PDF."""
    texts = page_texts(data)
    printed = letters("".join(texts))
    wanted_text = "".join([*visible(page), *running_text(edition, len(texts))])
    wanted = letters(wanted_text)
    lost, added = Counter(wanted), Counter(printed)
    lost.subtract(printed)
    added.subtract(wanted)
    findings = []
    if +lost:
        gone = [w for w in dict.fromkeys(fold(wanted_text)) if letters(w) not in printed]
        findings.append(found("PT702", place, _told("lost", +lost, gone)))
    if +added:
        findings.append(found("PT703", place, _told("added", +added, [])))
    return findings


def _told(what: str, letters: Counter[str], words: list[str]) -> str:
    count = letters.total()
    told = " ".join(words[:_SHOWN]) or "".join(sorted(letters.elements())[:40])
    return f"{count} letters {what}: “{told}{' …' if len(words) > _SHOWN else ''}”"


def letters(text: str) -> str:
    """What is printed of a text: no blanks, hyphens and format characters."""
    return _UNPRINTED.sub("", unicodedata.normalize("NFKC", text))


def page_texts(data: bytes) -> list[str]:
    """The text of each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def visible(e: etree._Element) -> Iterator[str]:
    """All text that the print page shows, numbers of notes and marks of lists included."""
    name = local(e)
    if name in ("head", "img"):
        return
    if name == "br":
        yield " "
    if name == "li":
        yield f" {marker(e)} "
    if e.get("class") == "fn":
        number = e.get("data-n", "")
        yield f"{number} {number} "
    yield e.text or ""
    for inner in e.iterchildren("*"):
        yield from visible(inner)
        yield inner.tail or ""
    yield " "


def marker(item: etree._Element) -> str:
    """The mark or number that stands before a list item."""
    around = item.getparent()
    if around is None or around.get("class") == "plain":
        return ""
    if local(around) == "ul":
        return "" if "references" in (around.getparent().get("class") or "") else "•"  # type: ignore[union-attr]
    style = dict(part.split(":") for part in (around.get("style") or "").split(";") if part)
    before = int(style.get("counter-reset", "list-item 0").split()[1])
    number = before + 1 + sum(1 for _ in item.itersiblings("{*}li", preceding=True))
    return f"{numeral(number, style.get('list-style-type', 'decimal'))}."


def numeral(number: int, style: str) -> str:
    """A number as CSS counts in a style (CSS Counter Styles 3, 6)."""
    if style.endswith("alpha"):
        text = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            text = chr(ord("a") + rest) + text
    elif style.endswith("roman"):
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for value, letters_ in _ROMAN:
        count, number = divmod(number, value)
        text += letters_ * count
    return text


def running_text(edition: Edition, pages: int) -> Iterator[str]:
    """The folio of every page, and the running head of every page but the first."""
    chapter = edition.chapter
    first = int(chapter.record.first_page) if chapter.record.first_page.isdigit() else 1
    for n in range(pages):
        yield f" {first + n} "
        if n:
            # CSS takes the second page of a document for a left page, whatever its number.
            yield chapter.running_author if n % 2 else chapter.running_title
