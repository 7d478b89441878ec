"""What pandoc does not carry of an OpenDocument text, marked with signals in its words."""

from __future__ import annotations

from lxml import etree

from pubtool.languages import other
from pubtool.readers.archive import Archive
from pubtool.readers.footnotes import ENDNOTE
from pubtool.readers.ledger import Ledger
from pubtool.readers.opendocument import (
    DC,
    DRAW,
    FO,
    OFFICE,
    PARAGRAPHS,
    STYLE,
    TEXT,
    XLINK,
    before,
    said_in,
)
from pubtool.readers.signals import ANCHOR, FOREIGN, FORMULA, QUERY
from pubtool.settings import Settings
from pubtool.source import MATHML, local
from pubtool.text import squeeze

_CHANGES = (f"{TEXT}change", f"{TEXT}change-start")


def mark_changes(
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
        host = next(mark.iterancestors(*PARAGRAPHS), None)
        number = numbers.get(host, 0) if host is not None else 0
        if deletion is None:
            if how == "reject":
                message = "an insertion was kept: in ODT, reject it in LibreOffice"
                ledger.report("PT613", number, message)
            elif how == "all" and mark.tag == f"{TEXT}change-start":
                before(
                    mark,
                    QUERY.wrap(f"text inserted from here{f' by {by}' if by else ''}", by, date),
                )
            continue
        words = squeeze(" ".join("".join(said_in(p)) for p in deletion.iter(*PARAGRAPHS)))
        if how == "accept" and words:
            ledger.report("PT613", number, f"deletion accepted: “{words}”", words)
        elif words:
            said = words if how == "reject" else QUERY.wrap(f"deleted: “{words}”", by, date)
            before(mark, said)


def mark_endnotes(content: etree._Element) -> None:
    """An endnote begins with the character that says so."""
    for note in content.iter(f"{TEXT}note"):
        first = note.find(f"{TEXT}note-body/{TEXT}p")
        if note.get(f"{TEXT}note-class") == "endnote" and first is not None:
            first.text = ENDNOTE + (first.text or "")


def mark_comments(content: etree._Element) -> None:
    """A comment becomes words between signals: pandoc leaves comments of ODT out."""
    for comment in list(content.iter(f"{OFFICE}annotation")):
        by = squeeze(comment.findtext(f"{DC}creator"))
        date = squeeze(comment.findtext(f"{DC}date"))[:10]
        said = squeeze(" ".join("".join(said_in(p)) for p in comment.iter(*PARAGRAPHS)))
        parent = comment.getparent()
        if parent is not None and said:
            before(comment, QUERY.wrap(said, by, date))
            tail = comment.tail or ""
            comment.tail = None
            before(comment, tail)
            parent.remove(comment)


def mark_bookmarks(content: etree._Element) -> None:
    """A bookmark becomes an anchor: pandoc gives them other names."""
    for mark in content.iter(f"{TEXT}bookmark", f"{TEXT}bookmark-start"):
        before(mark, ANCHOR.wrap("", mark.get(f"{TEXT}name", "")))


def mark_formulas(content: etree._Element, archive: Archive) -> None:
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
        before(frame, FORMULA.wrap(etree.tostring(math, encoding="unicode")))
        before(frame, frame.tail or "")
        frame.tail = None
        host.remove(frame)


def mark_languages(content: etree._Element, main: str) -> None:
    """The words of a span in another language stand between signals that name it."""
    languages = {
        style.get(f"{STYLE}name"): props.get(f"{FO}language", "")
        for style in content.iter(f"{STYLE}style")
        if style.get(f"{STYLE}family") == "text"
        for props in style.iter(f"{STYLE}text-properties")
    }
    for span in content.iter(f"{TEXT}span"):
        language = other(languages.get(span.get(f"{TEXT}style-name"), ""), main)
        if language in ("", "zxx") or not any(c.isalpha() for c in "".join(said_in(span))):
            continue
        start, end = FOREIGN.ends(language)
        span.text = start + (span.text or "")
        if len(span):
            span[-1].tail = (span[-1].tail or "") + end
        else:
            span.text += end
