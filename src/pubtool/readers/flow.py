"""From pandoc's document to blocks of text, in the order of the page.

Running paragraphs become text with marks, so that titles, authors, sections and references can be
recognised in it; everything else becomes one mark. A style says what a paragraph is, where it is
one that says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from pubtool.model import plain
from pubtool.readers.ast_go import Go
from pubtool.readers.ast_inlines import is_blank
from pubtool.readers.blocks import Block, Line
from pubtool.readers.captioning import CAPTIONED, captioned, own_caption
from pubtool.readers.draft import element, inside
from pubtool.readers.marks import Marks
from pubtool.readers.recognise import sign_alone
from pubtool.readers.styles import BOX, element_of, level_of, role_of
from pubtool.readers.units import Unit
from pubtool.rules import XmlNode
from pubtool.source import local

_NUMBERED = re.compile(r"^(?:\ue0f1\S*\ue0f2|\d{1,2}\.?)\s*")
_FORMULA_NUMBER = re.compile(r"\((\d{1,3}(?:[.-]\d{1,3})*[a-z]?)\)")
_OPENING, _SHORT = 25, 400


def composed(found: Sequence[Unit], go: Go) -> list[Unit]:
    """The blocks with captions in their figures and tables, and boxes put together."""
    kept = _without_contents(found, go)
    told = [part for unit in _listed(kept, go) for part in own_caption(unit, go)]
    told = _numbered_formulas(told, go)
    return list(_boxed(_styled(captioned(told, go), go), go))


def _numbered_formulas(found: Iterable[Unit], go: Go) -> list[Unit]:
    """A number alone after a formula that stands apart is the number of the formula."""
    kept: list[Unit] = []
    for unit in found:
        match = _FORMULA_NUMBER.fullmatch(plain(unit.made)) if unit.name == "p" else None
        if match and kept and kept[-1].name == "disp-formula" and not kept[-1].made.get("number"):
            kept[-1].made.set("number", match[1])
            go.ledger.sign(plain(unit.made))
        else:
            kept.append(unit)
    return kept


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
        box = unit.style.startswith(BOX) and unit.name not in CAPTIONED
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
