"""Numbers that must follow one another: sections, figures, tables, formulas, print pages."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.model import child, children, plain
from pubtool.source import local

_KINDS = {"fig": "figure", "table-wrap": "table", "disp-formula": "formula", "boxed-text": "box"}
_UNNUMBERED = frozenset({"introduction", "conclusion"})


def _last(number: str) -> int | None:
    """The running part of a number: 3 of "2.3"; None where it is no number."""
    tail = number.rstrip(".").rpartition(".")[2]
    return int(tail) if tail.isdecimal() else None


def _siblings(c: Context) -> list[list[etree._Element]]:
    parents = [c.root[1], *c.all("sec")]
    return [children(parent, "sec") for parent in parents]


def _gaps(elements: Iterable[etree._Element]) -> Said:
    numbered = [e for e in elements if e.get("number")]
    for before, after in pairwise(numbered):
        old, new = _last(before.get("number", "")), _last(after.get("number", ""))
        if old is not None and new is not None and new not in (old + 1, old):
            yield after, f"{after.get('number')} follows {before.get('number')}"


@rule("PT204")
def section_gap(c: Context) -> Said:
    for sections in _siblings(c):
        yield from _gaps(sections)


@rule("PT205")
def foreign_number(c: Context) -> Said:
    for section in c.all("sec"):
        for inner in children(section, "sec"):
            number, around = inner.get("number", ""), section.get("number", "").rstrip(".")
            if "." in number.rstrip(".") and around and not number.startswith(f"{around}."):
                yield inner, f"{number} stands in section {around}"


@rule("PT217")
def some_numbered(c: Context) -> Said:
    sections = [s for s in children(c.root[1], "sec") if s.get("kind") not in _UNNUMBERED]
    plain_ones = [s for s in sections if not s.get("number")]
    if plain_ones and len(plain_ones) < len(sections):
        title = plain(child(plain_ones[0], "title"))
        yield plain_ones[0], f"“{title}” has no number, other sections have one"


def _numbered(c: Context) -> dict[str, list[etree._Element]]:
    kinds: dict[str, list[etree._Element]] = {}
    for e in c.all(*_KINDS):
        if e.get("number"):
            kinds.setdefault(_KINDS[local(e)], []).append(e)
    return kinds


@rule("PT513")
def float_gap(c: Context) -> Said:
    for kind, elements in _numbered(c).items():
        for where, message in _gaps(elements):
            yield where, f"{kind} {message}"


@rule("PT514")
def number_twice(c: Context) -> Said:
    for kind, elements in [*_numbered(c).items(), ("section", list(c.all("sec")))]:
        seen: dict[str, etree._Element] = {}
        for e in elements:
            number = e.get("number", "")
            first = seen.setdefault(number, e)
            if number and first is not e:
                yield e, f"{kind} {number} stands already in line {c.place(first).line}"


@rule("PT219")
def pages_out_of_order(c: Context) -> Said:
    breaks = [e for e in c.all("page-break") if e.get("number", "").isdecimal()]
    for before, after in pairwise(breaks):
        if int(after.get("number", "")) <= int(before.get("number", "")):
            yield after, f"page {after.get('number')} follows page {before.get('number')}"
