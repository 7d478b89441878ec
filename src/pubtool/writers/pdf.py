"""PDF through WeasyPrint: one file that is PDF/UA-1 and PDF/A-3a, the JATS attached.

WeasyPrint may read data: URIs and the folders of styles, and nothing else; what it complains of
becomes findings.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from pubtool import resources
from pubtool.diagnostics import (
    Diagnostic,
    Place,
    ToolFailed,
    ToolMissing,
    errors,
    found,
)
from pubtool.edition import PAGE, XMP, Edition, Made
from pubtool.outcome import PAGES
from pubtool.pagination import as_json
from pubtool.settings import CLASSIC, Style
from pubtool.source import decode
from pubtool.tools import PANGO_HINT
from pubtool.writers.html import data_uri
from pubtool.writers.pdf_boxes import Painting, watch
from pubtool.writers.pdf_complaints import complaints
from pubtool.writers.pdf_fetcher import fetcher
from pubtool.writers.pdf_fonts import typefaces, typefaces_told
from pubtool.writers.pdf_hyphens import teach
from pubtool.writers.pdf_libraries import known_by_name, put_off
from pubtool.writers.pdf_metadata import complete_catalogue, metadata
from pubtool.writers.pdf_overflow import cut_off, lines_told, overflowing, shrunk
from pubtool.writers.pdf_places import pages
from pubtool.writers.pdf_streams import ambiguous, settle
from pubtool.writers.pdf_tags import tag

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Target:
    """What a PDF is made for: the drafts that are set, and what is done around WeasyPrint.

    `arrange` has the document before it is written, `finish` the file before it is closed, and
    `inspect` the painted pages, of which it tells what is amiss. `beside` is added to the stem for
    the file with the pages, `date` (ISO 8601) is told as the file's own.
    """

    drafts: Callable[[Edition], Mapping[str, Made]]
    options: Mapping[str, Any]
    finish: Callable[[Any, Sequence[Painting], Edition], None]
    arrange: Callable[[Any], None]
    inspect: Callable[[Sequence[Painting]], list[Diagnostic]]
    beside: str
    date: str = ""


def write(edition: Edition) -> Made:
    """The chapter as PDF for screens and repositories.

    Raises ToolMissing where Pango or WeasyPrint is not installed, ToolFailed where it breaks.
    """
    dpi = edition.settings.images.screen_dpi
    options = {**_SCREEN.options, "dpi": dpi} if dpi else _SCREEN.options
    return typeset(edition, replace(_SCREEN, options=options))


def typeset(edition: Edition, target: Target) -> Made:
    """The chapter as PDF for a target. Raises ToolMissing, ToolFailed."""
    # Those of an edition were made for the one target whose format has drafts, for screens.
    drafts = edition.drafts or target.drafts(edition)
    source, xmp = drafts[PAGE], drafts[XMP]
    if errors([*source.findings, *xmp.findings]):
        return Made(b"", (*source.findings, *xmp.findings))
    _weasyprint()
    styles, refused = _styles(edition)
    if not styles:
        return Made(b"", (*source.findings, *refused))
    from pubtool.writers.pdf_document import laid_out, opened  # late: only a PDF breaks paragraphs

    place = Place(edition.chapter.file)
    told = Place(edition.settings.file or "pubtool.toml")
    with complaints(place, _image_names(edition), told) as findings, _as_failure():
        html = opened(source.data, fetcher(edition.settings.root))
        whole = edition.settings.pdf.line_breaking == "optimal"
        document, seen = laid_out(html, styles, _fonts(), dict(target.options), whole=whole)
        target.arrange(document)
        paintings = watch(document)
        data = _written(document, paintings, edition, xmp.data, target)
        findings += [*target.inspect(paintings), *overflowing(paintings, edition)]
        findings += [*cut_off(paintings, edition), *shrunk(paintings, edition)]
        findings += typefaces_told(document, _typefaces(edition), place)
        findings += lines_told(seen, place, whole=whole)
    beside = {target.beside: as_json(pages(paintings, edition))}
    return Made(data, (*source.findings, *refused, *findings), beside)


def _finish_for_screens(pdf: Any, paintings: Sequence[Painting], edition: Edition) -> None:
    tag(pdf, paintings, edition.chapter.record.language)
    complete_catalogue(pdf, edition)


def _drafts(edition: Edition) -> Mapping[str, Made]:
    from pubtool.writers.pdf_draft import drafts  # late: mostly they are there already

    return drafts(edition)


_SCREEN = Target(
    drafts=_drafts,
    options={"pdf_variant": "pdf/a-3a", "pdf_tags": True},
    finish=_finish_for_screens,
    arrange=lambda document: None,
    inspect=lambda paintings: [],
    beside=PAGES,
)


def _image_names(edition: Edition) -> dict[str, str]:
    """What the images are called in the chapter, by the address they have on the page."""
    return {data_uri(i.media_type, i.data): href for href, i in edition.images.items()}


def _written(
    document: Any, paintings: list[Painting], edition: Edition, xmp: bytes, target: Target
) -> bytes:
    """The file of a document; written anew, one blank longer, while a stream has a doubtful end."""
    import pydyf

    def finish(blanks: int, document: Any, pdf: Any) -> None:
        target.finish(pdf, paintings, edition)
        if blanks:
            pdf.info["Blanks"] = pydyf.String(" " * blanks)
        settle(pdf)

    for blanks in range(_TRIES):
        document.metadata = metadata(edition, xmp, target.date)
        data = bytes(document.write_pdf(finisher=partial(finish, blanks), **target.options))
        if not ambiguous(data):
            break
    return data


# ── the engine ──


def _weasyprint() -> Any:
    try:
        put_off()
        with known_by_name():
            import weasyprint
    except (ImportError, OSError):
        message = "WeasyPrint cannot be loaded: the Pango libraries are not installed"
        raise ToolMissing(message, PANGO_HINT) from None
    teach()
    return weasyprint


def prepare() -> None:
    """Load the engine before it is needed; where that fails, it is told when it is needed."""
    with suppress(ToolMissing):
        _weasyprint()
        import pubtool.writers.pdf_document  # noqa: F401


@contextmanager
def _as_failure() -> Iterator[None]:
    """Whatever breaks inside the engine, told as its failure."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        message = f"WeasyPrint broke while it set the pages: {type(error).__name__}: {error}"
        raise ToolFailed(message, "report this with the chapter") from error


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    # Its temporary files are removed while the interpreter still can.
    atexit.register(_fonts.cache_clear)
    return FontConfiguration()


