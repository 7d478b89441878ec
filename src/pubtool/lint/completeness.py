"""What is missing for the targets of [check] targets, each fact named with who needs it."""

from __future__ import annotations

from collections.abc import Callable

from pubtool.lint.context import Context
from pubtool.lint.needs import NEEDS, Need
from pubtool.lint.registry import Check, Said, rule
from pubtool.model import Record

# For every id of the table: is the fact there?
_KNOWN: dict[str, Callable[[Record], bool]] = {
    "PT450": lambda r: bool(r.license_href),
    "PT451": lambda r: bool(r.doi),
    "PT452": lambda r: bool(r.book.isbns),
    "PT453": lambda r: all(a.ror for a in r.affiliations if a.institution),
    "PT454": lambda r: all(a.orcid for a in r.authors if a.name.family),
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


def _check(need: Need) -> Check:
    def missing(c: Context) -> Said:
        asking = [t for t in c.settings.check.targets if t in need.targets]
        if asking and not _is_known(need, c):
            message = f"no {need.name} ({need.where}), which {_listed(asking)} for"
            yield c.root[0], message

    return missing


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
