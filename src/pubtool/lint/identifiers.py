"""Identifiers: check digits, forms, and each standing for one thing."""

from __future__ import annotations

import re

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.lint.repairs import edits_of
from pubtool.model import plain
from pubtool.source import local
from pubtool.text import doi, isbn, orcid

_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR = re.compile(r"(?:https://ror\.org/)?0([a-hj-km-np-tv-z0-9]{6})(\d{2})")


def valid_issn(text: str) -> bool:
    """True for an ISSN with the right form and check digit (ISO 3297)."""
    m = re.fullmatch(r"(\d{4})-?(\d{3})([\dXx])", text.strip())
    if not m:
        return False
    total = sum((8 - n) * int(d) for n, d in enumerate(m[1] + m[2]))
    return "0123456789X"[(11 - total % 11) % 11] == m[3].upper()


def valid_ror(text: str) -> bool:
    """True for a ROR id with the right form and check digits (ISO 7064 MOD 97-10, as ROR says)."""
    m = _ROR.fullmatch(text.strip())
    if not m:
        return False
    number = 0
    for character in m[1]:
        number = number * 32 + _BASE_32.index(character)
    return 98 - number * 100 % 97 == int(m[2])


@rule("PT404")
def wrong_issn(c: Context) -> Said:
    written = [(e, plain(e)) for e in c.all("issn")]
    written += [(e, e.get("issn", "")) for e in c.all("series") if e.get("issn")]
    for e, number in written:
        if not valid_issn(number):
            yield e, f"“{number}” is not a valid ISSN"


@rule("PT405")
def wrong_ror(c: Context) -> Said:
    for e in c.all("institution", "funder"):
        id_ = e.get("ror")
        if id_ and not valid_ror(id_):
            yield e, f"“{id_}” is not a valid ROR id"


@rule("PT406")
def orcid_form(c: Context) -> Said:
    for p in c.passages:
        for edit in edits_of("PT406", p, c.settings) if p.kind == "orcid" else ():
            yield p.place(edit.start), f"“{p.text.strip()}” for “{edit.new}”"


@rule("PT407")
def orcid_twice(c: Context) -> Said:
    seen: set[str] = set()
    for e in c.all("orcid"):
        bare = orcid(plain(e))
        person = e.getparent()
        role = local(person) if person is not None else ""
        if bare and f"{role}{bare}" in seen:
            yield e, f"{bare} belongs to two people"
        seen.add(f"{role}{bare}")


@rule("PT408")
def doi_of_the_volume(c: Context) -> Said:
    own, volume = c.record.doi.lower(), c.record.book.doi.lower()
    if own and own == volume:
        yield c.root[0], f"the chapter has the DOI of the volume, {own}"


@rule("PT409")
def isbn_twice(c: Context) -> Said:
    seen: dict[str | None, etree._Element] = {}
    for e in c.root.iterfind("{*}front/{*}book/{*}isbn"):
        first = seen.setdefault(isbn(plain(e)), e)
        if first is not e:
            yield e, f"“{plain(e)}” stands already for the edition “{first.get('format', '')}”"


@rule("PT410")
def funder_doi(c: Context) -> Said:
    for e in c.all("funder"):
        written = e.get("doi")
        if written and not (doi(written) or "").startswith("10.13039/"):
            yield e, f"“{written}” is not of the Open Funder Registry"


@rule("PT411")
def link_to_follow(c: Context) -> Said:
    for e in c.all("ext-link"):
        address = e.get("href", "")
        if re.search(r"\s|[.,;]$|^https?://[^./]*$", address):
            yield e, f"“{address}” cannot be followed"
