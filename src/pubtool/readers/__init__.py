"""Manuscripts in: a table from file extension to reader.

A reader is a module with `read(data, file, settings) -> Imported`. It turns the bytes of a
manuscript into a canonical chapter, and says what it guessed, left out and could not place.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pubtool.diagnostics import Diagnostic, Place, Unreadable, found
from pubtool.settings import Settings
from pubtool.source import read_bytes

READERS = {
    ".txt": "pubtool.readers.text",
    ".text": "pubtool.readers.text",
    ".xml": "pubtool.readers.xml",
    ".bib": "pubtool.readers.managers",
    ".bibtex": "pubtool.readers.managers",
    ".ris": "pubtool.readers.managers",
    ".json": "pubtool.readers.managers",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A manuscript as canonical XML (UTF-8, a line for each block), and what was found in it.

    `stem` is the file name that suits one of several chapters.
    """

    data: bytes
    findings: list[Diagnostic]
    stem: str = ""


def read(path: Path, settings: Settings, part: str = "") -> Imported:
    """The manuscript in a file as a chapter; `part` names one of several.

    Raises Unreadable (PT002 to PT006, PT605, PT608, PT665, PT666).
    """
    file, reader, data = _opened(path, settings)
    if part and hasattr(reader, "read_all"):
        one: Imported = reader.read(data, file, settings, part)
        return one
    imported: Imported = reader.read(data, file, settings)
    return imported


def read_all(path: Path, settings: Settings) -> list[Imported]:
    """Every chapter in a file, in order. Raises Unreadable as `read` does."""
    file, reader, data = _opened(path, settings)
    if hasattr(reader, "read_all"):
        several: list[Imported] = reader.read_all(data, file, settings)
        return several
    return [reader.read(data, file, settings)]


def _opened(path: Path, settings: Settings) -> tuple[str, ModuleType, bytes]:
    """A file's name, the module that reads it, and its bytes."""
    file = str(path)
    data = read_bytes(path, file, settings.limits.input_megabytes)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        message = f"no reader for “{path.suffix or path.name}”; known are {known}"
        raise Unreadable(found("PT608", Place(file), message))
    return file, import_module(reader), data
