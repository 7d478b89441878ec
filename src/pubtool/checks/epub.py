"""EPUB: its container whole, without any message of epubcheck, its words the chapter's."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from pubtool import zipped
from pubtool.checks.ace import violations
from pubtool.checks.attendant import messages
from pubtool.checks.epub_book import opened
from pubtool.checks.epub_truth import RULES
from pubtool.checks.epubcheck import Message
from pubtool.conservation import FORMULA, chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, Severity, errors, found
from pubtool.edition import Edition
from pubtool.source import fragment, local
from pubtool.text import words as fold
from pubtool.writers.epub import TEXT

_SEVERITIES = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}
# That fonts are embedded, which the publisher chose.
_NO_FAULT = frozenset({"CSS-028"})
_MARKUP = (".xhtml", ".opf", ".xml", ".ncx")
_INLINE = frozenset(
    "a abbr b bdi code del dfn em i img ins mark s small span strong sub sup u".split()
)


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Container, links (PT741) and truth; in full, epubcheck's messages and Ace's (PT753)."""
    try:
        files = zipped.unpack(data)
    except zipfile.BadZipFile:
        return [found("PT741", Place(name), "the file is not a ZIP archive")]
    place = Place(name)
    findings = [found("PT741", place, said) for said in [*_container(data), *_broken(files)]]
    if errors(findings):
        return findings
    findings = list(_untruths(files, place))
    if level == "full":
        said = [message for message in messages(data) if message.id not in _NO_FAULT]
        findings += [_finding(message, name) for message in said]
        findings += [found("PT753", place, said) for said in violations(data)]
    return findings


def _untruths(files: dict[str, bytes], place: Place) -> Iterator[Diagnostic]:
    """What validators miss (PT742 to PT750)."""
    book = opened(files)
    if book is None:
        yield found("PT741", place, "the container names no package document that can be read")
        return
    for rule in RULES:
        for id_, said in rule(book):
            yield found(id_, place, said)


def _finding(message: Message, name: str) -> Diagnostic:
    where = f"{message.file}:{message.line}: " if message.file else ""
    return found(
        "PT741",
        Place(name),
        f"{message.id}: {where}{message.text}",
        hint=message.suggestion,
        severity=_SEVERITIES.get(message.severity, Severity.NOTE),
    )


def _container(data: bytes) -> Iterator[str]:
    """The media type comes first and uncompressed (EPUB OCF 3.3, 4.3)."""
    if data[30:38] != b"mimetype" or data[38:58] != b"application/epub+zip":
        yield "the first entry is not an uncompressed “mimetype”"


def _broken(files: dict[str, bytes]) -> Iterator[str]:
    """Files that are not XML, and links that lead to no file or no id."""
    trees: dict[str, etree._Element] = {}
    for name, content in files.items():
        if name.endswith(_MARKUP):
            try:
                trees[name] = fragment(content)
            except etree.XMLSyntaxError as error:
                yield f"{name}:{error.position[0]}: {error.msg}"
    ids = {name: {e.get("id") for e in root.iter("*")} for name, root in trees.items()}
    for name, root in trees.items():
        if name.startswith("META-INF/"):
            continue
        for e in root.iter("*"):
            for href in (e.get("href"), e.get("src")):
                if href and (lost := _lost(href, name, files, ids)):
                    yield f"{name}:{e.sourceline}: {lost}"


def _lost(
    href: str, name: str, files: dict[str, bytes], ids: dict[str, set[str | None]]
) -> str | None:
    address = urlsplit(href)
    if address.scheme or address.netloc:
        return None
    path = unquote(address.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target not in files:
        return f"“{href}” leads to no file of the book"
    if address.fragment and address.fragment not in ids.get(target, {address.fragment}):
        return f"“{href}” leads to no place in its file"
    return None


# ── conservation ──


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Every word of the chapter is in the book, and no other (PT702, PT703)."""
    text = zipped.unpack(data)[TEXT]
    return differences(chapter_words(edition.chapter), words(text), Place(name), edition.chapter)


def words(text: bytes) -> list[str]:
    """The author's words in a content document."""
    body = fragment(text)[1]
    return fold("".join(_spoken(body)))


def _spoken(e: etree._Element) -> Iterator[str]:
    name, mark = local(e), e.get("data-generated")
    if mark == "yes":
        return
    if mark == "separator" or name == "br":
        yield " "
        return
    if name == "math":
        yield f" {FORMULA} "
        return
    edge = "" if name in _INLINE else " "
    yield edge
    if name == "img":
        yield f" {e.get('alt', '')} "
    yield e.text or ""
    for inner in e.iterchildren("*"):
        yield from _spoken(inner)
        yield inner.tail or ""
    yield edge
