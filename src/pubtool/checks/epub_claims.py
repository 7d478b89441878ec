"""EPUB: what the package claims of its accessibility is true, and what is true is claimed.

Sources: EPUB Accessibility 1.1 (2.2 and 3), the vocabulary of schema.org's accessibility terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtool.checks.epub_book import BREAKS, Book, Element, types
from pubtool.source import local

_CONFORMS = re.compile(
    r"^(?:EPUB Accessibility 1\.[01] - WCAG 2\.[0-2] Level A{1,3}"
    r"|http://www\.idpf\.org/epub/a11y/accessibility-20170105\.html#wcag-a{1,3})$"
)
FEATURES = frozenset(
    "alternativeText annotations ARIA audioDescription bookmarks braille captions ChemML "
    "closedCaptions describedMath displayTransformability fullRubyAnnotations highContrastAudio "
    "highContrastDisplay horizontalWriting index largePrint latex latex-chemistry longDescription "
    "MathML MathML-chemistry none openCaptions pageBreakMarkers pageNavigation "
    "printPageNumbers readingOrder rubyAnnotations signLanguage structuralNavigation "
    "synchronizedAudioText tableOfContents tactileGraphic tactileObject taggedPDF timingControl "
    "transcript transformFeedback ttsMarkup unknown unlocked verticalWriting "
    "withAdditionalWordSegmentation withoutAdditionalWordSegmentation".split()
)
_SILENT = frozenset({"presentation", "none"})


def claims(book: Book) -> Iterator[tuple[str, str]]:
    """Claims that are not so, facts that are not claimed, words nobody knows (PT743)."""
    claimed = {name for text in book.metas("schema:accessibilityFeature") for name in text.split()}
    for name in sorted(claimed):
        if name.partition("/")[0] not in FEATURES:
            yield "PT743", f"“{name}” is no accessibility feature of the vocabulary"
    for name, true in facts(book).items():
        if name in claimed and not true:
            yield "PT743", f"the book claims “{name}”, and has it not"
        elif true and name not in claimed and name in _TO_CLAIM:
            yield "PT743", f"the book has “{name}”, and does not claim it"
    for text in (*book.metas("dcterms:conformsTo"), *_links(book, "dcterms:conformsTo")):
        if "ccessibility" in text and not _CONFORMS.match(text):
            yield "PT743", f"“{text}” names no standard of accessibility that exists"


_TO_CLAIM = frozenset({"MathML", "pageBreakMarkers", "pageNavigation", "tableOfContents"})


def _links(book: Book, relation: str) -> list[str]:
    return [e.get("href", "") for e in book.package.iter("{*}link") if e.get("rel") == relation]


def facts(book: Book) -> dict[str, bool]:
    """Features whose truth can be seen in the files."""
    elements = [e for document in book.spine for e in document.root.iter("*")]
    names = {local(e) for e in elements}
    nav = [kind for e in (book.nav.root.iter("{*}nav") if book.nav else ()) for kind in types(e)]
    broken = any(types(e) & BREAKS for e in elements)
    described = [e for e in elements if e.get("aria-describedby") or e.get("aria-details")]
    paged = "page-list" in nav or "doc-pagelist" in nav
    return {
        "MathML": "math" in names,
        "alternativeText": _all_described(elements),
        "longDescription": bool(described) or any("long-desc" in _classes(e) for e in elements),
        "pageBreakMarkers": broken,
        "pageNavigation": paged,
        "tableOfContents": "toc" in nav or "doc-toc" in nav,
        "structuralNavigation": bool(names & {"h1", "h2", "h3", "h4", "h5", "h6"}),
        "captions": "track" in names,
        "index": any(types(e) & {"index", "doc-index"} for e in elements),
        "ttsMarkup": any(key.startswith("{http://www.w3.org/2001/10/synthesis}")
                         for e in elements for key in e.attrib),
    }  # fmt: skip


def _classes(e: Element) -> list[str]:
    return (e.get("class") or "").split()


def _all_described(elements: list[Element]) -> bool:
    """True if there are images that tell something, and each of them has its words."""
    images = [e for e in elements if local(e) == "img" and e.get("role") not in _SILENT]
    telling = [e for e in images if e.get("alt") != ""]
    return bool(telling) and all((e.get("alt") or "").strip() for e in telling)
