"""From pandoc's document to blocks of text, in the order of the page.

Running paragraphs become text with marks, so that titles, authors, sections and references can be
recognised in it; everything else becomes one mark. A style says what a paragraph is, where it is
one that says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pubtool.model import plain
from pubtool.readers.ast_blocks import figure
from pubtool.readers.ast_go import Attributes, Go, Node, attributes, beginning_of
from pubtool.readers.ast_inlines import is_blank
from pubtool.readers.blocks import Block, Line
from pubtool.readers.captions import caption, kind_of
from pubtool.readers.draft import element, inside
from pubtool.readers.languages import other
from pubtool.readers.marks import Marks
from pubtool.readers.recognise import sign_alone
from pubtool.readers.styles import BOX, element_of, level_of, role_of
from pubtool.rules import XmlNode
from pubtool.source import LANG, local
from pubtool.text import squeeze

_NUMBERED = re.compile(r"^(?:\ue0f1\S*\ue0f2|\d{1,2}\.?)\s*")
_OPENING, _SHORT = 25, 400
_LISTS = frozenset({"references", "thebibliography"})
_CAPTIONED = frozenset({"fig", "fig-group", "table-wrap"})


@dataclass
class Unit:
    """A block on its way: an element with the style it had, its level if it is a heading."""

    made: etree._Element
    style: str = ""
    level: int = 0
    number: str = ""
    place: int = 0

    @property
    def name(self) -> str:
        """The name of the element."""
        return local(self.made)


def units(nodes: Iterable[Node], go: Go, style: str = "", start: int = 0) -> Iterator[Unit]:
    """The blocks of a document; those that only carry a style are opened."""
    for node in nodes:
        name: str = node["t"]
        c: Any = node.get("c")
        go.place = go.locate(beginning_of(node))
        if name == "Div":
            yield from _division(attributes(c[0]), c[1], go, style)
        elif name == "Header":
            yield from _heading(c, go)
        elif name == "BlockQuote" and role_of(style, go.settings) not in ("", "disp-quote"):
            yield from units(c, go, style)
        else:
            for made in go.blocks([node]):
                yield Unit(made, style, place=go.place)


def _division(attrs: Attributes, nodes: list[Node], go: Go, outer: str) -> Iterator[Unit]:
    language = other(attrs.named.get("lang", ""), go.language)
    if attrs.id == "refs" or _LISTS & set(attrs.classes):
        style = "Bibliography"
    else:
        style = attrs.style or next((c for c in attrs.classes if role_of(c, go.settings)), outer)
    first = True
    for unit in units(nodes, go, style):
        if first and attrs.id and "anchor" not in unit.made.attrib:
            unit.made.set("anchor", attrs.id)
        first = False
        yield _spoken(unit, language) if language else unit


def _spoken(unit: Unit, language: str) -> Unit:
    """A block in another language: a paragraph's words say so, until it is one again."""
    if unit.name == "p":
        unit.made.append(element("foreign", inside(unit.made), lang=language))
    elif not unit.made.get(LANG):
        unit.made.set(LANG, language)
    return unit


def _heading(c: Any, go: Go) -> Iterator[Unit]:
    level, attrs, words = c
    content = go.inlines(words)
    if is_blank(content):
        return
    named = attributes(attrs)
    made = element("p", content)
    if named.id:
        made.append(element("anchor", id=named.id))
    yield Unit(made, named.style, level=level, place=go.place)


def composed(found: Sequence[Unit], go: Go) -> list[Unit]:
    """The blocks with captions in their figures and tables, and boxes put together."""
    kept = _without_contents(found, go)
    told = [part for unit in _listed(kept, go) for part in _own_caption(unit, go)]
    return list(_boxed(_styled(_captioned(told, go), go), go))


def _without_contents(found: Iterable[Unit], go: Go) -> Iterator[Unit]:
    """Everything but the lines of a table of contents, which pubtool makes itself (PT601)."""
    for unit in found:
        if role_of(unit.style, go.settings) == "contents":
            said = plain(unit.made)
            if said:
                go.ledger.repeated(unit.place, said, "line of the table of contents")
        else:
            yield unit


