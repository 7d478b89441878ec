"""Reading XML safely, and knowing where every element stands.

The parser loads no DTD, expands no entity, opens no network connection. lxml knows lines but not
columns, so places come from a second, quick pass with expat, made only when they are asked for.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found

NAMESPACE = "urn:pubtool:chapter:1"
MATHML = "http://www.w3.org/1998/Math/MathML"
XML = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML}}}lang"
MEGABYTE = 1_000_000
DEFAULT_LIMIT = 50

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


@dataclass(frozen=True)
class Source:
    """A parsed XML file: its name as the user wrote it, its bytes and its tree."""

    file: str
    data: bytes
    root: etree._Element

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """(line, column) of every element's start tag in document order, both from 1."""
        return _places(self.data)

    @cached_property
    def _index(self) -> dict[etree._Element, int]:
        return {element: n for n, element in enumerate(self.root.iter("*"))}

    def place(self, element: etree._Element | None = None) -> Place:
        """Where an element of this tree starts; without one, the file as a whole."""
        n = self._index.get(element) if element is not None else None
        return Place(self.file, *self.places[n]) if n is not None else Place(self.file)


def read_bytes(path: Path, file: str, limit: int = DEFAULT_LIMIT) -> bytes:
    """The bytes of a file of at most `limit` megabytes. Raises Unreadable (PT003, PT004, PT006)."""
    try:
        if path.is_dir():
            raise Unreadable(found("PT006", Place(file), "this is a folder, not a file"))
        size = path.stat().st_size
        if size > limit * MEGABYTE:
            message = f"{size / MEGABYTE:.0f} MB are more than the limit of {limit} MB"
            raise Unreadable(found("PT004", Place(file), message))
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise Unreadable(found("PT006", Place(file), f"cannot read it: {reason}")) from None
    if not data.strip():
        message = "the file is empty" if not data else "the file holds only blank space"
        raise Unreadable(found("PT003", Place(file), message))
    return data


def decode(data: bytes, file: str) -> str:
    """UTF-8 bytes as text, without a byte-order mark. Raises Unreadable (PT002) with the place."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        raise Unreadable(found("PT002", Place(file, line, column), message)) from None


def read(path: Path, file: str | None = None, limit: int = DEFAULT_LIMIT) -> Source:
    """Read and parse an XML file. Raises Unreadable (PT001 to PT006)."""
    name = file or str(path)
    return parse(read_bytes(path, name, limit), name)


def parse(data: bytes, file: str) -> Source:
    """Parse XML bytes with the hardened parser. Raises Unreadable (PT001, PT002, PT005)."""
    markup(data, file)
    _refuse_doctype(data, file)
    return Source(file, data, tree(data, file))


def markup(data: bytes, file: str) -> str:
    """XML bytes as text. Raises Unreadable (PT002) if they are not in UTF-8, or say so."""
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        message = f"the XML declaration says {declared[1].decode('ascii')}"
        raise Unreadable(found("PT002", Place(file, 1, 1), message))
    return decode(data, file)


def tree(data: bytes, file: str, *, instructions: bool = False) -> etree._Element:
    """The root of XML bytes, with processing instructions if asked. Raises Unreadable (PT001)."""
    try:
        return etree.fromstring(data, _parser(instructions=instructions))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = _plain(error.msg or "not well-formed")
        raise Unreadable(found("PT001", Place(file, line, max(column, 1)), message)) from None


def fragment(data: bytes) -> etree._Element:
    """Parse XML that pubtool itself has made (an artifact, a template). Raises XMLSyntaxError."""
    return etree.fromstring(data, _parser())


def _parser(*, instructions: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=not instructions,
        remove_blank_text=False,
    )


class _Doctype(Exception):
    """Ends the expat pass at a DOCTYPE."""


def _refuse_doctype(data: bytes, file: str) -> None:
    """Raise Unreadable (PT005) at a DOCTYPE; ill-formed XML is left to the parser."""
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _Doctype

    def root(*_: object) -> None:
        raise StopIteration

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _Doctype:
        place = Place(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        message = "a DOCTYPE is not allowed in a chapter"
        raise Unreadable(found("PT005", place, message)) from None
    except (StopIteration, expat.ExpatError):
        return


def _places(data: bytes) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    parser = expat.ParserCreate()

    def start(*_: object) -> None:
        places.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.Parse(data, True)
    return places


def _plain(message: str) -> str:
    return re.sub(r", line \d+, column \d+.*$", "", message)


def nearest(name: str, known: list[str]) -> str:
    """A question after the known name nearest to a misspelt one, or nothing."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean “{close[0]}”?" if close else ""
