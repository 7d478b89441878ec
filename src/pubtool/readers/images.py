"""The images of a manuscript: copied beside the chapter under stable names, their size known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pubtool.readers.ledger import Ledger
from pubtool.resources import media_type
from pubtool.text import ascii_id

# What a front end writes into the description of an image that the author marked as ornament.
DECORATIVE = "pubtool-decorative"

_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
_LENGTH = re.compile(r"([\d.]+)\s*(in|cm|mm|pt|pc|px)")
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_ENOUGH = 300


@dataclass
class Gallery:
    """The images taken from one manuscript.

    `source` gives the bytes behind a target, or the reason why there are none. `files` are the
    images by the href that the chapter has.
    """

    stem: str
    source: Callable[[str], bytes | str]
    ledger: Ledger
    descriptions: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)

    def take(self, target: str, named: Mapping[str, str], place: int) -> str:
        """The href of an image; one that cannot be had is named (PT616), its place kept."""
        if target in self.taken:
            return self.taken[target]
        data = self.source(target)
        if isinstance(data, str):
            shown = target if len(target) < 100 else f"{target[:60]}…"
            href = self._name(target, b"")
            self.taken[target] = href
            message = f"the image “{shown}” is missing: {data}; the chapter calls it “{href}”"
            self.ledger.report("PT616", place, message)
            return href
        href = self._name(target, data)
        self.files[href] = data
        self.taken[target] = href
        self._describe(href, data, named, place)
        return href

    def is_decorative(self, alt: str, title: str) -> bool:
        """True if the author marked an image as mere ornament."""
        return DECORATIVE in (alt.strip(), title.strip())

    def _name(self, target: str, data: bytes) -> str:
        kind = media_type(data)
        own = PurePosixPath(target).suffix.lower()
        suffix = _SUFFIXES[kind] if kind else own if _SUFFIX.fullmatch(own) else ".png"
        return f"images/{ascii_id(self.stem)}-fig{len(self.taken) + 1}{suffix}"

    def _describe(self, href: str, data: bytes, named: Mapping[str, str], place: int) -> None:
        """Say how large an image is (PT617), and if no reader can show it (PT618)."""
        kind = media_type(data)
        if kind is None:
            what = PurePosixPath(href).suffix.lstrip(".").upper()
            self.ledger.report("PT618", place, f"“{href}” is a {what} file")
            return
        size = None if kind == "image/svg+xml" else pixels(data)
        if size is None:
            said = "vector drawing" if kind == "image/svg+xml" else "its size cannot be read"
        else:
            said = f"{size[0]} × {size[1]} pixels{_resolution(size[0], named.get('width', ''))}"
        self.ledger.report("PT617", place, f"“{href}”: {said}, {len(data) / 1000:.0f} kB")


def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP, or None if it is damaged."""
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _resolution(width: int, printed: str) -> str:
    """How many dots an inch has at the width at which the manuscript shows an image."""
    match = _LENGTH.fullmatch(printed)
    if match is None or not float(match[1]):
        return ""
    inches = float(match[1]) * _INCHES[match[2]]
    dots = width / inches
    short = f"; print wants {_ENOUGH}" if dots < _ENOUGH - 1 else ""
    return f", {inches * 2.54:.1f} cm wide in the manuscript, which makes {dots:.0f} dpi{short}"
