"""XML in: which vocabulary is it? The root element tells."""

from __future__ import annotations

from xml.parsers import expat

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.readers import Imported, canonical, jats
from pubtool.settings import Settings
from pubtool.source import tree


class _Root(Exception):
    """Ends the expat pass at the first element."""


def root_name(data: bytes) -> str:
    """The name of the root element without prefix; "" where there is none to be seen."""
    parser = expat.ParserCreate()

    def start(name: str, *_: object) -> None:
        raise _Root(name)

    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except _Root as root:
        return str(root).rpartition(":")[2]
    except expat.ExpatError:
        return ""
    return ""


def read(data: bytes, file: str, settings: Settings, part: str = "") -> Imported:
    """The chapter in an XML file. Raises Unreadable: PT608 for a vocabulary not known."""
    if _is_canonical(data, file):
        return canonical.read(data, file, settings)
    return jats.read(data, file, settings, part)


def read_all(data: bytes, file: str, settings: Settings) -> list[Imported]:
    """Every chapter in an XML file. Raises Unreadable as `read` does."""
    if _is_canonical(data, file):
        return [canonical.read(data, file, settings)]
    return jats.read_all(data, file, settings)


def _is_canonical(data: bytes, file: str) -> bool:
    name = root_name(data)
    if not name:
        tree(data, file)
    if name == "chapter":
        return True
    if name not in jats.ROOTS:
        known = ", ".join(sorted({"chapter", *jats.ROOTS}))
        message = f"no reader for XML with the root <{name}>; known are {known}"
        raise Unreadable(found("PT608", Place(file), message))
    return False
