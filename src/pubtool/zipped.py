"""ZIP files that are the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# The earliest time a ZIP entry can have; content alone decides the bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


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
