"""EPUB: a book of any maker, opened for reading: package, manifest, documents, contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml import etree

from pubtool.source import LANG, fragment, local

OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
# What a page break of the print edition is by epub:type and by role.
BREAKS = frozenset({"pagebreak", "doc-pagebreak"})
_CONTAINER = "META-INF/container.xml"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Element = etree._Element


@dataclass(frozen=True)
class Document:
    """A content document of the book: its name in the ZIP and its tree."""

    name: str
    root: Element

    @cached_property
    def language(self) -> str:
        """The language the document declares, or ""."""
        return self.root.get(LANG) or self.root.get("lang") or ""

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The elements by id."""
        return {e.get("id", ""): e for e in self.root.iter("*") if e.get("id")}

    @cached_property
    def headings(self) -> list[Element]:
        """All headings in order."""
        return [e for e in self.root.iter("*") if local(e) in _HEADINGS]

    def place(self, e: Element) -> str:
        """Where an element stands, as "text/one.xhtml:12"."""
        return f"{self.name}:{e.sourceline}"


@dataclass(frozen=True)
class Book:
    """The files of a book by name, and its package document."""

    files: dict[str, bytes]
    package_name: str
    package: Element

    @cached_property
    def spine(self) -> list[Document]:
        """The content documents in reading order, those outside it left out."""
        return [
            document
            for item in self._refs
            if (document := self.document(self.href(self._items.get(item, "")))) is not None
        ]

    @cached_property
    def nav(self) -> Document | None:
        """The navigation document."""
        for item in self.package.iter("{*}item"):
            if "nav" in (item.get("properties") or "").split():
                return self.document(self.href(item.get("href", "")))
        return None

    @cached_property
    def _items(self) -> dict[str, str]:
        return {i.get("id", ""): i.get("href", "") for i in self.package.iter("{*}item")}

    @cached_property
    def _refs(self) -> list[str]:
        refs = (r for r in self.package.iter("{*}itemref") if r.get("linear") != "no")
        return [r.get("idref", "") for r in refs]

    @cached_property
    def _documents(self) -> dict[str, Document | None]:
        return {}

    def href(self, href: str, base: str = "") -> str:
        """The file in the ZIP that an address means, seen from `base` (else the package)."""
        folder = posixpath.dirname(base or self.package_name)
        path = unquote(urlsplit(href).path)
        return posixpath.normpath(posixpath.join(folder, path)) if path else base

    def document(self, name: str) -> Document | None:
        """A content document by its name; None if there is none that can be read."""
        if name not in self._documents:
            self._documents[name] = _read(name, self.files.get(name))
        return self._documents[name]

    def target(self, href: str, base: str) -> tuple[Document, Element] | None:
        """The document and element that a link leads to."""
        document = self.document(self.href(href, base))
        id_ = urlsplit(href).fragment
        if document is None or (id_ and id_ not in document.ids):
            return None
        return document, document.ids[id_] if id_ else document.root

    def metas(self, name: str) -> list[str]:
        """The values of `<meta property="name">`, and of EPUB 2's `<meta name="name">`."""
        return [
            (e.text or e.get("content") or "").strip()
            for e in self.package.iter("{*}meta")
            if name in (e.get("property"), e.get("name")) and not e.get("refines")
        ]

    def refinements(self, name: str) -> list[str]:
        """The values of `<meta property="name">` that tell more of something else."""
        metas = (e for e in self.package.iter("{*}meta") if e.get("property") == name)
        return [(e.text or "").strip() for e in metas if e.get("refines")]

    def dc(self, name: str) -> list[str]:
        """The values of a Dublin Core element."""
        return [(e.text or "").strip() for e in self.package.iter(f"{{*}}{name}")]


def opened(files: dict[str, bytes]) -> Book | None:
    """The book in the files of a ZIP, or None where package or container cannot be read."""
    container = _read(_CONTAINER, files.get(_CONTAINER))
    if container is None:
        return None
    rootfile = next(container.root.iter("{*}rootfile"), None)
    name = rootfile.get("full-path", "") if rootfile is not None else ""
    package = _read(name, files.get(name))
    return Book(files, name, package.root) if package is not None else None


def _read(name: str, data: bytes | None) -> Document | None:
    try:
        return Document(name, fragment(data)) if data is not None else None
    except etree.XMLSyntaxError:
        return None


# ── what is asked of elements ──


def types(e: Element) -> set[str]:
    """What an element is by epub:type and by role."""
    return {*(e.get(TYPE) or "").split(), *(e.get("role") or "").split()}


def said(e: Element) -> str:
    """The text of an element on one line; an image says its alternative text."""
    return " ".join("".join(_said(e)).split())


def _said(e: Element) -> Iterator[str]:
    yield e.get("alt", "") if local(e) == "img" else (e.text or "")
    for inner in e.iterchildren("*"):
        yield from _said(inner)
        yield inner.tail or ""
