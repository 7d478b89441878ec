"""First and last page written into the text of a chapter; every other byte stays. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from pubtool.insertion import prefix, put_in
from pubtool.source import NAMESPACE

_BEFORE = frozenset(
    "title subtitle short-title trans-title contributor affiliation abstract keywords "
    "identifiers".split()
)
_TAG = re.compile(rb"<[^>]*>")
_FIRST = re.compile(rb"""(\sfirst\s*=\s*)(["'])[^"']*\2""")
_LAST = re.compile(rb"""(\slast\s*=\s*)(["'])[^"']*\2""")


def with_pages(data: bytes, first: str, last: str) -> bytes:
    """A chapter's file with `<pages first="…" last="…"/>`, put in or corrected.

    `data` is a well-formed chapter with a `<front>`.
    """
    places = _places(data)
    if places.pages < 0:
        called = prefix(data, places.front) + b"pages"
        tag_of_pages = b'<%s first="%s" last="%s"/>' % (called, first.encode(), last.encode())
        return put_in(data, tag_of_pages, places.next, places.end)
    tag = _TAG.match(data, places.pages)
    assert tag is not None  # noqa: S101  (expat found it there)
    said = _FIRST.sub(rb'\1"' + first.encode() + rb'"', tag[0])
    if _LAST.search(said):
        said = _LAST.sub(rb'\1"' + last.encode() + rb'"', said)
    else:
        said = _FIRST.sub(rb'\g<0> last="' + last.encode() + rb'"', said)
    return data[: tag.start()] + said + data[tag.end() :]


@dataclass(slots=True)
class _Places:
    """Where tags begin, in bytes from 0: front, its end, pages, and what must follow pages."""

    front: int = -1
    end: int = -1
    pages: int = -1
    next: int = -1
    open: list[str] = field(default_factory=list)


def _places(data: bytes) -> _Places:
    parser = expat.ParserCreate(namespace_separator=" ")
    found = _Places()

    def start(name: str, _: object) -> None:
        local = name.removeprefix(f"{NAMESPACE} ")
        if found.open == ["chapter"] and local == "front":
            found.front = parser.CurrentByteIndex
        elif found.open == ["chapter", "front"]:
            if local == "pages":
                found.pages = parser.CurrentByteIndex
            elif local not in _BEFORE and found.next < 0:
                found.next = parser.CurrentByteIndex
        found.open.append(local)

    def end(_: str) -> None:
        found.open.pop()
        if found.open == ["chapter"] and found.end < 0:
            found.end = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found
