"""What a line of the opening can be: each kind has a small function that knows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pubtool.readers.affiliations import looks_like_affiliation
from pubtool.readers.authors import Author, has_contact, take_contacts
from pubtool.readers.blocks import Block, Line
from pubtool.readers.furniture import is_page_number
from pubtool.readers.inline import plain
from pubtool.readers.names import (
    BETWEEN_PEOPLE,
    MARKS,
    is_academic_title,
    is_inverted,
    looks_like_people,
    name_of,
)
from pubtool.readers.opening_facts import Opening, Workplace
from pubtool.readers.recognise import chapter_label
from pubtool.text import fold, is_capitals

_LONGEST_TITLE = 300
_WHOLE = re.compile(r"^(\*{1,3})([^*]+)\1$")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_LEADING_MARKS = re.compile(r"^[\d¹²³⁴⁵⁶⁷⁸⁹†‡§]+[.)]?\s*(?=[^\W\d])")
_COMMA = re.compile(r"\s*[,;]\s*")
SECTION_NUMBER = re.compile(r"^\ue0f1|^\d{1,2}(?:\.\d{1,2})*\.?\s")
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


def _chapter_label(unit: Block, opening: Opening) -> bool:
    number, label = chapter_label(unit.text)
    rest = unit.text[len(label) :].strip()
    if not number or opening.number not in ("", number) or (opening.title and rest):
        return False
    if opening.number:
        opening.ledger.repeated(unit.line, label, "chapter label")
    else:
        opening.number = number
        opening.ledger.sign(label)
        opening.said[fold(label)] = "chapter label"
    if rest:
        _take_title(rest, unit.line, opening)
    return True


def _page_number(unit: Block, opening: Opening) -> bool:
    known = bool(opening.title or any(opening.citation.pages))
    if not known or not is_page_number(unit.text, opening.citation.pages):
        return False
    opening.ledger.repeated(unit.line, unit.text, "page number")
    return True


def repetition(unit: Block, opening: Opening) -> bool:
    """True, and the line is left out, if the opening has said the same before (PT601)."""
    what = opening.said.get(fold(unit.text), "")
    if what:
        opening.ledger.repeated(unit.line, unit.text, what)
    return bool(what)


def _title(unit: Block, opening: Opening) -> bool:
    if opening.title or len(unit.text) > _LONGEST_TITLE:
        return False
    _take_title(unit.text, unit.line, opening)
    return True


def _take_title(text: str, line: int, opening: Opening) -> None:
    mark = _HEADING_MARK.match(text)
    if mark:
        opening.ledger.sign(mark[0])
        text = text[mark.end() :]
    opening.title = _WHOLE.sub(r"\2", text)
    opening.title_line = line
    opening.said[fold(text)] = "title"


def _authors(unit: Block, opening: Opening) -> bool:
    text = plain(unit.text)
    if not opening.title or not _are_authors(text, opening):
        return False
    return _take_authors(unit, opening)


def _take_authors(unit: Block, opening: Opening) -> bool:
    text = plain(unit.text)
    if not text.strip():
        return False
    marked = _WHOLE.sub(r"\2", unit.text)
    parts = [marked] if is_inverted(text) else opening.ledger.split(marked, BETWEEN_PEOPLE)
    opening.newest = [_author(plain(part), unit.line, opening) for part in parts]
    opening.authors += opening.newest
    opening.said[fold(text)] = "author"
    for part, author in zip(parts, opening.newest, strict=True):
        _take_notes(part, author, unit.line, opening)
    return True


def _take_notes(part: str, author: Author, line: int, opening: Opening) -> None:
    """A note on an author's name says where the author works, or who the author is."""
    before, opening.newest = opening.newest, [author]
    for mark in part:
        words = opening.notes.pop(mark, "")
        if not words:
            continue
        told = [piece for piece in _COMMA.split(words) if not _about_person(piece, author, opening)]
        left = ", ".join(told)
        opening.ledger.sign("," * (words.count(",") - left.count(",")))
        if left and not _affiliation(Block((Line(line, left),)), opening):
            author.bio.append(left)
            opening.ledger.guess(line, f"biography of {author.name.display}: the note on the name")
    opening.newest = before


def _about_person(piece: str, author: Author, opening: Opening) -> bool:
    """True for an address, an iD or an academic title, which is then the author's."""
    unit = Block((Line(author.line, piece),))
    if has_contact(piece):
        return _contact(unit, opening)
    if not author.name.prefix and is_academic_title(piece):
        author.name = replace(author.name, prefix=piece)
        return True
    return False


