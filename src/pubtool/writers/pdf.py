"""PDF through WeasyPrint: one file that is PDF/UA-1 and PDF/A-3a, the JATS attached.

WeasyPrint writes one claim or the other; both stand in the file because its metadata are written
here (ISO 14289-1 6.1, ISO 19005-3 6.6). It may read nothing but data: URIs and the styles.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pubtool import resources
from pubtool.diagnostics import Diagnostic, Place, ToolMissing, errors, found
from pubtool.edition import Edition, Made
from pubtool.settings import Style
from pubtool.tools import PANGO_HINT
from pubtool.writers.html_page import article, run, shell
from pubtool.writers.pdf_page import page
from pubtool.writers.pdf_tags import mend

_LOST_IMAGE = re.compile(r"Failed to load image at '(.*?)'|Failed to load image")
_MISSING_GLYPH = re.compile(r'unsupported by fonts: "(.*)" \((U\+[0-9A-F]+)\)', re.S)
# What a fetch that was refused or failed is logged as.
_REFUSED = ("Failed to load", "Error when loading", "Relative URI")


def print_page(edition: Edition) -> Made:
    """The page that is set: the chapter after the print rules, in the print shell."""
    go = run(edition, page, paper=True)
    text = article(edition, go, colophon_first=True)
    more = {"head": running_heads(edition), "override": overrides(edition.settings.style)}
    return shell("print.html", edition, text, more, go.findings)


def write(edition: Edition) -> Made:
    """The chapter as PDF. Raises ToolMissing where Pango or WeasyPrint is not installed."""
    source = print_page(edition)
    if errors(source.findings):
        return source
    place = Place(edition.chapter.file)
    with _complaints(place) as findings:
        document = _laid_out(source.data.decode("utf-8"), edition.settings.root)
        document.metadata = _metadata(document.metadata, edition)
        data = document.write_pdf(
            pdf_variant="pdf/a-3a", pdf_tags=True, finisher=_finisher(edition)
        )
    return Made(data, (*source.findings, *findings))


# ── what the shell is told ──


def running_heads(edition: Edition) -> str:
    """The words of the running heads and the number of the first page, as CSS."""
    chapter = edition.chapter
    first = chapter.record.first_page
    author, title = css_string(chapter.running_author), css_string(chapter.running_title)
    lines = [
        f"@page :left {{ @top-center {{ content: {author} }} }}",
        f"@page :right {{ @top-center {{ content: {title} }} }}",
        f"@page :first {{ counter-reset: page {first} }}" if first.isdigit() else "",
    ]
    return "\n".join(lines)


def css_string(text: str) -> str:
    """A CSS string literal (CSS Syntax 4.3.5), safe within a style element."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):X} " for c in text) + '"'


def overrides(style: Style) -> str:
    """[style] of pubtool.toml as CSS."""
    fonts = ", ".join(css_string(name) for name in style.fonts)
    rules = [
        (f"font-family: {fonts}, var(--serif)" if fonts else "", "html"),
        (f"font-size: {style.font_size}" if style.font_size else "", "html"),
        (f"size: {style.page_size}" if style.page_size else "", "@page"),
        (f"color: {style.link_color}" if style.link_color else "", "a"),
    ]
    return "\n".join(f"{selector} {{ {rule} }}" for rule, selector in rules if rule)


# ── the engine ──


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError):
        message = "WeasyPrint cannot be loaded: the Pango libraries are not installed"
        raise ToolMissing(message, PANGO_HINT) from None
    return weasyprint


@cache
def _fonts() -> Any:
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _stylesheet(path: Path, changed: int) -> Any:
    """A parsed stylesheet; `changed` (ns) makes an edited file a new one."""
    css = path.read_text("utf-8")
    return _weasyprint().CSS(string=css, font_config=_fonts(), url_fetcher=_fetcher())


def _laid_out(html: str, root: Path) -> Any:
    path = resources.find("styles", "print.css", root)
    style = _stylesheet(path, path.stat().st_mtime_ns)
    source = _weasyprint().HTML(string=html, base_url="pubtool:", url_fetcher=_fetcher())
    return source.render(stylesheets=[style], font_config=_fonts(), pdf_variant="pdf/a-3a",
                         pdf_tags=True)  # fmt: skip


def _fetcher() -> Any:
    """A fetcher that opens data: URIs and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@contextmanager
def _complaints(place: Place) -> Iterator[list[Diagnostic]]:
    """What WeasyPrint logs about letters and images while it works, as findings."""
    findings: list[Diagnostic] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            finding = _complaint(record.getMessage(), place)
            if finding is not None and finding not in findings:
                findings.append(finding)

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    before = logger.propagate, logger.level, logger.handlers[:]
    logger.handlers, logger.propagate = [listener], False
    logger.setLevel(logging.WARNING)
    try:
        yield findings
    finally:
        logger.propagate, logger.handlers = before[0], before[2]
        logger.setLevel(before[1])


def _complaint(said: str, place: Place) -> Diagnostic | None:
    glyph = _MISSING_GLYPH.search(said)
    if glyph:
        return found("PT733", place, f"no font has the letter “{glyph[1]}” ({glyph[2]})")
    if said.startswith(_REFUSED):
        return found("PT734", place, re.sub(r"data:[^\s'\"]{40,}", "data:…", said).split("\n")[0])
    return None


# ── metadata ──


def _metadata(plain: Any, edition: Edition) -> Any:
    """WeasyPrint's metadata with our XMP: both claims, every fact, never compressed."""
    from weasyprint.pdf.metadata import DocumentMetadata

    class Metadata(DocumentMetadata):  # type: ignore[misc]
        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            return xmp(edition)

        def include_in_pdf(
            self, pdf: Any, variant: str, version: int, conformance: str, compress: bool
        ) -> None:
            super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    made = Metadata(title=plain.title, authors=plain.authors, lang=edition.chapter.record.language)
    made.attachments = _attachments(edition)
    return made


def xmp(edition: Edition) -> bytes:
    """The RDF of the file's XMP, from the template."""
    rdf = shell("xmp.xml", edition, None, {}, [])
    return rdf.data


def _attachments(edition: Edition) -> list[Any]:
    """The JATS as the source of the file; without dates of its own, so with one fixed date."""
    jats = edition.parts.get("jats")
    if jats is None:
        return []
    date = datetime(2000, 1, 1, tzinfo=UTC)
    return [
        _weasyprint().Attachment(
            string=jats, name=f"{edition.chapter.record.id}.jats.xml", relationship="Source",
            description="JATS XML", created=date, modified=date,
        )
    ]  # fmt: skip


def _finisher(edition: Edition) -> Any:
    """Mended tags; page labels, so that a viewer counts as the volume (ISO 32000-1, 12.4.2)."""

    def finish(document: Any, pdf: Any) -> None:
        import pydyf

        first = edition.chapter.record.first_page
        label = pydyf.Dictionary({"S": "/D"})
        if first.isdigit():
            label["St"] = int(first)
        mend(pdf)
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, label])})

    return finish
