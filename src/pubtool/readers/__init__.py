"""Manuscripts in: a table from file extension to reader.

A reader is a module with `read(data, file, settings) -> Imported`. It turns the bytes of a
manuscript into a canonical chapter, and says what it guessed, left out and could not place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from pubtool.diagnostics import Diagnostic, Place, Unreadable, found
from pubtool.settings import Settings
from pubtool.source import read_bytes

READERS = {
    ".txt": "pubtool.readers.text",
    ".text": "pubtool.readers.text",
    ".docx": "pubtool.readers.manuscript",
    ".odt": "pubtool.readers.manuscript",
    ".epub": "pubtool.readers.manuscript",
    ".html": "pubtool.readers.manuscript",
    ".htm": "pubtool.readers.manuscript",
    ".xhtml": "pubtool.readers.manuscript",
    ".md": "pubtool.readers.manuscript",
    ".markdown": "pubtool.readers.manuscript",
    ".tex": "pubtool.readers.manuscript",
    ".latex": "pubtool.readers.manuscript",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A manuscript as canonical XML (UTF-8, a line for each block), and what was found in it.

    `files` are its images by the name the chapter has for them ("images/ch08-fig1.png").
    """

    data: bytes
    findings: list[Diagnostic]
    files: dict[str, bytes] = field(default_factory=dict)


def read(path: Path, settings: Settings) -> Imported:
    """The manuscript in a file as a chapter. Raises Unreadable (PT002 to PT006, PT605, PT608)."""
    file = str(path)
    data = read_bytes(path, file, settings.limits.input_megabytes)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        message = f"no reader for “{path.suffix or path.name}”; known are {known}"
        raise Unreadable(found("PT608", Place(file), message))
    imported: Imported = import_module(reader).read(data, file, settings)
    return imported