def _listed(found: Iterable[Unit], go: Go) -> Iterator[Unit]:
    """The items of a list of references as paragraphs: each is a reference of its own."""
    within = False
    for unit in found:
        said = plain(unit.made) if unit.name == "p" else ""
        sign = sign_alone(_NUMBERED.sub("", said))
        if unit.level or (sign is not None and len(said) < _SHORT):
            within = sign is not None and sign.kind == "references"
        if unit.name == "list" and (within or role_of(unit.style, go.settings) == "references"):
            for item in unit.made:
                for part in list(item):
                    yield Unit(part, unit.style, place=unit.place)
        else:
            yield unit


def _own_caption(unit: Unit, go: Go) -> list[Unit]:
    """A paragraph of an image and its caption as a figure that has one."""
    images = unit.made.findall("{*}inline-graphic") if unit.name == "p" and not unit.level else []
    said = _beside_images(unit.made) if images else ""
    styled = role_of(unit.style, go.settings) == "caption"
    if not said or not (styled or kind_of(said) == "fig"):
        return [unit]
    content = [
        n for n in inside(unit.made)
        if isinstance(n, str) or local(n) not in ("inline-graphic", "break")
    ]  # fmt: skip
    made = figure(images, go)
    go.place = unit.place
    caption(made, [element("p", content)], go)
    return [Unit(made, place=unit.place)]


def _beside_images(made: etree._Element) -> str:
    described = {id(alt) for image in made.iter("{*}inline-graphic") for alt in image}
    parts = [made.text or ""]
    for part in made.iterdescendants():
        parts += ["" if id(part) in described else part.text or "", part.tail or ""]
    return squeeze("".join(parts))


def _captioned(found: Sequence[Unit], go: Go) -> Iterator[Unit]:
    """A caption goes to the float beside it: after it for a figure, before it for a table."""
    waiting: Unit | None = None
    last: Unit | None = None
    for unit in found:
        kind = _caption_kind(unit, go)
        if unit.name in _CAPTIONED:
            if waiting is not None and _takes(unit, waiting, go):
                _give(unit, waiting, go)
                waiting = None
        elif kind and last is not None and _takes(last, unit, go) and kind != "table-wrap":
            _give(last, unit, go)
            continue
        elif kind:
            if waiting is not None:
                yield waiting
            waiting, last = unit, last
            continue
        if waiting is not None:
            if last is not None and _takes(last, waiting, go):
                _give(last, waiting, go)
            else:
                yield waiting
            waiting = None
        yield unit
        last = unit
    if waiting is not None:
        if last is not None and _takes(last, waiting, go):
            _give(last, waiting, go)
        else:
            yield waiting


def _caption_kind(unit: Unit, go: Go) -> str:
    """“fig”, “table-wrap” or “any” for a paragraph that is a caption by its style or its words."""
    if unit.name != "p" or unit.level:
        return ""
    kind = kind_of(plain(unit.made))
    if role_of(unit.style, go.settings) == "caption":
        return kind or "any"
    return kind


def _takes(float_: Unit, words: Unit, go: Go) -> bool:
    """True if a figure or table has no caption yet and a paragraph can be one for it."""
    kind = _caption_kind(words, go)
    own = "table-wrap" if float_.name == "table-wrap" else "fig"
    free = float_.name in _CAPTIONED and float_.made.find("{*}caption") is None
    return free and kind in (own, "any")


def _give(float_: Unit, words: Unit, go: Go) -> None:
    go.place = words.place
    if role_of(words.style, go.settings) != "caption":
        said = plain(words.made)[:60]
        go.ledger.guess(words.place, f"“{said}” is a caption: it begins with a label and a number")
    caption(float_.made, [words.made], go)


