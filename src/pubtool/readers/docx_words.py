"""The words of a Word document, paragraph by paragraph, as they stand in its XML.

This is the measure of what was kept: it knows nothing of how pandoc reads a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pubtool.readers.ooxml import MC, A, M, Package, w

_BLANKS = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "‑"}
_TEXTS = frozenset({w("t"), w("delText")})
_MATH = f"{{{M}}}oMath"
_PARTED = frozenset({w("rt"), w("rubyBase")})
_SKIPPED = frozenset({f"{{{MC}}}Fallback", w("rPr"), w("pPr"), w("instrText")})


def numbered(root: etree._Element) -> dict[etree._Element, int]:
    """Every paragraph of the document with its number, from 1, boxes and cells included."""
    return {p: n for n, p in enumerate(root.iter(w("p")), 1)}


def lines(package: Package, numbers: dict[etree._Element, int]) -> list[tuple[int, str]]:
    """The paragraphs of a document by number; a note has that of the paragraph it is on."""
    found = [(n, "".join(_said(p))) for p, n in numbers.items() if not _in_fallback(p)]
    for part, reference in (
        ("footnotes", "footnoteReference"),
        ("endnotes", "endnoteReference"),
        ("comments", "commentReference"),
    ):
        root = package.one(part)
        if root is not None:
            at = _references(numbers, reference)
            found += list(_notes(root, at))
    for name in package.related("diagramData"):
        root = package.part(name)
        found += [(0, t.text or "") for t in (root.iter(f"{{{A}}}t") if root is not None else ())]
    return found


def _in_fallback(paragraph: etree._Element) -> bool:
    return any(e.tag == f"{{{MC}}}Fallback" for e in paragraph.iterancestors())


def _said(element: etree._Element) -> Iterator[str]:
    for inner in element:
        tag = inner.tag
        if tag in _TEXTS:
            yield inner.text or ""
        elif tag in _BLANKS:
            yield _BLANKS[tag]
        elif tag == _MATH:
            yield " ∎ "
        elif tag == w("p"):
            continue
        elif tag not in _SKIPPED:
            edge = " " if tag in _PARTED else ""
            yield edge
            yield from _said(inner)
            yield edge


def _references(numbers: dict[etree._Element, int], name: str) -> dict[str, int]:
    return {
        reference.get(w("id"), ""): number
        for paragraph, number in numbers.items()
        for reference in paragraph.iter(w(name))
    }


def _notes(root: etree._Element, at: dict[str, int]) -> Iterator[tuple[int, str]]:
    for note in root:
        if note.get(w("type"), "normal") == "normal" and note.get(w("id"), "") in at:
            for paragraph in note.iter(w("p")):
                yield at[note.get(w("id"), "")], "".join(_said(paragraph))
