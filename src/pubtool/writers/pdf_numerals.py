"""PDF: the numerals of pages and lists (CSS Counter Styles 3, section 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_NUMERAL = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class Folios:
    """How the pages of a chapter are numbered: the first number, and a CSS counter style."""

    first: int = 1
    style: str = "decimal"

    @property
    def verso(self) -> bool:
        """True if the first page is a left one: even pages are, in a volume that counts from 1."""
        return self.first % 2 == 0

    def on(self, page: int) -> str:
        """What stands on a page, counted from 0."""
        return numeral(self.first + page, self.style)


def folios(first_page: str) -> Folios:
    """The numbering that starts with a page as the volume prints it: "127", "xii".

    A page that is neither ("e12", "") says nothing about the next; its chapter counts from 1.
    """
    if first_page.isdecimal():
        return Folios(int(first_page))
    small = first_page.lower()
    if small and _ROMAN_NUMERAL.fullmatch(small) and small in (first_page, first_page.swapcase()):
        return Folios(_value(small), "lower-roman" if small == first_page else "upper-roman")
    return Folios()


def numeral(number: int, style: str) -> str:
    """A number as CSS counts in a style: "iv", "d", "4"."""
    if style.endswith("roman"):
        text = _roman(number)
    elif style.endswith("alpha"):
        text = _letters(number)
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _value(roman: str) -> int:
    total = 0
    for value, letters in _ROMAN:
        while roman.startswith(letters):
            total, roman = total + value, roman.removeprefix(letters)
    return total


def _letters(number: int) -> str:
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
