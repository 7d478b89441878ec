"""Figures and tables: caption, call-out, credit, and enough pixels for print."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.pixels import pixels
from pubtool.lint.registry import Said, rule
from pubtool.model import child
from pubtool.source import local

_WORDS = {
    "figure": r"(?:[Ff]igures?|[Ff]igs?\.|Şekil|Şəkil|Abbildung|Abb\.|Рис\.|[Ff]iguras?)",
    "table": r"(?:[Tt]ables?|Tablo|Cədvəl|Tabellen?|Tab\.|Tablas?|Tabelas?|Tableaux?|Табл\.)",
}
_NUMBER = r"\d+(?:\.\d+)*"
_AND = r"(?:\s*[,–-]\s*|,?\s(?:and|or|ve|və|und|et|y|e|и)\s)"
_CALL = {
    kind: re.compile(rf"(?<!\w){words}[ \u00a0]({_NUMBER}(?:{_AND}{_NUMBER})*)")
    for kind, words in _WORDS.items()
}
# "Figure 3 of Lin", "Figure 3F; Lin et al., 2012": a figure of somebody else.
_ELSEWHERE = re.compile(
    r"[A-Za-z]?(?:[;,]\s|\s(?:of|in|from)\s)(?:the\s|original\s)*[A-ZÇĞİÖŞÜƏ]\w"
)
_ELEMENTS = {"figure": ("fig", "fig-group"), "table": ("table-wrap",)}


def _floats(c: Context, kind: str) -> list[tuple[etree._Element, str, str]]:
    """(element of the resolved tree, id, number) of all that carry a number."""
    names = tuple(f"{{*}}{name}" for name in _ELEMENTS[kind])
    return [(e, e.get("id", ""), e.get("n", "")) for e in c.chapter.root.iter(*names) if e.get("n")]


Call = tuple[Passage, int, str, bool]


@lru_cache(maxsize=2)
def _calls(c: Context, kind: str) -> list[Call]:
    """(passage, place, number, linked) of each call-out in the text, captions left out."""
    numbers = {id_: n for _, id_, n in _floats(c, kind)}
    found: list[Call] = []
    for p in c.text:
        if not _in_caption(p.element):
            rids = ((s.start, numbers.get(s.element.get("rid", ""))) for s in p.spans)
            calls = [(start, number, True) for start, number in rids if number]
            calls += [
                (m.start(1) + n.start(), n[0], False)
                for m in _CALL[kind].finditer(p.prose)
                for n in re.finditer(_NUMBER, m[1])
                if p.inside(m.start(1), "xref", "cite") is None
            ]
            found += [(p, *call) for call in sorted(calls)]
    return found


def _in_caption(e: etree._Element) -> bool:
    return any(local(a) in ("caption", "table-notes") for a in e.iterancestors())


def _called(c: Context, kind: str) -> set[str]:
    linked = {x.get("rid", "") for x in c.all("xref")}
    numbers = {n for _, id_, n in _floats(c, kind) if id_ in linked}
    return numbers | {n for _, _, n, _ in _calls(c, kind)}


def _uncalled(c: Context, kind: str) -> Said:
    called = _called(c, kind)
    for e, _, number in _floats(c, kind):
        if number not in called:
            yield e, f"the text nowhere mentions {kind} {number}"


@rule("PT508")
def figure_uncalled(c: Context) -> Said:
    yield from _uncalled(c, "figure")


@rule("PT509")
def table_uncalled(c: Context) -> Said:
    yield from _uncalled(c, "table")


@rule("PT510")
def calls_out_of_order(c: Context) -> Said:
    for kind in _ELEMENTS:
        order = {number: place for place, (_, _, number) in enumerate(_floats(c, kind))}
        first: dict[str, tuple[Passage, int]] = {}
        for p, start, number, _ in _calls(c, kind):
            if number in order:
                first.setdefault(number, (p, start))
        for before, after in pairwise(first):
            if order[after] < order[before]:
                p, start = first[after]
                yield p.place(start), f"{kind} {after} is first mentioned after {kind} {before}"


@rule("PT511")
def call_not_linked(c: Context) -> Said:
    for kind in _ELEMENTS:
        numbers = {n for _, _, n in _floats(c, kind)}
        for p, start, number, linked in _calls(c, kind):
            if not linked and number in numbers:
                yield p.place(start), f"“{kind} {number}” is no <xref>"


@rule("PT512")
def call_to_nothing(c: Context) -> Said:
    for kind in _ELEMENTS:
        numbers = {n for _, _, n in _floats(c, kind)}
        for p, start, number, linked in _calls(c, kind):
            other = _ELSEWHERE.match(p.prose, start + len(number))
            if not linked and number not in numbers and not other:
                yield p.place(start), f"there is no {kind} {number} in this chapter"


def _is_figure(e: etree._Element) -> bool:
    parent = e.getparent()
    grouped = parent is not None and local(parent) == "fig-group"
    return not grouped and e.get("decorative") != "yes"


@rule("PT506")
def figure_without_caption(c: Context) -> Said:
    for e in c.all("fig", "fig-group"):
        if _is_figure(e) and child(e, "caption") is None:
            yield e, "the figure has no caption"


@rule("PT507")
def table_without_caption(c: Context) -> Said:
    for e in c.all("table-wrap"):
        if child(e, "caption") is None:
            yield e, "the table has no caption"


@rule("PT515")
def too_few_pixels(c: Context) -> Said:
    for e in c.all("graphic"):
        figure = e.getparent()
        image = c.images.get(e.get("href", ""))
        size = pixels(image.data) if image is not None else None
        ornament = figure is not None and figure.get("decorative") == "yes"
        if size and not ornament and max(size) < c.limits.print_pixels:
            width = max(size) / 300 * 2.54
            yield (
                e,
                f"“{e.get('href')}” has {size[0]} × {size[1]} pixels: sharp in print "
                f"(300 per inch) up to {width:.1f} cm",
            )


@rule("PT516")
def no_credit(c: Context) -> Said:
    for e in c.all("fig"):
        if _is_figure(e) and child(e, "source") is None:
            yield e, "nobody is named as the source of the figure"
