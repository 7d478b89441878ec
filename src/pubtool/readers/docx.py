"""DOCX in: the XML is rewritten so that pandoc sees what it would otherwise drop.

package ─▶ words ─▶ boxes ─▶ runs ─▶ headings ─▶ citations ─▶ notes ─▶ DOCX for pandoc
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree

from pubtool.readers import docx_boxes as boxes
from pubtool.readers.archive import Archive, opened
from pubtool.readers.docx_citations import rewrite_citations
from pubtool.readers.docx_numbers import number_headings, numbering
from pubtool.readers.docx_runs import Runs
from pubtool.readers.docx_styles import Styles, completed, outline_level
from pubtool.readers.docx_words import lines, numbered
from pubtool.readers.footnotes import ENDNOTE
from pubtool.readers.ledger import Ledger
from pubtool.readers.ooxml import Package, made, package, run, value, w
from pubtool.readers.prepared import Prepared
from pubtool.settings import Settings
from pubtool.text import squeeze

READER = "docx+styles+citations"
_CORE = {"title": "title", "creator": "creator", "keywords": "keywords", "language": "language"}
# Wrappers around text that mean nothing for it.
_TRANSPARENT = ("smartTag", "customXml", "dir", "bdo")


def prepare(data: bytes, file: str, settings: Settings, ledger: Ledger) -> Prepared:
    """A Word document for pandoc. Raises Unreadable (PT622 to PT625)."""
    document = package(opened(data, file))
    root = document.part(document.main)
    if root is None:
        raise AssertionError
    numbers = numbered(root)
    said = lines(document, numbers)
    styles = Styles(completed(document.one("styles")))
    facts = _facts(document)
    facts["language"] = _rewrite(document, root, styles, numbers, settings, ledger)
    _headers(document, ledger)
    return Prepared(_packed(document, styles), READER, _images(document), said, facts)


def _rewrite(
    document: Package,
    root: etree._Element,
    styles: Styles,
    numbers: dict[etree._Element, int],
    settings: Settings,
    ledger: Ledger,
) -> str:
    """Change the XML in place; the answer is the document's language."""
    parts = [
        root,
        *(p for kind in ("footnotes", "endnotes") if (p := document.one(kind)) is not None),
    ]
    for part in parts:
        boxes.mark_decorative(part)
        boxes.choose_alternatives(part)
        boxes.unbox(part, document, styles, numbers, ledger)
        _unwrap(part)
        _ruby(part)
        _bookmarks(part)
        _plain_blanks(part)
    boxes.table_descriptions(root, numbers, ledger)
    _outline(root, styles)
    number_headings(root, styles, numbering(document.one("numbering")))
    runs = Runs(styles, ledger, frozenset(settings.import_.styles))
    runs.prepare(parts, numbers)
    rewrite_citations(document, styles)
    _mark_endnotes(document.one("endnotes"))
    return runs.language


def _unwrap(root: etree._Element) -> None:
    for wrapper in list(root.iter(*(w(name) for name in _TRANSPARENT))):
        parent = wrapper.getparent()
        if parent is not None:
            at = parent.index(wrapper)
            parent[at : at + 1] = [inner for inner in wrapper if not str(inner.tag).endswith("Pr")]


def _ruby(root: etree._Element) -> None:
    """Signs with their reading above them: the reading follows in brackets."""
    for ruby in list(root.iter(w("ruby"))):
        around = ruby.getparent()
        if around is None or around.tag != w("r"):
            continue
        base, above = ruby.find(w("rubyBase")), ruby.find(w("rt"))
        runs = [
            *(base if base is not None else ()),
            run(" ("),
            *(above if above is not None else ()),
            run(")"),
        ]
        for piece in reversed(runs):
            around.addnext(piece)
        around.remove(ruby)


def _bookmarks(root: etree._Element) -> None:
    """A bookmark between two paragraphs belongs to the second."""
    for mark in list(root.iter(w("bookmarkStart"))):
        parent, following = mark.getparent(), mark.getnext()
        while following is not None and following.tag in (w("bookmarkStart"), w("bookmarkEnd")):
            following = following.getnext()
        if parent is None or parent.tag == w("p") or following is None or following.tag != w("p"):
            continue
        props = following.find(w("pPr"))
        following.insert(0 if props is None else 1, mark)
        following.append(made("bookmarkEnd", id=mark.get(w("id"), "")))