def _styled(found: Iterable[Unit], go: Go) -> Iterator[Unit]:
    """Paragraphs whose style makes them an element of their own."""
    for unit in found:
        made = element_of(unit.style, go.settings) if unit.name == "p" and not unit.level else ""
        if made == "disp-quote":
            unit.made = element("disp-quote", unit.made)
        elif made == "epigraph":
            unit.made = element("epigraph", unit.made)
        elif made == "code":
            unit.made = element("code", _lines(unit.made))
        elif made == "verse-group":
            unit.made = element("verse-group", _verses(unit.made))
        yield unit


def _lines(made: etree._Element) -> str:
    for inner in made.iter("{*}break"):
        inner.tail = "\n" + (inner.tail or "")
    return "".join(made.itertext())


def _verses(made: etree._Element) -> list[etree._Element]:
    lines: list[list[XmlNode]] = [[]]
    for node in inside(made):
        if not isinstance(node, str) and local(node) == "break":
            lines.append([])
        else:
            lines[-1].append(node)
    return [element("verse-line", line) for line in lines if not is_blank(line)]


_JOINED = frozenset({"disp-quote", "epigraph", "code", "verse-group", "boxed-text"})


def _boxed(found: Iterable[Unit], go: Go) -> Iterator[Unit]:
    """Neighbours of one style as one element: a quotation of two paragraphs, a text box."""
    last: Unit | None = None
    for unit in found:
        box = unit.style.startswith(BOX) and unit.name not in _CAPTIONED
        if box:
            unit.made = element("boxed-text", unit.made)
        same = last is not None and last.style == unit.style and last.name == unit.name
        if last is not None and same and unit.style and unit.name in _JOINED:
            if unit.name == "code":
                last.made.text = f"{last.made.text}\n{unit.made.text}"
            else:
                last.made.extend(list(unit.made))
            continue
        if last is not None:
            yield last
        last = unit
    if last is not None:
        yield last


def blocks(found: Iterable[Unit], marks: Marks, go: Go) -> list[Block]:
    """The blocks as text with marks, each with its role and level."""
    return [
        made
        for n, unit in enumerate(found)
        for made in _block(unit, marks, go, in_opening=n < _OPENING)
    ]


def _block(unit: Unit, marks: Marks, go: Go, *, in_opening: bool) -> Iterator[Block]:
    role = role_of(unit.style, go.settings)
    level = unit.level or level_of(unit.style, go.settings)
    if unit.name != "p":
        kept = role if role in ("abstract", "references", "keywords") else ""
        yield Block((Line(unit.place, marks.whole(unit.made)),), role=kept)
        return
    anchored = unit.made.get("anchor")
    if anchored:
        unit.made.append(element("anchor", id=anchored))
    parts = _broken(unit.made) if in_opening and not level else [inside(unit.made)]
    lines = tuple(Line(unit.place, text) for part in parts if (text := _text(part, marks, level)))
    if lines:
        yield Block(lines, level=level, role=role)


def _broken(made: etree._Element) -> list[list[XmlNode]]:
    """The lines of a short paragraph: a name, and beneath it where its owner works."""
    content = inside(made)
    if sum(len(n) for n in content if isinstance(n, str)) > _SHORT:
        return [content]
    lines: list[list[XmlNode]] = [[]]
    for node in content:
        if not isinstance(node, str) and local(node) == "break":
            lines.append([])
        lines[-1].append(node)
    return lines


def _text(content: list[XmlNode], marks: Marks, level: int) -> str:
    """A paragraph as text; one wholly in bold stands in asterisks, as a heading may."""
    whole = _wholly_bold(content)
    text = " ".join(marks.flatten(inside(whole) if whole is not None else content).split())
    return f"**{text}**" if whole is not None and not level and text else text


def _wholly_bold(content: Sequence[XmlNode]) -> etree._Element | None:
    said = [n for n in content if not (isinstance(n, str) and not n.strip())]
    alone = [n for n in said if isinstance(n, str) or local(n) != "anchor"]
    only = alone[0] if len(alone) == 1 else None
    is_bold = isinstance(only, etree._Element) and local(only) in ("bold", "underline")
    return only if is_bold and isinstance(only, etree._Element) and len(said) == 1 else None
