"""ZIP files: written so that the same content gives the same bytes, and opened with care."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# The earliest time a ZIP entry can have; content alone decides the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_FILES = 5000


def pack(files: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """Files by name in their order as a ZIP; `stored` names one that is not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP by name, folders left out. Raises BadZipFile."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}


def unpack_within(data: bytes, suffixes: tuple[str, ...], megabytes: int) -> dict[str, bytes]:
    """The files of a stranger's ZIP whose names end so, by name; others are passed over.

    Raises BadZipFile at a name that leads out of the folder, at more files than a suite has, and
    at more than so many megabytes unpacked, counted as they are read and not as the ZIP says.
    """
    files: dict[str, bytes] = {}
    left = megabytes * 1_000_000
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if len(archive.infolist()) > _MOST_FILES:
            raise zipfile.BadZipFile(f"more than {_MOST_FILES} files are in it")
        for info in archive.infolist():
            _refuse_escape(info.filename)
            if info.is_dir() or not info.filename.lower().endswith(suffixes):
                continue
            with archive.open(info) as member:
                content = member.read(left + 1)
            left -= len(content)
            if left < 0:
                raise zipfile.BadZipFile(f"it holds more than {megabytes} MB")
            files[info.filename] = content
    return files


def _refuse_escape(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name:
        raise zipfile.BadZipFile(f"“{name}” would lie outside its folder")
