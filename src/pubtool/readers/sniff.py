"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from pubtool.diagnostics import Place, Unreadable, found

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/epub+zip": "epub",
}
KINDS = {
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "epub": "an EPUB",
    "html": "an HTML page",
    "rtf": "rich text (RTF)",
    "pdf": "a PDF",
    "ole": "an encrypted or old Word document",
    "zip": "a ZIP archive of another kind",
    "text": "plain text",
    "binary": "no kind of text",
}
_SUFFIXES = {
    ".docx": "docx", ".odt": "odt", ".epub": "epub", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".tex": "latex", ".latex": "latex",
}  # fmt: skip


def format_of(data: bytes, file: str) -> str:
    """docx, odt, epub, html, markdown or latex. Raises Unreadable (PT621, PT622, PT623)."""
    wanted = _SUFFIXES[PurePath(file).suffix.lower()]
    seen = kind_of(data)
    if seen == wanted or (wanted in ("markdown", "latex") and seen in ("text", "html")):
        return wanted
    if wanted == "html" and seen == "text":
        return wanted
    place = Place(file)
    if wanted in ("docx", "odt", "epub") and seen == "binary" and data[:2] == b"PK":
        message = "it is cut off or damaged, so that it cannot be unpacked"
        raise Unreadable(found("PT623", place, message))
    if seen == "ole" and wanted == "docx":
        message = "it is protected by a password, or in the format of Word 97"
        raise Unreadable(found("PT622", place, message))
    message = f"its name ends in “{PurePath(file).suffix}”, but it is {KINDS[seen]}"
    raise Unreadable(found("PT621", place, message))


def kind_of(data: bytes) -> str:
    """The kind of a file by its first bytes: a key of KINDS."""
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK"):
        return _zipped(data)
    if _HTML.match(data[:2000].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "binary" if b"\0" in data[:4000] else "text"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = _MIMETYPES.get(archive.read("mimetype").strip())
                if said:
                    return said
    except Exception:  # a damaged archive may raise anything; what it is not is told by its reader
        return "binary"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "content.xml" in names:
        return "odt"
    return "epub" if "META-INF/container.xml" in names else "zip"
