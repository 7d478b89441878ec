"""ODT in: notes told apart, comments, deletions, languages and hidden text marked for pandoc.

The names are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.readers.archive import Archive, opened
from pubtool.readers.docx import from_archive
from pubtool.readers.footnotes import ENDNOTE
from pubtool.readers.languages import other
from pubtool.readers.ledger import Ledger
from pubtool.readers.prepared import Prepared
from pubtool.readers.signals import ANCHOR, FOREIGN, FORMULA, QUERY
from pubtool.settings import Settings
from pubtool.source import MATHML, local
from pubtool.text import squeeze

_N = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE, STYLE, META = (f"{{{_N}{n}:1.0}}" for n in ("text", "office", "style", "meta"))
FO = f"{{{_N}xsl-fo-compatible:1.0}}"
DRAW = f"{{{_N}drawing:1.0}}"
SVG = f"{{{_N}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_BLANKS = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": " "}
_SKIPPED = frozenset(
    {
        f"{TEXT}tracked-changes", f"{TEXT}note-citation", f"{DC}date", f"{DC}creator",
        f"{SVG}desc", f"{SVG}title",
    }
)  # fmt: skip
_INDEXES = ("table-of-content", "bibliography", "alphabetical-index", "illustration-index",
            "table-index", "object-index", "user-index")  # fmt: skip
_SHOWN = 80
_CHANGES = (f"{TEXT}change", f"{TEXT}change-start")


def prepare(data: bytes, file: str, settings: Settings, ledger: Ledger) -> Prepared:
    """An OpenDocument text for pandoc. Raises Unreadable (PT622 to PT625)."""
    archive = opened(data, file)
    if _is_encrypted(archive):
        raise Unreadable(found("PT622", Place(file), "it is protected by a password"))
    content = archive.xml("content.xml")
    if content is None:
        message = "the text itself (“content.xml”) is missing in it"
        raise Unreadable(found("PT623", Place(file), message))
    numbers = {p: n for n, p in enumerate(content.iter(*_PARAGRAPHS), 1)}
    lines = [(n, "".join(_said(p))) for p, n in numbers.items() if not _is_deleted(p)]
    facts = _facts(archive)
    _indexes(content, numbers, ledger)
    _boxes(content, numbers, ledger)
    _hidden(content, numbers, ledger)
    _changes(content, numbers, settings, ledger)
    _notes(content)
    _comments(content)
    _bookmarks(content)
    _formulas(content, archive)
    _languages(content, facts.get("language", "").split("-")[0])
    return Prepared(
        _packed(archive, content),
        "odt",
        lambda target: from_archive(archive, target),
        lines,
        facts,
        _descriptions(content),
    )


def _descriptions(content: etree._Element) -> dict[str, str]:
    """The alternative texts of images: the description, or else the title."""
    return {
        image.get(f"{XLINK}href", ""): squeeze(
            frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title")
        )
        for frame in content.iter(f"{DRAW}frame")
        for image in frame.iterchildren(f"{DRAW}image")
    }


def _is_encrypted(archive: Archive) -> bool:
    manifest = archive.xml("META-INF/manifest.xml")
    return manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None


def _is_deleted(paragraph: etree._Element) -> bool:
    return any(e.tag == f"{TEXT}tracked-changes" for e in paragraph.iterancestors())


def _said(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if inner.tag in _BLANKS:
            yield _BLANKS[inner.tag]
        elif inner.tag not in _SKIPPED and inner.tag not in _PARAGRAPHS:
            yield from _said(inner)
        yield inner.tail or ""


def _facts(archive: Archive) -> dict[str, str]:
    meta = archive.xml("meta.xml")
    styles = archive.xml("styles.xml")
    said: dict[str, str] = {}
    if meta is not None:
        said["title"] = squeeze(meta.findtext(f".//{DC}title"))
        said["creator"] = squeeze(meta.findtext(f".//{META}initial-creator"))
        said["keywords"] = "; ".join(squeeze(k.text) for k in meta.iter(f"{META}keyword"))
        said["language"] = squeeze(meta.findtext(f".//{DC}language"))
    default = styles.find(f".//{STYLE}default-style") if styles is not None else None
    for props in default.iter(f"{STYLE}text-properties") if default is not None else ():
        said["language"] = props.get(f"{FO}language", "") or said.get("language", "")
    return {name: value for name, value in said.items() if value}


def _indexes(content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger) -> None:
    """A bibliography is text; other indexes are lists that pubtool makes itself (PT601)."""
    for index in list(content.iter(*(f"{TEXT}{name}" for name in _INDEXES))):
        parent, body = index.getparent(), index.find(f"{TEXT}index-body")
        if parent is None:
            continue
        kept: list[etree._Element] = []
        if index.tag == f"{TEXT}bibliography" and body is not None:
            for inner in body:
                kept += list(inner) if inner.tag == f"{TEXT}index-title" else [inner]
        else:
            for line in index.iter(*_PARAGRAPHS):
                said = squeeze("".join(_said(line)))
                if said:
                    what = "line of a table of contents or index"
                    ledger.repeated(numbers.get(line, 0), said, what)
        at = parent.index(index)
        parent[at : at + 1] = kept


def _boxes(content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger) -> None:
    """What stands in a text box goes after the paragraph that holds the box."""
    for box in list(content.iter(f"{DRAW}text-box")):
        frame = box.getparent()
        host = next(box.iterancestors(*_PARAGRAPHS), None)
        if frame is None:
            continue
        said = squeeze(" ".join("".join(_said(p)) for p in box.iter(*_PARAGRAPHS)))
        if said:
            short = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
            number = numbers.get(host, 0) if host is not None else 0
            ledger.report("PT611", number, f"“{short}” stands now after the paragraph beside it")
        for block in reversed(list(box)):
            (host if host is not None else frame).addnext(block)
        parent = frame.getparent()
        if parent is not None:
            _before(frame, frame.tail or "")
            frame.tail = None
            parent.remove(frame)


def _hidden(content: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger) -> None:
    hidden = {
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        for props in style.iter(f"{STYLE}text-properties")
        if props.get(f"{TEXT}display") == "none"
    }
    for element in list(content.iter(f"{TEXT}span", f"{TEXT}hidden-text", f"{TEXT}p")):
        if element.get(f"{TEXT}style-name") in hidden or element.tag == f"{TEXT}hidden-text":
            said = squeeze("".join(_said(element)))
            host = (
                element if element in numbers else next(element.iterancestors(*_PARAGRAPHS), None)
            )
            if said:
                number = numbers.get(host, 0) if host is not None else 0
                ledger.report("PT612", number, f"“{said}”", said)
            for inner in list(element):
                element.remove(inner)
            element.text = None


def _changes(
    content: etree._Element,
    numbers: dict[etree._Element, int],
    settings: Settings,
    ledger: Ledger,
) -> None:
    """Deleted words stand at the head of the text; here they go where they were deleted."""
    regions = {r.get(f"{TEXT}id", ""): r for r in content.iter(f"{TEXT}changed-region")}
    how = settings.import_.track_changes
    for mark in list(content.iter(*_CHANGES)):
        region = regions.get(mark.get(f"{TEXT}change-id", ""))
        if region is None:
            continue
        by = squeeze(region.findtext(f".//{DC}creator"))
        date = squeeze(region.findtext(f".//{DC}date"))[:10]
        deletion = region.find(f"{TEXT}deletion")
        host = next(mark.iterancestors(*_PARAGRAPHS), None)
        number = numbers.get(host, 0) if host is not None else 0
        if deletion is None:
            if how == "reject":
                message = "an insertion was kept: in ODT, reject it in LibreOffice"
                ledger.report("PT613", number, message)
            elif how == "all" and mark.tag == f"{TEXT}change-start":
                _before(
                    mark,
                    QUERY.wrap(f"text inserted from here{f' by {by}' if by else ''}", by, date),
                )
            continue
        words = squeeze(" ".join("".join(_said(p)) for p in deletion.iter(*_PARAGRAPHS)))
        if how == "accept" and words:
            ledger.report("PT613", number, f"deletion accepted: “{words}”", words)
        elif words:
            said = words if how == "reject" else QUERY.wrap(f"deleted: “{words}”", by, date)
            _before(mark, said)


def _before(mark: etree._Element, text: str) -> None:
    before, parent = mark.getprevious(), mark.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _notes(content: etree._Element) -> None:
    for note in content.iter(f"{TEXT}note"):
        first = note.find(f"{TEXT}note-body/{TEXT}p")
        if note.get(f"{TEXT}note-class") == "endnote" and first is not None:
            first.text = ENDNOTE + (first.text or "")


def _comments(content: etree._Element) -> None:
    """A comment becomes words between signals: pandoc leaves comments of ODT out."""
    for comment in list(content.iter(f"{OFFICE}annotation")):
        by = squeeze(comment.findtext(f"{DC}creator"))
        date = squeeze(comment.findtext(f"{DC}date"))[:10]
        said = squeeze(" ".join("".join(_said(p)) for p in comment.iter(*_PARAGRAPHS)))
        parent = comment.getparent()
        if parent is not None and said:
            _before(comment, QUERY.wrap(said, by, date))
            tail = comment.tail or ""
            comment.tail = None
            _before(comment, tail)
            parent.remove(comment)


def _bookmarks(content: etree._Element) -> None:
    for mark in content.iter(f"{TEXT}bookmark", f"{TEXT}bookmark-start"):
        _before(mark, ANCHOR.wrap("", mark.get(f"{TEXT}name", "")))


def _formulas(content: etree._Element, archive: Archive) -> None:
    """A formula is a small document of its own; its MathML goes where it stands in the text."""
    for held in list(content.iter(f"{DRAW}object")):
        frame = held.getparent()
        name = held.get(f"{XLINK}href", "").removeprefix("./").rstrip("/")
        root = archive.xml(f"{name}/content.xml")
        math = next(root.iter(f"{{{MATHML}}}math"), None) if root is not None else None
        host = frame.getparent() if frame is not None else None
        if math is None or frame is None or host is None:
            continue
        for semantics in math.findall(f"{{{MATHML}}}semantics"):
            math[:] = [e for e in semantics if local(e) not in ("annotation", "annotation-xml")]
        math.tail = None
        _before(frame, FORMULA.wrap(etree.tostring(math, encoding="unicode")))
        _before(frame, frame.tail or "")
        frame.tail = None
        host.remove(frame)


def _languages(content: etree._Element, main: str) -> None:
    """The words of a span in another language stand between signals that name it."""
    languages = {
        style.get(f"{STYLE}name"): props.get(f"{FO}language", "")
        for style in content.iter(f"{STYLE}style")
        if style.get(f"{STYLE}family") == "text"
        for props in style.iter(f"{STYLE}text-properties")
    }
    for span in content.iter(f"{TEXT}span"):
        language = other(languages.get(span.get(f"{TEXT}style-name"), ""), main)
        if language in ("", "zxx") or not any(c.isalpha() for c in "".join(_said(span))):
            continue
        start, end = FOREIGN.ends(language)
        span.text = start + (span.text or "")
        if len(span):
            span[-1].tail = (span[-1].tail or "") + end
        else:
            span.text += end


def _packed(archive: Archive, content: etree._Element) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in archive.names:
            if name == "content.xml":
                packed.writestr(name, etree.tostring(content, encoding="UTF-8"))
            elif not name.startswith(("Pictures/", "Thumbnails/")):
                packed.writestr(name, archive.read(name))
            else:
                packed.writestr(name, b"")
    return out.getvalue()
