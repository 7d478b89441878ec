"""Office and text formats: whole files, made from a document that holds every word."""

from __future__ import annotations

import zipfile

from lxml import etree

from pubtool import zipped
from pubtool.conservation import chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.source import fragment
from pubtool.writers.pandoc_document import document, words


def check_zip(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """A ZIP whose XML is well-formed (PT751)."""
    try:
        files = zipped.unpack(data)
    except zipfile.BadZipFile:
        return [found("PT751", Place(name), "the file is not a ZIP archive")]
    findings = []
    for inner, content in files.items():
        if inner.endswith((".xml", ".rels")) and content.strip():
            try:
                fragment(content)
            except etree.XMLSyntaxError as error:
                message = f"{inner}:{error.position[0]}: {error.msg}"
                findings.append(found("PT751", Place(name), message))
    return findings


def check_text(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Text in UTF-8 that is not empty (PT751)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [found("PT751", Place(name), f"byte {error.start} is not UTF-8")]
    return [] if text.strip() else [found("PT751", Place(name), "the file is empty")]


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Every word of the chapter is in the document that pandoc was given (PT702, PT703)."""
    made, _ = document(edition, mathml=False, embed=False)
    return differences(chapter_words(edition.chapter), words(made), Place(name), edition.chapter)
