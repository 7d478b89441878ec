"""EPUB: the content document that pandoc made, mended and completed.

Sources: EPUB 3.3, DPUB-ARIA 1.1, EPUB Structural Semantics Vocabulary 1.1.
"""

from __future__ import annotations

from lxml import etree

from pubtool.edition import Edition
from pubtool.rules import Builder
from pubtool.source import MATHML, XML, local
from pubtool.text import direction

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
MATTER = frozenset("ack statement app glossary bibliography about colophon".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Element = etree._Element
_build = Builder()


def finished(root: Element, edition: Edition) -> Element:
    """The content document with title, style, languages, headings, notes and tables in order."""
    body = root.find(f"{{{XHTML}}}body")
    if body is None:
        return root
    root.replace(root[0], head(edition))
    body.attrib.pop(TYPE, None)
    language = edition.chapter.record.language
    root.set("lang", language)
    name_language(root)
    chapter = body[0]
    chapter.set("role", "doc-chapter")
    chapter.set(TYPE, "chapter")
    number_first(chapter)
    notes(body, chapter, edition)
    for e in body.iter("*"):
        name_language(e)
        align(e)
        head_cell(e)
        stay_inside(e)
        say_formula(e)
    for section in body.iter(f"{{{XHTML}}}section"):
        entitle(section)
    return root


def x(tag: str, *content: str | Element, **attributes: str) -> Element:
    """An XHTML element."""
    made = _build(tag, *content, **attributes)
    for e in made.iter("*"):
        if not str(e.tag).startswith("{"):
            e.tag = etree.QName(XHTML, str(e.tag))
    return made


def head(edition: Edition) -> Element:
    """Title and style; nothing of pandoc's."""
    return x(
        "head",
        x("title", edition.chapter.record.full_title),
        x("link", rel="stylesheet", type="text/css", href="../styles/chapter.css"),
    )


def name_language(e: Element) -> None:
    """Say the language of a run as XML and as HTML do, and which way it is written."""
    tag = e.get("lang")
    if tag:
        e.set(f"{{{XML}}}lang", tag)
        e.set("dir", direction(tag) or "ltr")


def align(e: Element) -> None:
    """Turn pandoc's inline styles of cells into classes, which styles can answer."""
    style = e.attrib.pop("style", "").replace(" ", "")
    alignment = style.removeprefix("text-align:").rstrip(";")
    if alignment in ("right", "center"):
        e.set("class", " ".join(c for c in (e.get("class"), alignment) if c))


def head_cell(e: Element) -> None:
    """Make heading cells of those that pandoc took for data, in the foot of a table."""
    if local(e) == "td" and e.get("scope"):
        e.tag = etree.QName(XHTML, "th")


def stay_inside(e: Element) -> None:
    """Links within the chapter name no file: pandoc's file has another name here."""
    href = e.get("href", "")
    if href.startswith("ch001.xhtml#"):
        e.set("href", href.removeprefix("ch001.xhtml"))


def say_formula(e: Element) -> None:
    """Say a formula that pandoc made from TeX in its TeX."""
    if local(e) == "math" and not e.get("alttext"):
        annotation = next(e.iter(f"{{{MATHML}}}annotation"), None)
        e.set("alttext", (annotation.text if annotation is not None else None) or "formula")


def entitle(section: Element) -> None:
    """Tie a section to its heading."""
    heading = next((e for e in section if local(e) in HEADINGS), None)
    if heading is not None and section.get("id"):
        heading.set("id", f"{section.get('id')}-title")
        section.set("aria-labelledby", f"{section.get('id')}-title")
    classes = [c for c in (section.get("class") or "").split() if not c.startswith("level")]
    section.attrib.pop("class", None)
    if classes:
        section.set("class", " ".join(classes))


def number_first(chapter: Element) -> None:
    """Set the number of the chapter over its title; pandoc wants the title to come first."""
    number = next((e for e in chapter if e.get("class") == "number"), None)
    if number is not None:
        chapter.insert(0, number)


# ── notes ──


def notes(body: Element, chapter: Element, edition: Edition) -> None:
    """Give notes their ids, numbers and ways back, and set them after the text."""
    section = next(
        (e for e in body.iter(f"{{{XHTML}}}section") if e.get("id") == "footnotes"), None
    )
    if section is None:
        return
    labels = edition.chapter.labels
    calls = [e for e in body.iter(f"{{{XHTML}}}a") if e.get("role") == "doc-noteref"]
    asides = section.findall(f"{{{XHTML}}}aside")
    for call, aside in zip(calls, asides, strict=True):
        tie(call, aside, labels["back"])
    for stray in [e for e in section if local(e) != "aside"]:
        section.remove(stray)
    section.insert(0, x("h2", labels["notes"], data_generated="yes"))
    section.attrib.clear()
    section.set("id", "notes")
    section.set("role", "doc-endnotes")
    section.set(TYPE, "endnotes")
    after = next((e for e in chapter if set((e.get("class") or "").split()) & MATTER), None)
    if after is not None:
        after.addprevious(section)
    else:
        chapter.append(section)


def tie(call: Element, aside: Element, label: str) -> None:
    """Tie a number in the text to its note, both ways, by the id the chapter gave the note."""
    place = call.getparent()
    id_ = place.attrib.pop("id", "") if place is not None else ""
    call.set("href", f"#{id_}")
    call.set("id", f"{id_}-call")
    call.set("class", "noteref")
    call.set("data-generated", "yes")
    aside.set("id", id_)
    number = "".join(call.itertext())
    back = x("a", number, href=f"#{id_}-call", role="doc-backlink", class_="number",
             aria_label=f"{number}: {label}", data_generated="yes")  # fmt: skip
    first = aside[0]
    if local(first) != "p":
        first = x("p")
        aside.insert(0, first)
    back.tail = f"\N{EN SPACE}{first.text or ''}"
    first.text = None
    first.insert(0, back)


def serialised(root: Element) -> bytes:
    """The document as the file in the book."""
    etree.cleanup_namespaces(root, top_nsmap={None: XHTML, "epub": OPS})
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return text + b"\n"
