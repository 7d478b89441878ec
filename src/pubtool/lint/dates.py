"""Dates and times: days that exist, and one way to write them."""

from __future__ import annotations

import re

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NAMES = "|".join(_MONTHS)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_NAMES})\b")
_MONTH_FIRST = re.compile(rf"\b(?=[JFMASOND])({_NAMES}) (\d{{1,2}})(?!\d)(?:st|nd|rd|th)?")
_ISO = re.compile(r"(?<![\d\-/])(\d{4})-(\d{2})-(\d{2})(?![\d\-])")
_LONGEST = dict(zip(_MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))
_CENTURY_WORD = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w+teenth|twentieth|twenty-first)[- ]century\b",
    re.I,
)
_CENTURY_FIGURE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)[- ]century\b", re.I)
_PERCENT_WORD = re.compile(r"\d per ?cent\b")
_PERCENT_SIGN = re.compile(r"\d ?%")

# Words without which the pattern of a form need not be tried, and the pattern.
Form = tuple[str, re.Pattern[str]]


def _english(c: Context) -> list[Passage]:
    return [p for p in c.prose if p.tongue == "en"]


def _mixed(c: Context, *forms: Form) -> Said:
    """A finding at the first of the rarer form, where two forms are mixed."""
    hits: list[list[tuple[Passage, re.Match[str]]]] = [
        [(p, m) for p in _english(c) if clue in p.prose for m in pattern.finditer(p.prose)]
        for clue, pattern in forms
    ]
    if all(hits):
        rare, *usual = sorted(hits, key=len)
        p, m = rare[0]
        others = sum(map(len, usual))
        yield (
            p.place(m.start()),
            f"“{m[0]}” ({len(rare)}×), elsewhere the other way ({others}×)",
        )


@rule("PT248")
def date_forms(c: Context) -> Said:
    yield from _mixed(c, ("", _DAY_FIRST), ("", _MONTH_FIRST))


@rule("PT249")
def impossible_date(c: Context) -> Said:
    for p in (*_english(c), *c.wordings):
        found = [(m, int(m[1]), m[2]) for m in _DAY_FIRST.finditer(p.prose)]
        found += [(m, int(m[2]), m[1]) for m in _MONTH_FIRST.finditer(p.prose)]
        for m, day, month in found:
            if not 1 <= day <= _LONGEST[month]:
                yield p.place(m.start()), f"there is no “{m[0]}”"
    for p in c.prose:
        for m in _ISO.finditer(p.prose):
            if not is_day(m[0]):
                yield p.place(m.start()), f"there is no “{m[0]}”"


def is_day(date: str) -> bool:
    """True for 2026, 2026-05 and 2026-05-03; false for 2026-13 and 2026-02-30."""
    year, month, day = (int(part) for part in (*date.split("-"), "1", "1")[:3])
    if not 1 <= month <= 12:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 28 if month == 2 and not leap else _LONGEST[_MONTHS[month - 1]]
    return 1 <= day <= longest


@rule("PT250")
def century_forms(c: Context) -> Said:
    yield from _mixed(c, ("entury", _CENTURY_WORD), ("entury", _CENTURY_FIGURE))


@rule("PT251")
def percent_forms(c: Context) -> Said:
    yield from _mixed(c, ("cent", _PERCENT_WORD), ("%", _PERCENT_SIGN))
