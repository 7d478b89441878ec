"""EPUB 3.3: pandoc makes the content document, pubtool finishes it and writes the package.

Of pandoc's own package only the text and the media are kept: its navigation, metadata and styles
say things that are not so (facts: titles "ch001.xhtml", claims of accessibility, "C" as language).
"""

from __future__ import annotations

import uuid
from contextlib import suppress

from pubtool import resources, tools, zipped
from pubtool.conservation import document_words, seal
from pubtool.diagnostics import Place, ToolMissing
from pubtool.edition import Edition, Made
from pubtool.settings import Limits
from pubtool.source import fragment
from pubtool.writers.epub_cover import cover, cover_page, title_page
from pubtool.writers.epub_fonts import fonts
from pubtool.writers.epub_package import container, navigation, package
from pubtool.writers.epub_pages import of_print, paged, settled
from pubtool.writers.epub_text import finished, serialised
from pubtool.writers.pandoc_document import as_json, document

TEXT = "EPUB/text/chapter.xhtml"
_NAMESPACE = uuid.UUID("7b1f4a52-3c0e-5f0e-9c57-0d0f7a1c8e11")
_ARGUMENTS = (
    "--from=json",
    "--to=epub3",
    "--mathml",
    "--split-level=1",
    "--syntax-highlighting=none",
    "--epub-title-page=false",
    "--output=-",
)


def prepare() -> None:
    """Start pandoc before it is needed; where that fails, it is told when it is needed."""
    with suppress(ToolMissing):
        tools.PANDOC_LOOP.start()


def write(edition: Edition) -> Made:
    """The chapter as EPUB. Raises ToolMissing, ToolFailed, Unreadable (a broken template)."""
    pages, told = of_print(edition)
    if pages is not None:
        edition = paged(edition, pages)
    made, go = document(edition, mathml=True, embed=True, whole=True)
    files = zipped.unpack(_by_pandoc(as_json(made), edition.settings.limits))
    text = finished(fragment(files["EPUB/text/ch001.xhtml"]), edition)
    told += settled(text, pages, Place(edition.chapter.file))
    media = {name: data for name, data in files.items() if name.startswith("EPUB/media/")}
    style = resources.find("styles", "epub.css", edition.settings.root).read_bytes()
    image, findings = cover(edition)
    title, chapter, contents = title_page(edition), serialised(text), navigation(edition, text)
    embedded, more = fonts(edition.settings, (title, chapter, contents))
    media |= embedded.files
    words = seal(document_words([fragment(title), fragment(chapter)]))
    book = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": container(),
        "EPUB/package.opf": package(
            edition, text, sorted(media), identifier=identifier(edition), cover=image, seal=words
        ),
        "EPUB/nav.xhtml": contents,
        "EPUB/text/cover.xhtml": cover_page(edition, image),
        "EPUB/text/title.xhtml": title,
        TEXT: chapter,
        "EPUB/styles/chapter.css": style + embedded.style.encode(),
        f"EPUB/{image.href}": image.data,
        **{name: media[name] for name in sorted(media)},
    }
    return Made(zipped.pack(book, stored="mimetype"), (*go.findings, *told, *findings, *more))


def _by_pandoc(document: bytes, limits: Limits) -> bytes:
    """Pandoc's EPUB of a document: from the loop, else from a sandboxed process."""
    bounds = {"seconds": limits.pandoc_seconds, "megabytes": limits.pandoc_megabytes}
    made = tools.PANDOC_LOOP.epub(document, **bounds)
    return made or tools.pandoc(_ARGUMENTS, document, **bounds)[0]


def identifier(edition: Edition) -> str:
    """The DOI of the chapter, else a UUID made from what names it.

    The volume's ISBN is not the chapter's; it is named as source of the page numbers.
    """
    record = edition.chapter.record
    if record.doi:
        return f"https://doi.org/{record.doi}"
    named = "\n".join((record.book.title, record.id, record.full_title))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, named)}"
