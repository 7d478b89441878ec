"""Which reference a citation means: by author and year, by title, by number, or by what was cited.

Spellings are compared without case and diacritics; where that finds nothing, also with ch and c,
sh and s, gh and g, kh and x alike, and Cyrillic in Latin letters, so that Bakhshaliyeva is
Baxşəliyeva. A target is told only where exactly one reference fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from pubtool.model import Name, Reference, q
from pubtool.readers.citation_words import NO_DATE
from pubtool.record import reference
from pubtool.text import fold

_AND = re.compile(
    r"\s*(?:,\s*(?:&|and|ve|və|und|et|y|e|и)\s+|\s+(?:and|ve|və|und|et|y|e|и)\s+|\s*&\s*|;\s*|,\s*)"
)
_OTHERS = re.compile(
    r",?\s*(?:et al\.?|vd\.?|v\.d\.|ve diğerleri|və b\.|və digərləri|и др\.|u\. ?a\.|and others"
    r"|and colleagues)$",
    re.I,
)
_POSSESSIVE = re.compile(r"[’'](?:s|in|ın|un|ün|nin|nın|nun|nün)?$")
_INITIALS = re.compile(
    r"^((?:[^\W\d_]{1,2}\.\s*-?)+)\s*(?=[^\W\d_]{2})|,\s*((?:[^\W\d_]{1,2}\.\s*-?)+)$"
)
_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхцыэё", "abvgdeziyklmnoprstufxciee", strict=True))
    | {"ж": "j", "ч": "c", "ш": "s", "щ": "s", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)
_ALIKE = (
    ("kh", "x"),
    ("ch", "c"),
    ("sh", "s"),
    ("gh", "g"),
    ("zh", "j"),
    ("ts", "c"),
    ("q", "g"),
    ("iye", "ie"),
    ("yy", "y"),
    ("iy", "i"),
)


def loose(text: str) -> str:
    """A spelling with what transliterations confuse made alike."""
    key = fold(text).translate(_CYRILLIC)
    for written, alike in _ALIKE:
        key = key.replace(written, alike)
    return key


@dataclass(frozen=True, slots=True)
class Who:
    """Who a citation names: family names in their order, initials of the first, and "et al."."""

    said: str
    families: tuple[str, ...] = ()
    initials: str = ""
    others: bool = False


def who(text: str) -> Who:
    """As in "I. Aliyev et al." → Aliyev, with the initial I, and others."""
    text = _POSSESSIVE.sub("", text.strip(" ,.:*"))
    bare = _OTHERS.sub("", text)
    families = []
    initials = ""
    for n, piece in enumerate(p for p in _AND.split(bare) if p.strip()):
        match = _INITIALS.search(piece)
        if match and n == 0:
            initials = re.sub(r"[^\w]", "", match[1] or match[2] or "")
        families.append((_INITIALS.sub("", piece) if match else piece).strip())
    return Who(bare, tuple(families), initials, bare != text)


class Targets:
    """The references of a chapter, asked for by what citations say."""

    def __init__(self, root: etree._Element) -> None:
        self.references: list[Reference] = [reference(e) for e in root.iter(q("ref"))]

    def by_number(self, number: int) -> Reference | None:
        """The reference of that number in the list, from 1."""
        return self.references[number - 1] if 0 < number <= len(self.references) else None

    def find(self, said: str, year: str = "", volume: str = "") -> list[Reference]:
        """Those that fit what a citation says, by the strictest way of comparing that finds any."""
        for spelling in (fold, loose):
            for fits in (_titled, _named, _begun):
                found = [
                    r for r in self.references if fits(r, said, spelling) and _of_year(r, year)
                ]
                if found:
                    return _narrowed(found, who(said), year, volume)
        return []

    def is_person(self, said: str) -> bool:
        """True if somebody of that name stands in the list at all."""
        return any(_named(r, said, fold) for r in self.references)


def _of_year(r: Reference, year: str) -> bool:
    """The year, with the letter if the list has letters; a range contains its years."""
    if not year:
        return True
    have = r.year
    if have == year:
        return True
    if fold(year) in {fold(word) for word in NO_DATE}:
        return not have or fold(have) in {fold(word) for word in NO_DATE}
    return have[:4] == year[:4] and (len(have) == 4 or len(year) == 4)


def _titled(r: Reference, said: str, spelling: Callable[[str], str]) -> bool:
    """The title, or the newspaper, stands in the author's place."""
    key = spelling(said.strip("*"))
    titles = [r.get("title"), *([r.get("container-title")] if not r.names else [])]
    groups = [n.collab for n in r.names if n.collab]
    return any(key == spelling(text) for text in [*titles, *groups] if text)


def _begun(r: Reference, said: str, spelling: Callable[[str], str]) -> bool:
    """The first words of a title of which nobody is the author, or the letters of a group."""
    key = spelling(said)
    if any(_letters(n.collab) == said for n in r.names if n.collab):
        return True
    titles = [r.get("title"), r.get("container-title")] if not _authors(r) else []
    return any(spelling(text).startswith(f"{key} ") for text in titles if text and len(key) > 3)


def _letters(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper())


def _authors(r: Reference) -> Sequence[Name]:
    return [n for n in r.names if n.role == "author"] or [n for n in r.names if n.role == "editor"]


def _named(r: Reference, said: str, spelling: Callable[[str], str]) -> bool:
    """Its authors begin with those named; initials agree where they are written."""
    cited, authors = who(said), _authors(r)
    if not authors or not cited.families or len(cited.families) > len(authors):
        return False
    if cited.others and len(authors) < 2:
        return False
    same = all(
        _is_called(name, family, spelling)
        for family, name in zip(cited.families, authors, strict=False)
    )
    return same and _initials_agree(cited.initials, authors[0], spelling)


def _is_called(name: Name, said: str, spelling: Callable[[str], str]) -> bool:
    """The family name, or the family name after a given name that agrees."""
    family = name.collab or name.family
    if spelling(said) == spelling(family):
        return True
    given, _, last = said.rpartition(" ")
    same_given = bool(given and name.given) and spelling(given)[:1] == spelling(name.given)[:1]
    return same_given and spelling(last) == spelling(family)


def _initials_agree(initials: str, name: Name, spelling: Callable[[str], str]) -> bool:
    have = [spelling(part)[:1] for part in re.split(r"[\s.-]+", name.given) if part]
    want = [spelling(c) for c in initials]
    return all(a == b for a, b in zip(want, have, strict=False))


def _narrowed(found: list[Reference], cited: Who, year: str, volume: str) -> list[Reference]:
    """Fewer, by what else is said: the letter of the year, the volume, how many authors."""
    tests: Iterable[Callable[[Reference], bool]] = (
        lambda r: bool(year) and r.year == year,
        lambda r: bool(volume) and r.get("volume") == volume,
        lambda r: _given_fits(r, cited),
        lambda r: (
            len(_authors(r)) == len(cited.families) if not cited.others else len(_authors(r)) > 2
        ),
    )
    for test in tests:
        left = [r for r in found if test(r)]
        found = left if left and len(found) > 1 else found
    return found


def _given_fits(r: Reference, cited: Who) -> bool:
    """A given name written out before the family name."""
    given = cited.families[0].rpartition(" ")[0] if cited.families else ""
    authors = _authors(r)
    return bool(given and authors) and fold(authors[0].given)[:1] == fold(given)[:1]
