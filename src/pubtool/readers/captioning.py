"""Captions find their figures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pubtool.model import plain
from pubtool.readers.ast_blocks import figure
from pubtool.readers.ast_go import Go
from pubtool.readers.captions import caption, kind_of
from pubtool.readers.draft import element, inside
from pubtool.readers.styles import role_of
from pubtool.readers.units import Unit
from pubtool.source import local
from pubtool.text import squeeze

CAPTIONED = frozenset({"fig", "fig-group", "table-wrap"})


def captioned(found: Sequence[Unit], go: Go) -> Iterator[Unit]:
    """A caption goes to the float beside it: after it for a figure, before it for a table."""
    waiting: Unit | None = None
    last: Unit | None = None
    for unit in found:
        kind = _caption_kind(unit, go)
        if unit.name in CAPTIONED:
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
    free = float_.name in CAPTIONED and float_.made.find("{*}caption") is None
    return free and kind in (own, "any")


def _give(float_: Unit, words: Unit, go: Go) -> None:
    go.place = words.place
    if role_of(words.style, go.settings) != "caption":
        said = plain(words.made)[:60]
        go.ledger.guess(words.place, f"“{said}” is a caption: it begins with a label and a number")
    caption(float_.made, [words.made], go)


def own_caption(unit: Unit, go: Go) -> list[Unit]:
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
