"""Styles, templates, schemas and images: where they are found, and what may be read at all.

A style, template or schema is looked for by name in three places, in this order: the project's
folder, the packages of publishers (entry-point group `pubtool.resources`, each naming a package
with `styles/`, `templates/` or `schema/` folders), and pubtool's own.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pubtool.diagnostics import Diagnostic, Place, ToolMissing, Unreadable, found
from pubtool.source import DEFAULT_LIMIT, decode, read_bytes
from pubtool.svg import dependence

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent

_GROUPS = ("pubtool.formats", "pubtool.resources")
_SVG = "image/svg+xml"
# What the first bytes of an image say it is; SVG has no fixed first bytes and is looked for below.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@cache
def builtin(kind: str) -> Path:
    """Pubtool's own folder of `styles`, `templates` or `schema`, in the wheel or the checkout."""
    inside = _PACKAGE / kind
    return inside if inside.is_dir() else _CHECKOUT / kind


@cache
def entry_points(group: str) -> list[EntryPoint]:
    """What installed packages give to a group of entry points, by name."""
    return sorted(_all_entry_points().select(group=group), key=lambda point: point.name)


@cache
def _all_entry_points() -> Any:
    """Every installed package is opened for it, so it is done once."""
    return importlib.metadata.entry_points()


@cache
def published(kind: str) -> tuple[Path, ...]:
    """The folders of that kind in publishers' installed packages, by entry-point name."""
    roots = [package_folder(point.module) for point in entry_points("pubtool.resources")]
    return tuple(root / kind for root in roots if root is not None and (root / kind).is_dir())


def publishers() -> list[Path]:
    """The folders of all packages by which publishers extend pubtool."""
    named = {point.module for group in _GROUPS for point in entry_points(group)}
    roots = (package_folder(name.partition(".")[0]) for name in sorted(named))
    return [root for root in roots if root is not None]


def package_folder(name: str) -> Path | None:
    """The folder of an installed package, without importing the package."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None


def folders(kind: str, project: Path | None) -> Iterator[Path]:
    """The folders in which a resource of that kind is looked for, nearest first."""
    if project is not None:
        yield project / kind
    yield from published(kind)
    yield builtin(kind)


def find(kind: str, name: str, project: Path | None = None) -> Path:
    """The file that a style, template or schema name stands for.

    Raises FileNotFoundError, and Unreadable (PT503) where a project's own lies outside it.
    """
    for folder in folders(kind, project):
        path = folder / name
        if path.is_file():
            if folder.parent == project and not path.resolve().is_relative_to(project.resolve()):
                message = "this is a link to a file outside the project folder"
                raise Unreadable(found("PT503", Place(str(path)), message))
            return path
    raise FileNotFoundError(f"{kind}/{name}")


def text(kind: str, name: str, project: Path | None = None) -> str:
    """What `find` finds, as text. Raises as it does, and Unreadable (PT002) if it is not UTF-8."""
    path = find(kind, name, project)
    return decode(path.read_bytes(), str(path))


def jats_dtd() -> Path:
    """The official JATS Archiving 1.3 DTD, which the Biopython package carries.

    Biopython itself is not imported. Raises ToolMissing.
    """
    biopython = package_folder("Bio")
    if biopython is not None:
        path = biopython / "Entrez" / "DTDs" / "JATS-archivearticle1-3-mathml3.dtd"
        if path.is_file():
            return path
    raise ToolMissing("the JATS DTD is not installed", "pip install biopython")


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the chapter: its href as written, its bytes and its media type."""

    href: str
    path: Path
    data: bytes
    media_type: str


@dataclass(frozen=True)
class Images:
    """Reads images of one chapter: from the project folder, and from nowhere else."""

    project: Path
    folder: Path
    limit: int = DEFAULT_LIMIT

    def read(self, href: str, place: Place) -> Image | Diagnostic:
        """The image an href stands for, or the finding (PT501 to PT504) that says why not.

        The href is relative to the chapter's folder, else to the project's.
        """
        located = self._locate(href, place)
        if isinstance(located, Diagnostic):
            return located
        try:
            data = read_bytes(located, href, self.limit)
        except Unreadable as error:
            return found("PT504", place, f"“{href}”: {error.message}")
        kind = media_type(data)
        if kind is None:
            return found("PT504", place, f"“{href}” is not a PNG, JPEG, GIF, WebP or SVG image")
        wrong = dependence(data) if kind == _SVG else None
        if wrong:
            hint = "Save the drawing with everything it shows inside it."
            return found("PT504", place, f"“{href}” {wrong}", hint=hint)
        return Image(href, located, data, kind)

    def _locate(self, href: str, place: Place) -> Path | Diagnostic:
        address = urlsplit(href)
        if address.scheme or address.netloc:
            return found("PT502", place, f"“{href}” is not a file of the project")
        name = unquote(address.path)
        inside = False
        for folder in (self.folder, self.project):
            path = (folder / name).resolve()
            if not path.is_relative_to(self.project.resolve()):
                continue
            inside = True
            if path.is_file():
                return path
        if not inside:
            return found("PT503", place, f"“{href}” lies outside the project folder")
        return found("PT501", place, f"there is no file “{href}” in the project")


def media_type(data: bytes) -> str | None:
    """The media type the bytes of an image show, or None."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _SVG if head.startswith(b"<") and b"<svg" in head else None
