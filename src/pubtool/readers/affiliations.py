"""Where authors work: "Department, Institution, City, Country", on one line or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pubtool.model import Affiliation
from pubtool.readers.countries import COUNTRIES
from pubtool.readers.recognise import begins_with
from pubtool.readers.signs import DEPARTMENTS, INSTITUTIONS
from pubtool.text import fold

_CODES = {fold(name): code for code, names in COUNTRIES.items() for name in names}
_COMMA = re.compile(r",\s*")
_LONGEST, _MOST_WORDS, _NEARLY_FULL = 300, 40, 50
# From the strongest sign of what a piece is to the weakest.
_KINDS = (("institution", INSTITUTIONS), ("department", DEPARTMENTS))


@dataclass(slots=True)
class _Piece:
    text: str
    kind: str


def looks_like_affiliation(text: str) -> bool:
    """True for a short text that names an institution and is no sentence."""
    short = len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    return short and not text.endswith((".", "?", "!", ":")) and bool(_kind(text))


def affiliation_of(lines: Sequence[str], id_: str = "") -> Affiliation:
    """The parts of an affiliation.

    The institution is the last part that names one. Parts of no known kind belong to the part
    before them; after all others they are the city and the country.
    """
    named, tail = _pieces(lines)
    country = tail.pop() if tail and fold(tail[-1]) in _CODES else ""
    if not named:
        whole = ", ".join(part for part in (*tail, country) if part)
        named, tail, country = [_Piece(whole, "institution")], [], ""
    main = _main(named)
    return Affiliation(
        id=id_,
        departments=tuple(piece.text for piece in named if piece is not main),
        institution=main.text,
        city=", ".join(tail),
        country=country,
        country_code=_CODES.get(fold(country), ""),
    )


def _main(pieces: Sequence[_Piece]) -> _Piece:
    institutions = [piece for piece in pieces if piece.kind == "institution"]
    return (institutions or list(pieces))[-1]


def _pieces(lines: Iterable[str]) -> tuple[list[_Piece], list[str]]:
    """The named parts, and the parts of no known kind that follow them."""
    named: list[_Piece] = []
    tail: list[str] = []
    for line in lines:
        for n, text in enumerate(part for part in _COMMA.split(line) if part):
            kind = _kind(text)
            if kind:
                _take_up(named, tail)
                named.append(_Piece(text, kind))
            elif n == 0 and named and not tail and _is_broken(named[-1].text, line):
                named[-1].text += f" {text}"
            else:
                tail.append(text)
    return named, tail


def _take_up(named: list[_Piece], tail: list[str]) -> None:
    """Parts that turned out not to be the last belong to the part before them."""
    if named and tail:
        named[-1].text = ", ".join([named[-1].text, *tail])
        tail.clear()


def _is_broken(before: str, line: str) -> bool:
    """True if a line goes on with a name that was too long for the line before it."""
    country = fold(line.rpartition(",")[2])
    return len(before) > _NEARLY_FULL and country not in _CODES


def _kind(text: str) -> str:
    return next((kind for kind, stems in _KINDS if begins_with(text, stems)), "")
