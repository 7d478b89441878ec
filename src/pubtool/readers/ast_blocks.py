"""Pandoc's block nodes as the chapter's, where they stand in others: in quotes, lists, cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from pubtool.languages import other
from pubtool.readers.ast_go import Attributes, Go, Node, attributes, block
from pubtool.readers.ast_inlines import is_blank, raw
from pubtool.readers.draft import element
from pubtool.readers.marks import parted
from pubtool.rules import XmlNode
from pubtool.source import LANG, local

_NUMBERS = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}


@block("Para", "Plain")
def _paragraph(c: list[Node], go: Go) -> list[etree._Element]:
    return paragraph(go.inlines(c), go)


def paragraph(content: list[XmlNode], go: Go) -> list[etree._Element]:
    """A paragraph as one or several blocks: an image or formula that stands alone is a float."""
    if is_blank(content):
        return []
    images = _only_images(content)
    if images:
        return [figure([image], go) for image in images]
    return parted(element("p", content))


def _only_images(content: Sequence[XmlNode]) -> list[etree._Element]:
    nodes = [node for node in content if not isinstance(node, str) or node.strip()]
    elements = [node for node in nodes if isinstance(node, etree._Element)]
    kinds = {local(node) for node in elements}
    if len(elements) < len(nodes) or not kinds <= {"inline-graphic", "break", "anchor"}:
        return []
    return [node for node in elements if local(node) == "inline-graphic"]


def figure(images: Sequence[etree._Element], go: Go) -> etree._Element:
    """A figure of images that stood alone."""
    first = images[0]
    alt = [inner for image in images for inner in image if local(inner) == "alt"]
    graphics = [element("graphic", href=image.get("href", "")) for image in images]
    return element("fig", graphics, alt[:1], decorative=first.get("decorative", ""))


@block("Header")
def _header(c: Any, go: Go) -> list[etree._Element]:
    """A heading within a quote, list or cell opens no section: a paragraph in bold."""
    content = go.inlines(c[2])
    return [] if is_blank(content) else [element("p", element("bold", content))]


@block("BlockQuote")
def _quote(c: list[Node], go: Go) -> list[etree._Element]:
    inside = go.blocks(c)
    return [element("disp-quote", inside)] if inside else []


@block("BulletList")
def _bullets(c: list[list[Node]], go: Go) -> list[etree._Element]:
    return _list(c, go, type="bullet")


@block("OrderedList")
def _numbers(c: Any, go: Go) -> list[etree._Element]:
    (start, style, _delimiter), items = c
    return _list(
        items,
        go,
        type="ordered",
        style=_NUMBERS.get(style["t"], ""),
        start=str(start) if start > 1 else "",
    )


def _list(items: list[list[Node]], go: Go, **said: str) -> list[etree._Element]:
    made = [element("list-item", inside) for item in items if (inside := go.blocks(item))]
    return [element("list", made, **said)] if made else []


@block("DefinitionList")
def _definitions(c: Any, go: Go) -> list[etree._Element]:
    items = []
    for term, definitions in c:
        inside = [made for nodes in definitions for made in go.blocks(nodes)]
        definition = element("def", inside or element("p"))
        items.append(element("def-item", element("term", go.inlines(term)), definition))
    return [element("def-list", items)] if items else []


@block("LineBlock")
def _verse(c: list[list[Node]], go: Go) -> list[etree._Element]:
    """Lines of verse; an empty line parts stanzas."""
    stanzas: list[list[etree._Element]] = [[]]
    for line in c:
        content = go.inlines(line)
        if is_blank(content):
            stanzas.append([])
        else:
            stanzas[-1].append(element("verse-line", content))
    kept = [stanza for stanza in stanzas if stanza]
    if len(kept) < 2:
        return [element("verse-group", stanza) for stanza in kept]
    return [element("verse-group", [element("verse-group", stanza) for stanza in kept])]


@block("CodeBlock")
def _code(c: Any, go: Go) -> list[etree._Element]:
    attrs = attributes(c[0])
    return [element("code", c[1], language=attrs.classes[0] if attrs.classes else "")]


@block("RawBlock")
def _raw(c: Any, go: Go) -> list[etree._Element]:
    raw(c, go)
    return []


@block("HorizontalRule")
def _rule(c: None, go: Go) -> list[etree._Element]:
    return []


@block("Div")
def _division(c: Any, go: Go) -> list[etree._Element]:
    return _labelled(attributes(c[0]), go.blocks(c[1]), go)


def _labelled(attrs: Attributes, made: list[etree._Element], go: Go) -> list[etree._Element]:
    """Blocks with the language and the anchor of what is around them."""
    language = other(attrs.named.get("lang", ""), go.language)
    for part in made if language else ():
        if not part.get(LANG):
            part.set(LANG, language)
    if attrs.id and made:
        made[0].set("anchor", attrs.id)
    return made
