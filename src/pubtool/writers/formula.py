"""Formulas as SVG, from MathML or TeX, for engines that cannot set mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from pubtool.model import text_of
from pubtool.source import MATHML

_SIZE = 24.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as SVG; height and depth below the baseline in em."""

    svg: str
    height: float
    depth: float


def drawing(formula: etree._Element) -> Drawing | None:
    """The formula of a resolved element as a drawing; None where it cannot be drawn."""
    math = formula.find(f"{{{MATHML}}}math")
    if math is not None:
        return _from_mathml(_bare(math))
    tex = text_of(formula, "tex")
    return _from_tex(tex) if tex else None


def _bare(math: etree._Element) -> str:
    """MathML without prefixes, as the drawing library reads it."""
    text = etree.tostring(math, encoding="unicode", with_tail=False)
    text = re.sub(r"""\s(?:xmlns:\w+|\w+:at)=("[^"]*"|'[^']*')""", "", text)
    return re.sub(r"<(/?)\w+:", r"<\1", text)


@lru_cache(maxsize=512)
def _from_mathml(mathml: str) -> Drawing | None:
    import ziamath

    return _drawn(lambda: ziamath.Math(mathml, size=_SIZE))


@lru_cache(maxsize=512)
def _from_tex(tex: str) -> Drawing | None:
    import ziamath

    return _drawn(lambda: ziamath.Latex(tex, size=_SIZE))


def _drawn(make: Callable[[], Any]) -> Drawing | None:
    """Draw, or not: the library raises all kinds of errors at markup it does not know."""
    try:
        svg = str(make().svg())
    except Exception:
        return None
    box = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', svg)
    if box is None:
        return None
    top, height = float(box[2]), float(box[4])
    return Drawing(svg, height / _SIZE, (top + height) / _SIZE)
