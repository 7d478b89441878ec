"""The line that says how to cite the chapter, and the facts that can be read from it.

The line is in the manner of APA 7 (section 10.3, chapters in edited books), in several languages:
"Family, G. (2026). Title. In A. Editor & B. Editor (Eds.), *Book* (pp. 1-9). Publisher." Each
fact is looked for by itself, so that an unusual line still tells what it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pubtool.model import Name
from pubtool.readers.blocks import Block
from pubtool.readers.inline import plain, unmarked
from pubtool.readers.ledger import Ledger
from pubtool.readers.names import BETWEEN_PEOPLE, name_of
from pubtool.readers.recase import Evidence
from pubtool.readers.recognise import Sign, sign_of
from pubtool.readers.signs import AND, BOOK_SUFFIXES, EDITORS, IN_BOOK, PAGES
from pubtool.text import fold

_LONGEST = 2000
_FACTS = ("authors", "year", "title", "editors", "book", "pages", "publisher", "doi")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_INITIALS = r"(?:[^\W\d_]\.[ -]?){1,4}"
_EDITOR = rf"{_INITIALS}[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*)?"
_YEAR = re.compile(r"\s*\((\d{4})[a-z]?\)[.,]?\s*")
_EDITORS = re.compile(rf"\s*\((?:{_any(EDITORS)})\),?\s*", re.I)
_IN = re.compile(rf"(?:^|[.?!]\s+)(?:{_any(IN_BOOK)})\s+")
_NO_IN = re.compile(rf"[.?!]\s+(?={_EDITOR}(?:\s*(?:[,&]|{_any(AND)})\s*{_EDITOR})*$)")
_PAGES = re.compile(
    rf"\s*\((?:[^()]*?\b)?(?:{_any(PAGES)})\s*(\w{{1,9}})\s*[-‐‑–—]\s*(\w{{1,9}})\)\.?\s*"
)
_EMPHASIS = re.compile(r"\*([^*]+)\*[.,]?\s*")
_SENTENCE = re.compile(r"([^.]+)\.?\s*")
_SUFFIX = re.compile(rf"[\s,]+(?:{_any(BOOK_SUFFIXES)})$")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(10\.\d{4,9}/\S+?)[.,;]?(?=\s|$)", re.I)
_APA_AUTHOR = re.compile(rf"([^\s,&;][^,&;]{{0,60}}),\s*({_INITIALS})")


@dataclass(frozen=True)
class Citation:
    """A citation line as written, and its facts; what could not be read is empty."""

    line: int = 0
    text: str = ""
    authors: tuple[Name, ...] = ()
    year: str = ""
    title: str = ""
    editors: tuple[Name, ...] = ()
    book: str = ""
    pages: tuple[str, str] = ("", "")
    place: str = ""
    publisher: str = ""
    doi: str = ""

    @property
    def families(self) -> frozenset[str]:
        """The authors' family names, folded."""
        return frozenset(fold(author.family) for author in self.authors)


def take_citation(blocks: Sequence[Block], ledger: Ledger) -> tuple[Citation, list[Block]]:
    """The citation line of a manuscript, and the other blocks."""
    for n, block in enumerate(blocks):
        sign = sign_of(block.text)
        if sign is None or sign.kind != "citation":
            continue
        after = n + 1 if sign.rest else n + 2
        if after > len(blocks):
            break
        ledger.sign(sign.written)
        return _cited(sign, blocks[after - 1], ledger), [*blocks[:n], *blocks[after:]]
    return Citation(), list(blocks)


def _cited(sign: Sign, block: Block, ledger: Ledger) -> Citation:
    citation = read_citation(sign.rest or block.text, block.line)
    facts = ", ".join(
        name for name in _FACTS
        if any(getattr(citation, name))
    )  # fmt: skip
    ledger.guess(
        block.line, f"citation line after “{sign.words}”; read from it: {facts or 'nothing'}"
    )
    return citation


def read_citation(text: str, line: int = 0) -> Citation:
    """The facts of a citation line."""
    written, text = text, unmarked(text)
    year = _YEAR.search(text) if len(text) <= _LONGEST else None
    if year is None:
        return Citation(line, written)
    doi = _DOI.search(text)
    rest = text[year.end() : doi.start() if doi else None]
    title, editors, volume = _parts(rest)
    book, pages, imprint = _volume(volume)
    place, _, publisher = imprint.strip(" .").rpartition(": ")
    return Citation(
        line=line,
        text=written,
        authors=_authors(text[: year.start()]),
        year=year[1],
        title=plain(title).strip(" ."),
        editors=_editors(editors),
        book=_SUFFIX.sub("", plain(book).strip(" ,.")),
        pages=pages,
        place=place,
        publisher=publisher,
        doi=doi[1] if doi else "",
    )


def _parts(rest: str) -> tuple[str, str, str]:
    """What follows the year, parted into title, editors, and the volume with its imprint."""
    marked = _EDITORS.search(rest)
    before = rest[: marked.start()] if marked else rest
    starts = list(_IN.finditer(before)) or (list(_NO_IN.finditer(before)) if marked else [])
    if not starts:
        return rest.partition(". ")[0], "", ""
    start = starts[-1]
    title = before[: start.start()] + start[0][0].strip(" .")
    if marked:
        return title, before[start.end() :], rest[marked.end() :]
    return title, "", rest[start.end() :]


def _volume(text: str) -> tuple[str, tuple[str, str], str]:
    """A volume parted into its title, the pages in it, and the imprint after them."""
    pages = _PAGES.search(text)
    if pages:
        return text[: pages.start()], (pages[1], pages[2]), text[pages.end() :]
    title = _EMPHASIS.match(text) or _SENTENCE.match(text)
    return (title[1], ("", ""), text[title.end() :]) if title else ("", ("", ""), text)


def _authors(text: str) -> tuple[Name, ...]:
    return tuple(
        Name(given=given.strip(), family=plain(family).strip())
        for family, given in _APA_AUTHOR.findall(text)
    )


def _editors(text: str) -> tuple[Name, ...]:
    return tuple(name_of(part, Evidence()) for part in BETWEEN_PEOPLE.split(text) if part.strip())
