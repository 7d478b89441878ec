"""EPUB: the cover and the title page, made from the facts of the chapter and its volume."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import PurePath

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.resources import Images
from pubtool.writers.epub_package import named, render

_RASTER = {"image/png": ".png", "image/jpeg": ".jpg"}
# How many letters a line of the cover takes, by what stands in it.
_TITLE, _SUBTITLE, _VOLUME, _MOST = 24, 42, 52, 7


@dataclass(frozen=True, slots=True)
class Cover:
    """The image on the cover: its file in the book, media type and bytes."""

    href: str
    type: str
    data: bytes


def cover(edition: Edition) -> tuple[Cover, list[Diagnostic]]:
    """The publisher's image of `[epub] cover`, else one drawn from title, authors and volume."""
    settings = edition.settings
    if not settings.epub.cover:
        return _drawn(edition), []
    images = Images(settings.root, settings.root, settings.limits.image_megabytes)
    image = images.read(settings.epub.cover, Place(settings.file))
    if isinstance(image, Diagnostic):
        return _drawn(edition), [image]
    ending = _RASTER.get(image.media_type)
    if ending is None:
        name = PurePath(image.href).name
        message = f"the cover “{name}” is neither PNG nor JPEG; shops take no other image"
        return _drawn(edition), [found("PT504", Place(settings.file), message)]
    return Cover(f"cover{ending}", image.media_type, image.data), []


def _drawn(edition: Edition) -> Cover:
    record = edition.chapter.record
    book = record.book
    drawing = render(
        "epub-cover.svg",
        edition,
        title=_lines(record.title, _TITLE),
        subtitle=_lines(record.subtitle, _SUBTITLE),
        volume=_lines(f"{book.title}: {book.subtitle}" if book.subtitle else book.title, _VOLUME),
        authors=_authors(edition),
    )
    return Cover("cover.svg", "image/svg+xml", drawing)


def _lines(text: str, width: int) -> list[str]:
    """The text in lines of about that many letters; what has no room is told by an ellipsis."""
    return textwrap.wrap(text, width, max_lines=_MOST, placeholder=" …", break_on_hyphens=False)


def _authors(edition: Edition) -> list[str]:
    """The authors, or the first of many."""
    names = [c.name.display for c in edition.chapter.record.authors if named(c)]
    return names if len(names) <= _MOST else [*names[: _MOST - 1], "et al."]


def cover_page(edition: Edition, image: Cover) -> bytes:
    """The document that shows the cover."""
    return render("epub-cover.xhtml", edition, cover=image)


def title_page(edition: Edition) -> bytes:
    """The document that says what this is, by whom, and of which volume."""
    record = edition.chapter.record
    return render(
        "epub-title.xhtml",
        edition,
        authors=[c.name.display for c in record.authors if named(c)],
        editors=[c.name.display for c in record.book.editors if named(c) and c.role == "editor"],
    )
