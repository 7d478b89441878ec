"""HTML, Markdown and LaTeX in: text files, their images beside them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from pubtool.diagnostics import Unreadable
from pubtool.readers.html_words import facts, lines
from pubtool.readers.ledger import Ledger
from pubtool.readers.prepared import Prepared
from pubtool.readers.tex_signals import tex_signals
from pubtool.readers.tex_words import tex_lines
from pubtool.settings import Settings
from pubtool.source import decode, read_bytes

_READERS = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown-smart", ".markdown": "markdown-smart",
    ".tex": "latex", ".latex": "latex",
}  # fmt: skip
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.-]+)""", re.I)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
# LaTeX names its graphics without a suffix.
_SUFFIXES = ("", ".png", ".jpg", ".jpeg", ".svg", ".pdf")


def prepare(data: bytes, file: str, settings: Settings, ledger: Ledger) -> Prepared:
    """A text file for pandoc. Raises Unreadable (PT002) if its letters cannot be told."""
    text = _ILLEGAL.sub(" ", _decoded(data, file, ledger)).replace("\f", "\n\n")
    reader = _READERS[PurePath(file).suffix.lower()]
    image = images_beside(Path(file).parent, settings)
    if reader == "latex":
        return Prepared(tex_signals(text).encode(), reader, image, rough=tex_lines(text))
    if reader != "html":
        return Prepared(text.encode(), reader, image)
    return Prepared(text.encode(), reader, image, lines(text), facts(text))


def _decoded(data: bytes, file: str, ledger: Ledger) -> str:
    """UTF-8, UTF-16 with its mark, or what an HTML page declares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return decode(data, file)
    except Unreadable:
        declared = _CHARSET.search(data[:4000])
        if declared is None:
            raise
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            raise
        ledger.guess(0, f"the letters are in {declared[1].decode('ascii')}, as the page declares")
        return text


def images_beside(folder: Path, settings: Settings) -> Callable[[str], bytes | str]:
    """Reads images from the folder of a manuscript and those in it, and from nowhere else."""

    def read(target: str) -> bytes | str:
        if target.startswith("data:"):
            return _inline(target)
        if urlsplit(target).scheme or target.startswith("//"):
            return "it is on the web; save it beside the manuscript"
        inside = folder.resolve()
        for suffix in _SUFFIXES:
            path = (inside / (unquote(target) + suffix)).resolve()
            if not path.is_relative_to(inside):
                return "it lies outside the manuscript's folder"
            if path.is_file():
                try:
                    return read_bytes(path, target, settings.limits.image_megabytes)
                except Unreadable as error:
                    return error.message
        return "there is no such file"

    return read


def _inline(target: str) -> bytes | str:
    head, _, body = target.partition(",")
    try:
        return (
            base64.b64decode(body, validate=False)
            if head.endswith(";base64")
            else unquote(body).encode()
        )
    except (binascii.Error, ValueError):
        return "it is damaged"
