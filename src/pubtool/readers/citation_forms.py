"""What citations look like in running text.

(see Aliyev, 2009, p. 186; Demir & Kaya, 1999)    Aliyev (2009: 186)    (History, 2008, p. 3)
[3, 5–7]   [3, s. 45; 7]                          (ibid., p. 5)         (Aliyev, op. cit., s. 45)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pubtool.readers.citation_words import LEADS, LOCATORS, NO_DATE, SAME_PLACE, WORK_CITED
from pubtool.text import fold


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


DASH = r"[-‐‑–—−]"
_LABELS = {fold(word): kind for kind, words in reversed(LOCATORS.items()) for word in words}
_LABEL = _any(word for words in LOCATORS.values() for word in words)
_PLACE = rf"[A-Za-z]?\d[\w.]*(?:\s*{DASH}\s*\w?\d*)?|[ivxlcIVXLC]+(?:\s*{DASH}\s*[ivxlcIVXLC]+)?"
_PLACES = rf"(?:{_PLACE})(?:\s*(?:,|&|and|ve|və)\s*(?:{_PLACE}))*"
YEAR = (
    rf"(?:(?:1[4-9]|20)\d\d(?:/(?:1[4-9]|20)?\d\d|{DASH}(?:1[4-9]|20)\d\d)?[a-z]?|{_any(NO_DATE)})"
)
_YEARS = rf"{YEAR}(?:\s*(?:,|;|and|&)\s*{YEAR})*"
_LOCATOR = rf"(?:(?P<label>{_LABEL})\s*)?(?P<places>{_PLACES})"
_LEAD = rf"(?P<lead>(?:{_any(LEADS)})\s+)?"

BRACKET = re.compile(r"\(([^()]{1,400})\)")
SQUARE = re.compile(r"\[([^\[\]]{1,60})\]")
_ITEM = re.compile(
    rf"{_LEAD}(?P<who>[^\d;]*?[^\W_][^;]*?),?\s+(?P<years>{_YEARS})(?:\s*[,:]\s*(?P<rest>.+?))?",
    re.S,
)
_REST = re.compile(rf"\s*{_LOCATOR}\s*(?:,\s*(?P<more>.*))?", re.S)
_AFTER_NAME = re.compile(rf"(?P<years>{_YEARS})(?:\s*[,:]\s*(?P<rest>.+?))?", re.S)
_IBID = re.compile(
    rf"{_LEAD}(?P<ibid>{_any(SAME_PLACE)})(?:\s*[,:]?\s*(?P<rest>.+?))?", re.I | re.S
)
_OP_CIT = re.compile(
    rf"{_LEAD}(?P<who>[^\d;]*?),?\s*(?P<opcit>{_any(WORK_CITED)})(?:\s*[,:]?\s*(?P<rest>.+?))?",
    re.I | re.S,
)
_NUMBERS = re.compile(
    rf"(?P<numbers>\d{{1,3}}(?:\s*(?:,|{DASH})\s*\d{{1,3}})*)(?:\s*,\s*(?P<rest>(?:{_LABEL})\s*.+))?"
)
_SEMICOLON = re.compile(r"\s*;\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """One citation: where it begins and ends in the text, and what it says."""

    start: int
    end: int
    kind: str
    who: str = ""
    years: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    locator: str = ""
    label: str = "page"
    volume: str = ""
    lead: str = ""


def bracketed(text: str) -> Iterator[list[Item]]:
    """The citations in each round bracket: author and year, ibid., op. cit.; [] for none."""
    for bracket in BRACKET.finditer(text):
        items = [item for start, end in _parts(bracket) if (item := _item(text, start, end))]
        yield _carried(items)


def after_names(text: str) -> Iterator[tuple[int, Item]]:
    """Brackets that begin with a year, and where each opens: "Aliyev (2009, p. 186)"."""
    for bracket in BRACKET.finditer(text):
        match = _AFTER_NAME.fullmatch(bracket[1].strip())
        if match and _is_locator(match["rest"]):
            yield bracket.start(), _made("narrative", bracket.start(), bracket.end(), match)


def numbered(text: str) -> Iterator[list[Item]]:
    """The citations in each square bracket: [3, 5–7], [3, s. 45; 7]."""
    for bracket in SQUARE.finditer(text):
        matches = [(s, e, _NUMBERS.fullmatch(text[s:e])) for s, e in _parts(bracket)]
        if all(m for _, _, m in matches):
            yield [_made("numeric", s, e, m) for s, e, m in matches if m]


def _parts(bracket: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the parts between semicolons begin and end; blanks stay outside."""
    start, last = bracket.start(1), bracket.end(1)
    for match in [*_SEMICOLON.finditer(bracket.string, start, last), None]:
        end = match.start() if match else last
        said = bracket.string[start:end]
        lead = len(said) - len(said.lstrip())
        if said.strip():
            yield start + lead, start + len(said.rstrip())
        start = match.end() if match else last


def _item(text: str, start: int, end: int) -> Item | None:
    said = text[start:end]
    for kind, pattern in (("ibid", _IBID), ("op-cit", _OP_CIT), ("author-year", _ITEM)):
        match = pattern.fullmatch(said)
        if match and _is_locator(match["rest"]):
            return _made(kind, start, end, match)
    years = _AFTER_NAME.fullmatch(said)
    if years and _is_locator(years["rest"]):
        return _made("same-author", start, end, years)
    return None


def _is_locator(rest: str | None) -> bool:
    """True if there is nothing after the year, or a place in the work."""
    return not rest or _REST.fullmatch(rest) is not None


def _made(kind: str, start: int, end: int, match: re.Match[str]) -> Item:
    found = match.groupdict()
    locator, label, volume = _locator(found.get("rest") or "")
    lead = (found.get("lead") or "").strip()
    return Item(
        start + (len(found["lead"]) if found.get("lead") else 0),
        end,
        kind,
        who=(found.get("who") or "").strip(" ,"),
        years=tuple(re.findall(YEAR, found.get("years") or "")),
        numbers=tuple(_numbers(found.get("numbers") or "")),
        locator=locator,
        label=label,
        volume=volume,
        lead=lead,
    )


def _locator(rest: str) -> tuple[str, str, str]:
    """Place, its kind, and a volume named before it: "c. 2, s. 45" → 45, page, 2."""
    match = _REST.fullmatch(rest)
    if match is None:
        return "", "page", ""
    label = _LABELS.get(fold(match["label"] or "p."), "page")
    places = " ".join(match["places"].split())
    if label == "volume" and (more := _REST.fullmatch(match["more"] or "")):
        inner, kind, _ = _locator(more[0])
        return inner, kind, places
    return places, label, places if label == "volume" else ""


def _numbers(text: str) -> Iterator[int]:
    """As in "3, 5–7" → 3, 5, 6, 7."""
    for piece in filter(str.strip, text.split(",")):
        first, *last = (int(n) for n in re.split(DASH, piece) if n.strip())
        yield from range(first, min((last[0] if last else first), first + 99) + 1)


def _carried(items: list[Item]) -> list[Item]:
    """As in "(Aliyev, 1997; 2000)": the second is by the same author."""
    made: list[Item] = []
    for item in items:
        if item.kind == "same-author":
            before = made[-1].who if made and made[-1].kind == "author-year" else ""
            if not before:
                continue
            item = replace(item, kind="author-year", who=before)
        made.append(item)
    return made
