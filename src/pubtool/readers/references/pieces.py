"""The small pieces between commas and stops, found by their words and taken out one by one."""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.readers.references.facts import DASH, Facts, iso_date
from pubtool.readers.references.parts import EDITION_OF, VOLUME_FIRST, VOLUME_OF
from pubtool.readers.references.people import natural
from pubtool.readers.references.words import ISSUE, MONTHS, PAGES, either
from pubtool.readers.references.written import Written

_WORD = r"(?:(?:[^\W\d_]\.-?)+|[^\W\d_][\w\u0300-\u036f’'‘-]*)"
_NAME = rf"{_WORD}(?: (?!and\b|et al|ve\b|und\b|Jr\b|Sr\b){_WORD}){{0,5}}(?: (?:Jr|Sr)\.)?"
_LIST = (
    rf"(?P<names>{_NAME}(?:(?:, {_NAME}){{1,9}}, (?:and|&) {_NAME}| (?:and|&|ve|və|und|et"
    rf"|и) {_NAME})?)(?: et al\.?)?(?=[.,;)]|$)"
)
_BOTH = re.compile(rf"[,.]?\s*\(?edited and translated by\s+{_LIST}\)?", re.I)
_ORDINAL = re.compile(
    r"(?:^|[.,]\s*)((?:Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Revised|Reprint)"
    r"(?: (?:revised|enlarged|expanded))?)(?=[.,])"
)
_CODE = re.compile(
    r"(?:^|\. )(?:[Nn]os?\. (?=[\w/-]*\d)|(?=[A-Z]{2}))"
    r"(?P<number>[A-Z]*(?:[-/]?[A-Z]+)*[-/ ]?\d[\w/-]*)(?=[.,])"
)
_LETTERED = re.compile(r"[.,]\s*([A-Z]{1,5}-\d+)(?=, nos?\.)")
_GENRE = re.compile(
    r"(?:^|\. )(?P<genre>(?:[A-Z][a-z]+ )?(?:[Rr]eport|[Pp]aper|[Bb]rief|[Dd]raft|[Mm]emo))(?=\.)"
)
_ROLES = {
    "editor": re.compile(
        rf"[,.]?\s*\(?(?:edited by|ed\. by|eds\. by|haz\.|yay\. haz\.|hrsg\. von|под ред\.)"
        rf"\s+{_LIST}\)?", re.I),
    "translator": re.compile(
        rf"[,.]?\s*\(?(?:translated by|trans\.|transl\. by|çev\.|çeviren|tərc\.|übersetzt von"
        rf"|traduit par|пер\.)\s+{_LIST}\)?", re.I),
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<!\w)(?P<genre>(?:[^\W\d_]+ ){0,3}?(?:[Rr]eport|[Pp]aper|[Bb]rief|Publication|Preprint"
    r"|Memo|Memorandum|Rapport|Syllabus))\s+(?:[Nn]os?\.|№)?:?\s*(?P<number>[\w-]*\d[\w./-]*?)(?=[.,;]|$)"
)
_ISSUE = re.compile(
    rf"[,.]?\s*(?:{either(ISSUE)})\s*(\d[\w/]*(?:\s*{DASH}\s*\d+|, \d+(?=, \d{{4}}))?)"
)
_PAGES = re.compile(
    rf"[,.:;]?\s*(?<!\w)(?:{either(PAGES)})\s*([A-Za-z]{{0,2}}\d[\w.]*(?:\s*{DASH}\s*"
    rf"\w+)?|[ivxlc]+\s*{DASH}\s*[ivxlc]+)",
)
_MONTH = either(MONTHS)
DATE = re.compile(
    rf"[,.]?\s*(?P<date>\d{{1,2}}\.? (?:{_MONTH})\.?,? \d{{4}}|(?:{_MONTH})\.? \d{{1,2}}"
    rf"(?:\s*{DASH}\s*\d{{1,2}})?, \d{{4}}|\d{{4}} (?:{_MONTH}) \d{{1,2}})(?=[.,;]|$)",
    re.I,
)
MONTH_DAY = re.compile(
    rf"[,.]?\s*(?P<date>\d{{1,2}} (?:{_MONTH})|(?:{_MONTH})\.? \d{{1,2}})(?=[.,;]|$)", re.I
)
YEAR = re.compile(r"[,.;]?\s*(?P<year>\d{4}[a-z]?|n\.d\.)(?=[.,;]|$)")


def people(w: Written, facts: Facts, families: Collection[str] = ()) -> Written:
    """Take "edited by …" and "translated by …"."""
    if match := _BOTH.search(w.text):
        for role in _ROLES:
            facts.put_names(natural(match["names"], role, families), 0.95)
        return w.cut(match, ", ")
    for role, pattern in _ROLES.items():
        if match := pattern.search(w.text):
            facts.put_names(natural(match["names"], role, families), 0.95)
            w = w.cut(match, ", ")
    return w


def volume(w: Written, facts: Facts) -> Written:
    """Take "vol. 7", or the "PC-30" of a society before an issue."""
    if match := (
        VOLUME_OF.search(w.text) or VOLUME_FIRST.search(w.text) or _LETTERED.search(w.text)
    ):
        facts.put("volume", match[1])
        w = w.cut(match, ", ")
    return w


def edition(w: Written, facts: Facts) -> Written:
    """Take "2nd ed.", or an ordinal that stands alone."""
    if match := EDITION_OF.search(w.text) or _ORDINAL.search(w.text):
        facts.put("edition", match[1])
        w = w.cut(match, ", ")
    return w


def number(w: Written, facts: Facts) -> Written:
    """Take "Report No. 75", "TR-96-29", "Technical report"."""
    if match := _NUMBER.search(w.text) or _CODE.search(w.text):
        facts.put_all(match.groupdict())
        return w.cut(match, ", ")
    if match := _GENRE.search(w.text):
        facts.put("genre", match["genre"])
        w = w.cut(match, ", ")
    return w


def issue(w: Written, facts: Facts) -> Written:
    """Take "no. 3"."""
    if match := _ISSUE.search(w.text):
        facts.put("issue", match[1])
        w = w.cut(match, ", ")
    return w


def pages(w: Written, facts: Facts) -> Written:
    """Take "pp. 45–67"."""
    match = _PAGES.search(w.text)
    if match and facts.put_pages(match[1]):
        w = w.cut(match, ", ")
    return w


def date(w: Written, facts: Facts) -> Written:
    """Take a full date, or the last year."""
    if match := DATE.search(w.text):
        facts.put("date", iso_date(match["date"]))
        facts.drop("year")
        return w.cut(match, ", ")
    for match in list(YEAR.finditer(w.text))[-1:]:
        facts.put_date(match["year"])
        w = w.cut(match, ", ")
    return w


def day(w: Written, facts: Facts) -> Written:
    """Take "28 October", whose year stands elsewhere."""
    match = MONTH_DAY.search(w.text)
    if match and (year := facts.fields.get("year")):
        facts.put("date", iso_date(f"{match['date']}, {year[:4]}"))
        if year.isdigit():
            facts.drop("year")
        w = w.cut(match, ", ")
    return w
