"""What a grammar has read from a reference: its fields, and how sure it is of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pubtool.model import Name
from pubtool.readers.references.words import MONTHS, PAGES, either
from pubtool.readers.references.written import Written

DASH = r"[-‐‑–—−]"
_PAGES = re.compile(
    rf"(?:(?:{either(PAGES)})\s*)?([A-Za-z]{{0,3}}\d[\w.:]*|[ivxlc]+)(?:\s*{DASH}\s*([A-Za-z]{{0,2}}\d\w*|[ivxlc]+))?",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)([a-z])?(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_DAYS = re.compile(rf"(?<!\d)(\d{{1,2}})(?:\s*{DASH}\s*(\d{{1,2}}))?(?:st|nd|rd|th)?(?!\d)")


@dataclass
class Facts:
    """The fields of a reference by element name, the people, and a confidence from 0 to 1 each.

    `notes` are guesses that a person should look at.
    """

    type: str = ""
    names: list[Name] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(self, name: str, value: str | Written | None, sure: float = 1.0) -> None:
        """Note a field, trimmed; what is empty is not noted."""
        text = value.text if isinstance(value, Written) else value or ""
        text = tidy(text)
        if name == "edition":
            text = re.sub(r"(?<=\d)(?:st|nd|rd|th|\.)$", "", text)
        if text:
            self.fields[name] = text
            self.sure[name] = sure

    def put_all(self, found: Mapping[str, str | None], sure: float = 1.0) -> None:
        """Note the groups of a match; `first_page` is the field `first-page`."""
        for name, value in found.items():
            if value:
                self.put(name.replace("_", "-"), value, sure)

    def put_names(self, names: Iterable[Name], sure: float = 1.0) -> None:
        """Note people and groups."""
        for name in names:
            self.names.append(name)
            self.sure[name.role] = min(sure, self.sure.get(name.role, 1.0))

    def put_pages(self, text: str) -> bool:
        """Note "pp. 45–67" or "e1023"; "703–6" is 703 to 706. False if these are no pages."""
        match = _PAGES.fullmatch(text.strip(" .,"))
        if match is None:
            return False
        self.put("first-page", match[1])
        self.put("last-page", _full(match[1], match[2] or ""))
        return True

    def put_date(self, text: str) -> None:
        """Note a date in full as `date`, else its year as `year`."""
        iso = iso_date(text)
        year = _YEAR.search(text)
        if year is None and "." in text:
            self.put("year", text)
        if len(iso) > 4:
            self.put("date", iso)
        if year and (len(iso) <= 4 or year[2]):
            self.put("year", year[0])

    def drop(self, name: str) -> None:
        """Forget a field."""
        self.fields.pop(name, None)
        self.sure.pop(name, None)


def tidy(text: str) -> str:
    """A value without the punctuation and quotes that only set it off."""
    text = re.sub(r"(?:\s*,){2,}", ",", text).strip(" ,;:")
    if text.endswith(".") and not re.search(r"(?:\b\w\.|\.\.\.|…)$", text):
        text = text[:-1]
    if len(text) > 1 and text[0] + text[-1] in ("“”", '""', "‘’", "«»", "''", "„“"):
        inner = text[1:-1]
        if text[0] not in inner:
            text = inner.strip(" ,")
    return text.strip()


def _full(first: str, last: str) -> str:
    """The last page in full: 703–6 → 706; a page of another kind stays."""
    if last.isdigit() and first.isdigit() and len(last) < len(first):
        return first[: len(first) - len(last)] + last
    return last


def iso_date(text: str) -> str:
    """A date as ISO 8601: "1994, February 9-12" → 1994-02-09/1994-02-12; "" if it has no year."""
    numeric = _NUMERIC.search(text)
    if numeric:
        d, m, y, y2, m2, d2 = numeric.groups()
        return (
            f"{y}-{int(m):02}-{int(d):02}" if y and int(m) < 13 else f"{y2}-{m2}-{d2}" if y2 else ""
        )
    year = _YEAR.search(text)
    if year is None:
        return ""
    rest = text[: year.start()] + " " + text[year.end() :]
    month = next(
        (
            MONTHS[w]
            for w in re.findall(r"[^\W\d_]+", rest.lower().replace("i̇", "i"))
            if w in MONTHS
        ),
        0,
    )
    if not month:
        return year[1]
    start = f"{year[1]}-{month:02}"
    day = _DAYS.search(rest)
    if day is None or not 0 < int(day[1]) < 32:
        return start
    end = f"/{start}-{int(day[2]):02}" if day[2] and int(day[1]) < int(day[2]) < 32 else ""
    return f"{start}-{int(day[1]):02}{end}"
