"""Opening the ZIP of a DOCX, ODT or EPUB: without trust in its sizes, names or number of files."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.source import MEGABYTE, parse

_MOST_FILES = 5000
_MOST_MEGABYTES = 500
_MOST_XML = 60
# A DOCX packs text to about a tenth; a file that unpacks to 200 times its size is a trap.
_MOST_RATIO, _RATIO_FROM = 200, 5 * MEGABYTE


@dataclass(frozen=True)
class Archive:
    """The files of an archive, each unpacked when it is asked for."""

    file: str
    zip: zipfile.ZipFile

    @property
    def names(self) -> list[str]:
        """The names of the files in it."""
        return [info.filename for info in self.zip.infolist() if not info.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self.zip.NameToInfo

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises Unreadable (PT623)."""
        try:
            return self.zip.read(name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise _damaged(self.file, f"“{name}” in it cannot be unpacked ({error})") from None
        except RuntimeError:
            raise Unreadable(found("PT622", Place(self.file), "it asks for a password")) from None

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML file in it, or None. Raises Unreadable (PT623)."""
        if name not in self:
            return None
        size = self.zip.getinfo(name).file_size
        if size > _MOST_XML * MEGABYTE:
            message = f"“{name}” in it is {size / MEGABYTE:.0f} MB of text"
            raise Unreadable(found("PT625", Place(self.file), message))
        try:
            return parse(self.read(name), self.file).root
        except Unreadable as error:
            if error.finding.rule in ("PT622", "PT623"):
                raise
            raise _damaged(self.file, f"“{name}” in it is damaged: {error.message}") from None


def opened(data: bytes, file: str) -> Archive:
    """The archive in these bytes. Raises Unreadable (PT622, PT623, PT624)."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise _damaged(file, "it is cut off or damaged, so that it cannot be unpacked") from None
    for trouble in _troubles(archive, file):
        raise Unreadable(trouble)
    return Archive(file, archive)


def _troubles(archive: zipfile.ZipFile, file: str) -> Iterator:  # type: ignore[type-arg]
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    place = Place(file)
    if len(infos) > _MOST_FILES:
        yield found("PT623", place, f"it holds {len(infos)} files; a manuscript has some dozen")
    if total > _MOST_MEGABYTES * MEGABYTE:
        yield found("PT623", place, f"it unpacks to {total / MEGABYTE:.0f} MB")
    for info in infos:
        if info.file_size > _RATIO_FROM and info.file_size > _MOST_RATIO * info.compress_size:
            times = info.file_size // max(info.compress_size, 1)
            yield found(
                "PT623", place, f"“{info.filename}” in it unpacks to {times} times its size"
            )
        if info.flag_bits & 1:
            yield found("PT622", place, "it asks for a password")
        if ".." in info.filename.split("/") or info.filename.startswith(("/", "\\")):
            yield found("PT624", place, f"it holds a file that leaves it: “{info.filename}”")


def _damaged(file: str, message: str) -> Unreadable:
    return Unreadable(found("PT623", Place(file), message))