def _plain_blanks(root: etree._Element) -> None:
    """Tabulators become blanks; breaks of the page and the column are no breaks of the line."""
    for tab in list(root.iter(w("tab"))):
        parent = tab.getparent()
        if parent is not None and parent.tag == w("r"):
            blank = run(" ")[0]
            parent.replace(tab, blank)
    for broken in list(root.iter(w("br"))):
        parent = broken.getparent()
        if parent is not None and broken.get(w("type"), "textWrapping") != "textWrapping":
            parent.replace(broken, run(" ")[0])
    for rendered in list(root.iter(w("lastRenderedPageBreak"))):
        parent = rendered.getparent()
        if parent is not None:
            parent.remove(rendered)


def _outline(root: etree._Element, styles: Styles) -> None:
    """Paragraphs with an outline level are headings, whatever their style is called."""
    for paragraph in root.iter(w("p")):
        props = paragraph.find(w("pPr"))
        if props is None:
            continue
        outline = props.find(w("outlineLvl"))
        style = value(props, "pStyle")
        level = outline_level(outline) if outline is not None else styles.level(style)
        named = any(
            value(s, "name").lower().startswith(("heading ", "title")) for s in styles.chain(style)
        )
        if level and not named:
            for old in props.findall(w("pStyle")):
                props.remove(old)
            based = style if style else ""
            id_ = styles.add("paragraph", f"heading {level}", "")
            props.insert(0, made("pStyle", val=_existing(styles, level) or id_ or based))


def _existing(styles: Styles, level: int) -> str:
    return next((id_ for id_ in styles.by_id if styles.name(id_).lower() == f"heading {level}"), "")


def _mark_endnotes(root: etree._Element | None) -> None:
    for note in root if root is not None else ():
        first = note.find(w("p"))
        if note.get(w("type"), "normal") == "normal" and first is not None:
            props = first.find(w("pPr"))
            first.insert(0 if props is None else 1, run(ENDNOTE))


def _headers(document: Package, ledger: Ledger) -> None:
    """Name what stands at the head and foot of the pages (PT629)."""
    said: dict[str, None] = {}
    for kind in ("header", "footer"):
        for name in document.related(kind):
            root = document.part(name)
            for paragraph in root.iter(w("p")) if root is not None else ():
                text = squeeze("".join(t.text or "" for t in paragraph.iter(w("t"))))
                if any(c.isalpha() for c in text):
                    said[text] = None
    for text in said:
        ledger.report("PT629", 0, f"“{text}”")


def _facts(document: Package) -> dict[str, str]:
    core = document.part("docProps/core.xml")
    if core is None:
        return {}
    found = {etree.QName(e).localname: squeeze(e.text) for e in core if squeeze(e.text)}
    return {name: found[key] for key, name in _CORE.items() if key in found}


def _images(document: Package) -> Callable[[str], bytes | str]:
    folder = posixpath.dirname(document.main)
    return lambda target: from_archive(document.archive, posixpath.join(folder, target), target)


def from_archive(archive: Archive, *names: str) -> bytes | str:
    """The bytes of the first of these names that is in an archive, or why there are none."""
    for name in names:
        if posixpath.normpath(name) in archive:
            return archive.read(posixpath.normpath(name))
    return "it is not in the file"


def _packed(document: Package, styles: Styles) -> bytes:
    """The parts pandoc reads, those rewritten in their new form; pictures are left out."""
    parts = dict(document.parts)
    style_part = next(document.related("styles"), "") or _new_styles(document)
    parts[style_part] = styles.root
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in dict.fromkeys((*_needed(document), style_part)):
            root = parts.get(name)
            data = etree.tostring(root) if root is not None else document.archive.read(name)
            packed.writestr(name, data)
        for name in document.archive.names:
            if "/media/" in name:
                packed.writestr(name, b"")
    return out.getvalue()


def _needed(document: Package) -> Iterator[str]:
    """Every part but thumbnails, fonts and embedded files; of pictures only the names matter."""
    for name in document.archive.names:
        if name.endswith((".xml", ".rels")):
            yield name


def _new_styles(document: Package) -> str:
    """The name of a part for styles, in a document that has none; the document points at it."""
    folder, base = posixpath.split(document.main)
    relations = document.part(posixpath.join(folder, "_rels", f"{base}.rels"))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    if relations is None:
        relations = etree.Element(f"{{{space}}}Relationships")
        document.parts[posixpath.join(folder, "_rels", f"{base}.rels")] = relations
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    etree.SubElement(
        relations, f"{{{space}}}Relationship", Id="ptStyles", Type=kind, Target="styles.xml"
    )
    return posixpath.join(folder, "styles.xml")
