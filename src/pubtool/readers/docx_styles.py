"""The styles of a Word document: their names, what they inherit, and what formatting they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pubtool.readers.ooxml import is_on, made, value, w

_HEADING = re.compile(r"heading ([1-9])$", re.I)
# Character formatting that pandoc knows when it stands on a run.
TOGGLES = ("b", "i", "smallCaps", "strike", "vertAlign", "u", "vanish")
_OUTLINED = 6


@dataclass
class Styles:
    """The styles of a document by id."""

    root: etree._Element
    by_id: dict[str, etree._Element] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for style in self.root.iter(w("style")):
            self.by_id[style.get(w("styleId"), "")] = style

    def name(self, id_: str) -> str:
        """The name of a style: "heading 1", "Caption"."""
        return value(self.by_id.get(id_), "name")

    def chain(self, id_: str) -> list[etree._Element]:
        """A style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while id_ in self.by_id and self.by_id[id_] not in found:
            found.append(self.by_id[id_])
            id_ = value(found[-1], "basedOn")
        return found

    def level(self, id_: str) -> int:
        """The level of a heading by the style's name, or its outline level; 0 for other text."""
        for style in self.chain(id_):
            match = _HEADING.match(value(style, "name"))
            if match:
                return int(match[1])
        for style in self.chain(id_):
            outline = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if outline is not None:
                return outline_level(outline)
        return 0

    def formatting(self, id_: str) -> dict[str, etree._Element]:
        """The character formatting of a style, inherited included, by property name."""
        props: dict[str, etree._Element] = {}
        for style in self.chain(id_):
            inside = style.find(w("rPr"))
            for name in (*TOGGLES, "lang"):
                prop = inside.find(w(name)) if inside is not None else None
                if prop is not None:
                    props.setdefault(name, prop)
        return {name: prop for name, prop in props.items() if name == "lang" or is_on(prop)}

    def language(self) -> str:
        """The language of text that names none: of the defaults, or of the default style."""
        for path in (f"{w('docDefaults')}//{w('lang')}", f"{w('style')}//{w('lang')}"):
            said = self.root.find(path)
            if said is not None and said.get(w("val")):
                return said.get(w("val"), "")
        return ""

    def add(self, kind: str, name: str, based_on: str = "") -> str:
        """The id of a style of pubtool's own, made when it is first asked for."""
        id_ = re.sub(r"\W", "", name.title())
        if id_ not in self.added:
            self.added.add(id_)
            style = made("style", made("name", val=name), type=kind, styleId=id_)
            if based_on:
                style.append(made("basedOn", val=based_on))
            self.root.append(style)
        return id_


def outline_level(outline: etree._Element) -> int:
    """The heading level of an outline level; 0 for body text."""
    said = outline.get(w("val"), "")
    return int(said) + 1 if said.isdecimal() and int(said) < _OUTLINED else 0


def completed(root: etree._Element | None) -> etree._Element:
    """The styles with what pandoc cannot do without: defaults, and a default paragraph style."""
    styles = root if root is not None else made("styles")
    if styles.find(w("docDefaults")) is None:
        styles.insert(0, made("docDefaults"))
    default = [
        style for style in styles.iter(w("style"))
        if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")
    ]  # fmt: skip
    if not default:
        normal = made("style", made("name", val="Normal"), type="paragraph", styleId="PtNormal")
        normal.set(w("default"), "1")
        styles.append(normal)
    return styles
