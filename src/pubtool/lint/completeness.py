"""What is missing for the targets of [check] targets, each fact named with who needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.needs import NEEDS, Need
from pubtool.lint.registry import Check, Said, rule
from pubtool.model import Record, child, plain

# For every id of the table: is the fact there?
_KNOWN: dict[str, Callable[[Record], bool]] = {
    "PT450": lambda r: bool(r.license_href),
    "PT451": lambda r: bool(r.doi),
    "PT452": lambda r: bool(r.book.isbns),
    "PT455": lambda r: bool(r.abstracts),
    "PT456": lambda r: bool(r.keywords),
    "PT457": lambda r: bool(r.copyright_holder and r.copyright_year),
    "PT458": lambda r: bool(r.date),
    "PT459": lambda r: bool(r.first_page),
    "PT460": lambda r: bool(r.book.title),
    "PT461": lambda r: bool(r.book.publisher),
    "PT462": lambda r: bool(r.book.editors),
    "PT463": lambda r: bool(r.book.doi),
    "PT464": lambda r: bool(r.url),
    "PT465": lambda r: bool(r.funding),
    "PT466": lambda r: bool(r.references),
    "PT468": lambda r: bool(r.book.place and r.book.country),
    "PT469": lambda r: bool(r.affiliations),
    "PT470": lambda r: bool(r.contributors),
    "PT471": lambda r: bool(r.last_page) or not r.first_page,
}


Lacking: TypeAlias = "Iterator[tuple[etree._Element, str]]"


def _institutions(c: Context) -> Lacking:
    return ((e, plain(e)) for e in c.all("institution") if not e.get("ror"))


def _authors(c: Context) -> Lacking:
    for e in c.all("contributor"):
        name = child(e, "name")
        author = e.get("role", "author") == "author" and name is not None
        if author and name is not None and child(e, "orcid") is None:
            yield e, " ".join(plain(part) for part in name)


# Facts of each of several, told where they are missing.
_OF_EACH: dict[str, Callable[[Context], Lacking]] = {"PT453": _institutions, "PT454": _authors}


def _check(need: Need) -> Check:
    def missing(c: Context) -> Said:
        asking = [t for t in c.settings.check.targets if t in need.targets]
        for where, whose in _lacking(need, c) if asking else ():
            yield where, f"no {need.name}{whose} ({need.where}), which {_listed(asking)} for"

    return missing


def _lacking(need: Need, c: Context) -> Lacking:
    if need.id in _OF_EACH:
        yield from ((e, f" “{who}”") for e, who in _OF_EACH[need.id](c))
    elif not _is_known(need, c):
        yield c.root[0], ""


def _is_known(need: Need, c: Context) -> bool:
    if need.id == "PT467":
        # Only what has been printed has pages to mark.
        return not c.record.first_page or next(c.all("page-break"), None) is not None
    return _KNOWN[need.id](c.record)


def _listed(targets: list[str]) -> str:
    *first, last = targets
    return f"{', '.join(first)} and {last} ask" if first else f"{last} asks"


for _need in NEEDS:
    rule(_need.id)(_check(_need))
