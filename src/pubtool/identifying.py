"""DOI and address written into the text of a chapter; every other byte stays. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from pubtool.insertion import prefix, put_in
from pubtool.source import NAMESPACE

_BEFORE = frozenset(
    "title subtitle short-title trans-title contributor affiliation abstract keywords".split()
)
_TAG = re.compile(rb"<[^>]*>")


def with_identifiers(data: bytes, doi: str, url: str) -> bytes:
    """A chapter's file with `<doi>` and `<url>` in `<identifiers>`; "" leaves one out.

    `data` is a well-formed chapter with a `<front>`; an identifier it has already stays as it is.
    """
    places = _places(data)
    its = prefix(data, places.front)
    doi_tag = _element(its, b"doi", doi) if doi and places.doi < 0 else b""
    url_tag = _element(its, b"url", url) if url and places.url < 0 else b""
    if not (doi_tag or url_tag):
        return data
    if places.identifiers < 0:
        whole = b"<%sidentifiers>%s</%sidentifiers>" % (its, doi_tag + url_tag, its)
        return put_in(data, whole, places.next, places.end)
    tag = _TAG.match(data, places.identifiers)
    assert tag is not None  # noqa: S101  (expat found it there)
    if tag[0].endswith(b"/>"):
        opened = tag[0][:-2].rstrip() + b">"
        closed = b"</" + its + b"identifiers>"
        return data[: tag.start()] + opened + doi_tag + url_tag + closed + data[tag.end() :]
    at = places.after_doi if places.doi >= 0 else tag.end()
    return data[:at] + doi_tag + url_tag + data[at:]


def _element(its: bytes, name: bytes, text: str) -> bytes:
    called = its + name
    return b"<%s>%s</%s>" % (called, escape(text).encode(), called)


@dataclass(slots=True)
class _Places:
    """Where tags begin, in bytes from 0; `after_doi` is where the DOI's element has ended."""

    front: int = -1
    end: int = -1
    identifiers: int = -1
    doi: int = -1
    after_doi: int = -1
    url: int = -1
    next: int = -1
    open: list[str] = field(default_factory=list)


def _places(data: bytes) -> _Places:
    parser = expat.ParserCreate(namespace_separator=" ")
    found = _Places()

    def start(name: str, _: object) -> None:
        _opened(found, name.removeprefix(f"{NAMESPACE} "), parser.CurrentByteIndex)

    def end(_: str) -> None:
        name, at = found.open.pop(), parser.CurrentByteIndex
        if found.open == ["chapter"] and found.end < 0:
            found.end = at
        if name == "doi" and found.open == ["chapter", "front", "identifiers"]:
            tag = _TAG.match(data, at)
            found.after_doi = tag.end() if tag else at

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


def _opened(found: _Places, name: str, at: int) -> None:
    if found.open == ["chapter"] and name == "front":
        found.front = at
    elif found.open == ["chapter", "front"]:
        if name == "identifiers":
            found.identifiers = at
        elif name not in _BEFORE and found.next < 0:
            found.next = at
    elif found.open == ["chapter", "front", "identifiers"]:
        if name == "doi":
            found.doi = at
        elif name == "url":
            found.url = at
    found.open.append(name)
