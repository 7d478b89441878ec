"""Licence, copyright, funding, dates and the line that says how to cite."""

from __future__ import annotations

import re
from itertools import pairwise

from pubtool.lint.context import Context
from pubtool.lint.dates import is_day
from pubtool.lint.registry import Said, rule
from pubtool.model import child, plain
from pubtool.text import fold

_CC = re.compile(
    r"https://creativecommons\.org/(?:licenses/(?P<code>by(?:-nc)?(?:-nd|-sa)?)/[1-4]\.0/"
    r"|publicdomain/(?:zero|mark)/1\.0/)(?:deed\.[a-z_-]+|legalcode)?"
)
_CODE = re.compile(r"\bCC[ -]?(BY(?:[ -](?:NC|ND|SA))*)\b", re.I)
_RESERVED = re.compile(r"all rights reserved|tüm hakları saklıdır|bütün hüquqlar qorunur", re.I)
_FUNDED = re.compile(
    r"\b(?:funded by|grant (?:no|number|agreement)|financial support (?:of|from)|"
    r"supported by (?:the|a grant|TÜBİTAK)|proje(?:si)? (?:no|numarası))\b",
    re.I,
)


@rule("PT437")
def licence_address(c: Context) -> Said:
    e = child(c.root[0], "license")
    href = c.record.license_href
    if "creativecommons.org" in href and not _CC.fullmatch(href):
        yield (
            (e if e is not None else c.root[0]),
            f"“{href}” is not the canonical address of a licence",
        )


@rule("PT438")
def licence_contradicts(c: Context) -> Said:
    e = child(c.root[0], "license")
    address, wording = _CC.fullmatch(c.record.license_href), _CODE.search(c.record.license_text)
    if e is not None and address and wording and address["code"]:
        said = wording[1].lower().replace(" ", "-")
        if said != address["code"]:
            yield e, f"the wording says CC {said.upper()}, the address CC {address['code'].upper()}"


@rule("PT439")
def open_and_reserved(c: Context) -> Said:
    e = child(c.root[0], "copyright")
    said = f"{c.record.copyright_text} {c.record.license_text}"
    if "creativecommons.org" in c.record.license_href and _RESERVED.search(said):
        yield (e if e is not None else c.root[0]), "all rights reserved, and an open licence"


@rule("PT440")
def half_a_grant(c: Context) -> Said:
    for e in c.all("funding"):
        if child(e, "funder") is None:
            yield e, f"the grant {plain(child(e, 'award'))} has no funder"
        elif child(e, "award") is None:
            yield e, f"no grant of “{plain(child(e, 'funder'))}” has a number"


@rule("PT441")
def funding_in_words(c: Context) -> Said:
    declared = any(s.get("kind") == "funding" for s in c.all("statement"))
    if c.record.funding or declared:
        return
    for p in c.text:
        m = _FUNDED.search(p.prose)
        if m:
            yield p.place(m.start()), f"“{m[0]}” in the text, but the chapter has no <funding>"


@rule("PT442")
def dates_out_of_order(c: Context) -> Said:
    e = child(c.root[0], "dates")
    if e is None:
        return
    known = [(n, e.get(n, "")) for n in ("received", "accepted", "published") if e.get(n)]
    for (before, early), (after, late) in pairwise(known):
        shared = min(len(early), len(late))
        if early[:shared] > late[:shared]:
            yield e, f"{after} {late} is before {before} {early}"


@rule("PT443")
def no_such_date(c: Context) -> Said:
    written = [(e, v) for e in c.all("dates") for v in e.attrib.values()]
    written += [(e, plain(e)) for e in c.all("date", "accessed")]
    for e, value in written:
        for date in str(value).split("/"):
            if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", date) and not is_day(date):
                yield e, f"there is no date “{date}”"


@rule("PT444")
def two_years(c: Context) -> Said:
    e = child(c.root[0], "dates")
    own, volume = c.record.published[:4], c.record.book.year
    if e is not None and own and volume.isdecimal() and abs(int(own) - int(volume)) > 1:
        yield e, f"the chapter is of {own}, the volume of {volume}"


@rule("PT445")
def pages_reversed(c: Context) -> Said:
    e = child(c.root[0], "pages")
    first, last = c.record.first_page, c.record.last_page
    if e is not None and first.isdecimal() and last.isdecimal() and int(last) < int(first):
        yield e, f"the chapter ends on page {last}, before page {first}"


@rule("PT447")
def citation_line_differs(c: Context) -> Said:
    e = child(c.root[0], "citation-line")
    if e is None:
        return
    said = fold(plain(e))
    facts = {
        "title": c.record.title,
        "year": c.record.book.year,
        "first page": c.record.first_page,
        "volume": c.record.book.title,
    }
    missing = [name for name, fact in facts.items() if fact and fold(fact) not in said]
    if missing:
        yield e, f"the line on how to cite says otherwise than the facts: {', '.join(missing)}"