def _are_authors(text: str, opening: Opening) -> bool:
    words = text.split()
    cited = len(words) <= 6 and fold(words[-1]) in opening.citation.families
    return cited or looks_like_people(text, opening.evidence)


def _author(text: str, line: int, opening: Opening) -> Author:
    marks = MARKS.search(text)
    if marks:
        opening.ledger.sign(marks[0])
        text = text[: marks.start()]
    if is_inverted(text):
        opening.ledger.sign(",")
    name = name_of(text, opening.evidence, opening.citation.families)
    opening.ledger.guess(
        line,
        f"author: given name “{name.given}”, family name “{name.family}”"
        f" ({_why(text, name.family, opening)})",
    )
    return Author(name, line, marks[0].translate(_SUPERSCRIPTS) if marks else "")


def _why(text: str, family: str, opening: Opening) -> str:
    if fold(family) in opening.citation.families:
        return "the citation line has the same family name"
    loud = any(is_capitals(word) and len(word) > 2 for word in text.split())
    return "the family name stands in capitals" if loud else "a line of names beneath the title"


def _contact(unit: Block, opening: Opening) -> bool:
    if not opening.authors or not has_contact(unit.text):
        return False
    pieces = take_contacts(plain(unit.text), unit.line, opening.newest, opening.ledger)
    for piece in pieces:
        part = Block((Line(unit.line, piece),))
        if not _affiliation(part, opening):
            opening.ledger.set_aside(
                unit.line, piece, "stands beside an address; its use is unclear"
            )
    return True


def _affiliation(unit: Block, opening: Opening) -> bool:
    lines = plain("\n".join(line.text for line in unit.lines)).split("\n")
    text = _LEADING_MARKS.sub("", " ".join(lines))
    if not opening.authors or not looks_like_affiliation(text):
        return False
    return _take_affiliation(unit, opening)


def _take_affiliation(unit: Block, opening: Opening) -> bool:
    lines = plain("\n".join(line.text for line in unit.lines)).split("\n")
    text = " ".join(lines)
    marks = _LEADING_MARKS.match(lines[0])
    if marks:
        opening.ledger.sign(marks[0])
        lines[0] = lines[0][marks.end() :]
    workplace = Workplace(unit.line, lines, marks[0].translate(_SUPERSCRIPTS) if marks else "")
    opening.workplaces.append(workplace)
    opening.said[fold(text)] = "affiliation"
    for author in opening.authors:
        if author in opening.newest or not author.affiliations:
            author.affiliations.append(len(opening.workplaces))
    return True


def _continuation(unit: Block, opening: Opening) -> bool:
    """A further line of the same block goes on with a title or an affiliation."""
    if opening.last == "affiliation":
        opening.workplaces[-1].lines.append(plain(unit.text))
        return True
    longer = f"{opening.title} {unit.text}"
    same_block = opening.last == "title" and len(longer) <= _LONGEST_TITLE
    cited = fold(opening.citation.title).startswith(fold(longer))
    if not opening.title or not (same_block or cited):
        return False
    opening.title = longer
    opening.said[fold(longer)] = "title"
    return True


RECOGNISERS: dict[str, Callable[[Block, Opening], bool]] = {
    "label": _chapter_label,
    "page number": _page_number,
    "repetition": repetition,
    "authors": _authors,
    "contact": _contact,
    "affiliation": _affiliation,
    "continuation": _continuation,
    "title": _title,
}


def _styled_title(unit: Block, opening: Opening) -> bool:
    if opening.title:
        opening.title = f"{opening.title} {unit.text}"
        return True
    return _title(unit, opening)


def _styled_subtitle(unit: Block, opening: Opening) -> bool:
    opening.subtitle = f"{opening.subtitle} {unit.text}".strip()
    return True


def _styled_authors(unit: Block, opening: Opening) -> bool:
    """Whoever stands in the style for authors is one, or says where one works."""
    if opening.authors and (_contact(unit, opening) or _affiliation(unit, opening)):
        return True
    return _take_authors(unit, opening)


def _styled_affiliation(unit: Block, opening: Opening) -> bool:
    if not opening.authors:
        return False
    return _contact(unit, opening) or _take_affiliation(unit, opening)


BY_ROLE: dict[str, Callable[[Block, Opening], bool]] = {
    "title": _styled_title,
    "subtitle": _styled_subtitle,
    "author": _styled_authors,
    "affiliation": _styled_affiliation,
}
