"""The numbers that Word counts before headings: they stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from pubtool.readers.docx_styles import Styles
from pubtool.readers.ooxml import run, value, w

_PLACE = re.compile(r"%([1-9])")
_MOST = 16
_ROMANS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass
class Level:
    """A level of a numbering: how it counts and how the number is written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""


@dataclass
class Numbering:
    """The numberings of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, num: str, level: int) -> str:
        """The number of the next paragraph at a level: "1.2"."""
        abstract = self.abstract.get(num, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts[abstract]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]

        def written(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            said = levels.get(n, Level())
            return formatted(counts.get(n, said.start), said.form)

        if levels[level].form in ("bullet", "none"):
            return ""
        return _PLACE.sub(written, levels[level].text).strip()


def numbering(root: etree._Element | None) -> Numbering:
    """The numberings of a document."""
    made = Numbering()
    if root is None:
        return made
    for abstract in root.iter(w("abstractNum")):
        made.levels[abstract.get(w("abstractNumId"), "")] = {
            _int(level.get(w("ilvl"), "0")): Level(
                _int(value(level, "start"), 1),
                value(level, "numFmt") or "decimal",
                value(level, "lvlText"),
                value(level, "pStyle"),
            )
            for level in abstract.iter(w("lvl"))
        }
    for num in root.iter(w("num")):
        made.abstract[num.get(w("numId"), "")] = value(num, "abstractNumId")
    return made


def _int(text: str, default: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def number_headings(root: etree._Element, styles: Styles, counted: Numbering) -> None:
    """Write the number of each numbered heading before its words, between private characters."""
    for paragraph in root.iter(w("p")):
        props = paragraph.find(w("pPr"))
        style = value(props, "pStyle")
        if props is None or not (styles.level(style) or props.find(w("outlineLvl")) is not None):
            continue
        num, level = _counted(props, style, styles, counted)
        said = counted.next(num, level) if num not in ("", "0") else ""
        number = said.rstrip(".").replace(" ", "\u00a0")
        if number and len(number) <= _MOST and paragraph.find(f".//{w('t')}") is not None:
            props.addnext(run(f"\ue0f1{number}\ue0f2"))


def _counted(
    props: etree._Element, style: str, styles: Styles, counted: Numbering
) -> tuple[str, int]:
    """The numbering of a paragraph and its level in it: its own, or that of its style."""
    own = props.find(w("numPr"))
    if own is not None and value(own, "numId"):
        return value(own, "numId"), _int(value(own, "ilvl"))
    for said in styles.chain(style):
        inherited = said.find(f"{w('pPr')}/{w('numPr')}")
        if inherited is None:
            continue
        num = value(inherited, "numId")
        levels = counted.levels.get(counted.abstract.get(num, ""), {})
        by_style = [n for n, level in levels.items() if level.style == said.get(w("styleId"))]
        return num, _int(value(inherited, "ilvl")) or (by_style[0] if by_style else 0)
    return "", 0


def formatted(n: int, form: str) -> str:
    """A number as a numbering writes it: 4 → "iv", "D"."""
    if form.endswith("Roman"):
        roman = _roman(n)
        return roman.lower() if form.startswith("lower") else roman
    if form.endswith("Letter"):
        letter = chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n else ""
        return letter.lower() if form.startswith("lower") else letter
    return f"{n:02}" if form == "decimalZero" else str(n)


def _roman(n: int) -> str:
    out = ""
    for worth, letters in _ROMANS:
        out += letters * (n // worth)
        n %= worth
    return out
