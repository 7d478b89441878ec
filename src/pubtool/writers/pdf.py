"""PDF through WeasyPrint: one file that is PDF/UA-1 and PDF/A-3a, the JATS attached.

WeasyPrint may read data: URIs and the folders of styles, and nothing else; what it complains of
becomes findings.
"""

from __future__ import annotations

import atexit
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pubtool import resources
from pubtool.diagnostics import (
    Diagnostic,
    Place,
    Severity,
    ToolFailed,
    ToolMissing,
    errors,
    found,
)
from pubtool.edition import Edition, Made
from pubtool.tools import PANGO_HINT
from pubtool.writers.html import data_uri
from pubtool.writers.html_page import article, run, shell
from pubtool.writers.html_style import css_string, font_list, root_rule, value
from pubtool.writers.pdf_document import laid_out
from pubtool.writers.pdf_hyphens import teach, unhyphenated
from pubtool.writers.pdf_lines import shape_addresses
from pubtool.writers.pdf_metadata import complete_catalogue, metadata
from pubtool.writers.pdf_numerals import folios
from pubtool.writers.pdf_page import page
from pubtool.writers.pdf_streams import ambiguous, settle
from pubtool.writers.pdf_tags import mend

_OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True}
_TRIES = 8
_MISSING_GLYPH = re.compile(r'unsupported by fonts: "(.*)" \((U\+[0-9A-F]+)\)', re.S)
_IGNORED = re.compile(r"(?:Ignored|Invalid|Unsupported|Expected) .* at (\d+):(\d+)", re.S)
# How a fetch that was refused or failed, and a file that cannot be used, is logged.
_REFUSED = ("Failed to", "Error when", "Relative URI", "Font-face", "Unsupported stylesheet")
_DATA = re.compile(r"data:[^\s'\"]*")


def print_page(edition: Edition) -> Made:
    """The page that is set: the chapter after the print rules, in the print shell."""
    go = run(edition, page, paper=True)
    text = article(edition, go, colophon_first=True)
    shape_addresses(text)
    place, language = Place(edition.chapter.file), edition.chapter.record.language
    findings = [*go.findings, *unhyphenated(text, language, place)]
    return shell("print.html", edition, text, {"variables": variables(edition)}, findings)


def variables(edition: Edition) -> str:
    """What the chapter and [style] tell the stylesheet: running heads, folios, type and page."""
    chapter, style = edition.chapter, edition.settings.style
    pages = folios(chapter.record.first_page)
    told = root_rule(
        {
            "running-author": css_string(chapter.running_author),
            "running-title": css_string(chapter.running_title),
            "first-page": str(pages.first),
            "folio": pages.style,
            "serif": font_list(style),
            "size": value(style.font_size),
            "link": value(style.link_color),
        }
    )
    size = f"@page {{ size: {value(style.page_size)}; }}" if style.page_size else ""
    side = "html { break-before: left; }" if pages.verso else ""
    return "\n".join(filter(None, (told, size, side)))


def write(edition: Edition) -> Made:
    """The chapter as PDF.

    Raises ToolMissing where Pango or WeasyPrint is not installed, ToolFailed where it breaks.
    """
    source, xmp = print_page(edition), shell("xmp.xml", edition, None, {}, [])
    if errors([*source.findings, *xmp.findings]):
        return Made(b"", (*source.findings, *xmp.findings))
    weasyprint = _weasyprint()
    style, refused = _stylesheet(*_print_style(edition), edition.settings.root)
    place = Place(edition.chapter.file)
    with _complaints(place, _image_names(edition)) as findings, _as_failure():
        html = weasyprint.HTML(
            string=source.data.decode("utf-8"),
            base_url="pubtool:",
            url_fetcher=_fetcher(edition.settings.root),
        )
        whole = edition.settings.pdf.line_breaking == "optimal"
        document, overfull = laid_out(html, style, _fonts(), _OPTIONS, whole=whole)
        data = _written(document, edition, xmp.data)
    long = [found("PT736", place, f"too long: “{text}”") for text in dict.fromkeys(overfull)]
    return Made(data, (*source.findings, *refused, *findings, *long))


