"""Contributors and where they work."""

from __future__ import annotations

import re

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.model import child, plain, q, text_of
from pubtool.text import fold, is_capitals

_TITLE = re.compile(r"\b(?:Prof|Dr|Doç|Doc|Assoc|Asst|Ph\.? ?D|PhD|MD|Öğr\. Gör|Yrd)\b\.?")
_INITIALS = re.compile(r"(?:\w\w?\.[\s-]?)+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


def _named(c: Context) -> list[tuple[etree._Element, str, str]]:
    """(name, given, family) of contributors and editors of the volume."""
    names = c.root.iterfind(f"{q('front')}//{q('name')}")
    return [(e, text_of(e, "given"), text_of(e, "family")) for e in names]


@rule("PT412")
def name_in_capitals(c: Context) -> Said:
    for e, given, family in _named(c):
        for part in (given, family):
            if is_capitals(part) and any(len(word) > 2 for word in re.findall(r"\w+", part)):
                yield e, f"“{part}” stands in capitals"


@rule("PT413")
def title_in_name(c: Context) -> Said:
    for e, given, family in _named(c):
        m = _TITLE.search(given) or _TITLE.search(family)
        if m:
            yield e, f"“{m[0]}” is part of the name “{given} {family}”"


@rule("PT414")
def initials_only(c: Context) -> Said:
    for e in c.all("contributor"):
        name = child(e, "name")
        given = text_of(name, "given") if name is not None else ""
        if given and _INITIALS.fullmatch(given):
            yield e, f"of “{_full(e)}” only the initials are known"


@rule("PT416")
def no_affiliation(c: Context) -> Said:
    for e in c.all("contributor"):
        author = e.get("role", "author") == "author" and child(e, "name") is not None
        if author and not e.get("affiliations"):
            yield e, f"“{_full(e)}” has no affiliation"


@rule("PT417")
def unused_affiliation(c: Context) -> Said:
    used = {id_ for e in c.all("contributor") for id_ in e.get("affiliations", "").split()}
    for e in c.all("affiliation"):
        if e.get("id") not in used:
            yield e, f"nobody works at “{_shown(e)}”"


def _full(contributor: etree._Element) -> str:
    name = child(contributor, "name")
    return " ".join(plain(part) for part in name) if name is not None else ""


def _shown(affiliation: etree._Element) -> str:
    return ", ".join(plain(part) for part in affiliation)


@rule("PT418")
def one_institution_two_names(c: Context) -> Said:
    seen: dict[str, str] = {}
    for e in c.all("institution"):
        name = plain(e)
        first = seen.setdefault(fold(re.sub(r"\(.*?\)|\b(?:[Tt]he|of)\b", "", name)), name)
        if first != name:
            yield e, f"“{name}” is also written “{first}”"


@rule("PT419")
def no_country(c: Context) -> Said:
    for e in c.all("affiliation"):
        if child(e, "country") is None:
            yield e, f"“{_shown(e)}” names no country"


@rule("PT420")
def corresponding_without_mail(c: Context) -> Said:
    for e in c.all("contributor"):
        if e.get("corresponding") == "yes" and child(e, "email") is None:
            yield e, "the corresponding author has no e-mail address"


@rule("PT421")
def mail_in_text(c: Context) -> Said:
    for p in c.passages:
        for m in _EMAIL.finditer(p.text) if p.kind != "email" and "@" in p.text else ():
            yield p.place(m.start()), f"“{m[0]}” would be published with the text"


@rule("PT422")
def mail_published(c: Context) -> Said:
    for e in c.all("email"):
        if e.get("visible") == "yes":
            yield e, f"“{plain(e)}” will be published"


@rule("PT423")
def contributor_twice(c: Context) -> Said:
    seen: set[tuple[str, str]] = set()
    for e in c.all("contributor"):
        key = (e.get("role", "author"), fold(_full(e)))
        if key[1] and key in seen:
            yield e, f"“{_full(e)}” is named twice"
        seen.add(key)