def _styles(edition: Edition) -> tuple[list[Any], list[Diagnostic]]:
    """The stylesheets of print, and what of them the engine refused; none if one is missing."""
    settings = edition.settings
    root, found_in = settings.root, []
    for name in style_names(settings.style):
        try:
            path = resources.find("styles", name, root)
        except FileNotFoundError:
            said = f"there is no style “{settings.style.name}”: no file styles/{name}"
            return [], [found("PT759", Place(settings.file or "pubtool.toml"), said)]
        found_in.append(
            _stylesheet(path, decode(path.read_bytes(), str(path)), _beside(path), root)
        )
    return [style for style, _ in found_in], [d for _, refused in found_in for d in refused]


def _typefaces(edition: Edition) -> dict[str, str]:
    style, root = edition.settings.style, edition.settings.root
    return typefaces(style, [resources.text("styles", n, root) for n in style_names(style)])


def style_names(style: Style) -> list[str]:
    """The files of a built-in style or of a publisher's: what all share, and its own."""
    own = [] if style.name == CLASSIC else [f"print-{style.name}.css"]
    return ["print.css", *own]


def _beside(path: Path) -> tuple[tuple[str, int, int], ...]:
    """What a stylesheet may import, and in which state: files beside it, in folders too."""
    files = ((p, p.stat()) for p in sorted(path.parent.rglob("*")) if p.is_file())
    return tuple((str(file), known.st_size, known.st_mtime_ns) for file, known in files)


@lru_cache(maxsize=8)
def _stylesheet(
    path: Path, text: str, beside: tuple[object, ...], root: Path
) -> tuple[Any, tuple[Diagnostic, ...]]:
    """A parsed stylesheet, and what of it the engine refused; `beside` makes it new."""
    with complaints(Place(f"styles/{path.name}"), {}) as findings:
        style = _weasyprint().CSS(
            string=text,
            base_url=path.resolve().as_uri(),
            font_config=_fonts(),
            url_fetcher=fetcher(root),
        )
    return style, tuple(findings)