def _image_names(edition: Edition) -> dict[str, str]:
    """What the images are called in the chapter, by the address they have on the page."""
    return {data_uri(i.media_type, i.data): href for href, i in edition.images.items()}


def _written(document: Any, edition: Edition, xmp: bytes) -> bytes:
    """The file of a document; written anew, one blank longer, while a stream has a doubtful end."""
    import pydyf

    def finish(blanks: int, document: Any, pdf: Any) -> None:
        mend(pdf)
        complete_catalogue(pdf, edition)
        if blanks:
            pdf.info["Blanks"] = pydyf.String(" " * blanks)
        settle(pdf)

    for blanks in range(_TRIES):
        document.metadata = metadata(edition, xmp)
        data = bytes(document.write_pdf(finisher=partial(finish, blanks), **_OPTIONS))
        if not ambiguous(data):
            break
    return data


# ── the engine ──


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError):
        message = "WeasyPrint cannot be loaded: the Pango libraries are not installed"
        raise ToolMissing(message, PANGO_HINT) from None
    teach()
    return weasyprint


@contextmanager
def _as_failure() -> Iterator[None]:
    """Whatever breaks inside the engine, told as its failure."""
    try:
        yield
    except Exception as error:
        message = f"WeasyPrint broke while it set the pages: {type(error).__name__}: {error}"
        raise ToolFailed(message, "report this with the chapter") from error


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    # Its temporary files are removed while the interpreter still can.
    atexit.register(_fonts.cache_clear)
    return FontConfiguration()


def _print_style(edition: Edition) -> tuple[Path, int]:
    """The stylesheet of print and when it was changed (ns), which makes an edited one new."""
    path = resources.find("styles", "print.css", edition.settings.root)
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=8)
def _stylesheet(path: Path, changed: int, root: Path) -> tuple[Any, tuple[Diagnostic, ...]]:
    """A parsed stylesheet, and what of it the engine refused."""
    with _complaints(Place(f"styles/{path.name}"), {}) as findings:
        style = _weasyprint().CSS(
            string=path.read_text("utf-8"),
            base_url=path.resolve().as_uri(),
            font_config=_fonts(),
            url_fetcher=_fetcher(root),
        )
    return style, tuple(findings)


def _fetcher(root: Path) -> Any:
    """A fetcher that opens data: URIs and files beside the styles: nothing else, no network."""
    from weasyprint.urls import URLFetcher

    folders = [folder.resolve() for folder in resources.folders("styles", root)]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            address = urlsplit(url)
            if address.scheme == "file":
                path = Path(url2pathname(address.path)).resolve()
                if not any(path.is_relative_to(folder) for folder in folders):
                    raise ValueError("files outside the styles are not read")
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("data", "file"), allow_redirects=False)


@contextmanager
def _complaints(place: Place, names: Mapping[str, str]) -> Iterator[list[Diagnostic]]:
    """What WeasyPrint logs about letters, images and styles while it works, as findings.

    `names` are the names of images by the address it knows them by.
    """
    findings: list[Diagnostic] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            finding = _complaint(_named(record.getMessage(), names), place)
            if finding is not None and finding not in findings:
                findings.append(finding)

    logger = logging.getLogger("weasyprint")
    level, propagate, handlers = logger.level, logger.propagate, logger.handlers
    logger.handlers, logger.propagate = [Listener()], False
    logger.setLevel(logging.WARNING)
    try:
        yield findings
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def _named(said: str, names: Mapping[str, str]) -> str:
    """A message with the names of images in the place of their bytes."""
    return _DATA.sub(lambda found: names.get(found[0], "data:…"), said).split("\n")[0]


def _complaint(said: str, place: Place) -> Diagnostic | None:
    glyph, ignored = _MISSING_GLYPH.search(said), _IGNORED.match(said)
    if glyph:
        return found("PT733", place, f"no font has the letter “{glyph[1]}” ({glyph[2]})")
    if said.startswith(_REFUSED):
        return found("PT734", place, said.rstrip(": "))
    if ignored:
        line, column = int(ignored[1]), int(ignored[2])
        where = Place(place.file, line, column)
        return found("PT734", where, said, severity=Severity.WARNING)
    return None
