"""BibTeX and RIS: the chapter as plain-text bibliography files.

Sources: "BibTeXing" (Patashnik 1988), @incollection; the RIS specification (Research Information
Systems 2011), type CHAP, where A2 is the editor and T2 the book.
"""

from __future__ import annotations

import re
from typing import Any

from pubtool.edition import Edition, Made
from pubtool.model import Isbn, Localized
from pubtool.text import ascii_id, squeeze
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, fields, made, mapping
from pubtool.writers.crosswalk_facts import Who

# A brace, even after a backslash, counts in BibTeX; so both have names here.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


def tex(text: str) -> str:
    """Text on one line in which no sign is a command."""
    return "".join(_TEX.get(sign, sign) for sign in squeeze(text))


def kept(text: str) -> str:
    """Text whose capitals no style may change: in braces of its own."""
    return f"{{{tex(text)}}}"


def bibtex_name(who: Who) -> str | None:
    """Family, suffix, given; a group and a part with a comma or an "and" stand in braces."""
    if who.anonymous:
        return None
    name = who.name
    if name.collab:
        return kept(name.collab)
    parts = [_part(part) for part in (name.family, name.suffix, name.given) if part]
    return ", ".join(parts) if len(parts) > 1 else kept(name.family or name.given)


def _part(text: str) -> str:
    return kept(text) if re.search(r",|\band\b|[\\{}]", text, re.I) else tex(text)


def _address(text: str) -> str:
    """A DOI or URL: of the signs only those that would end the field are changed."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _text(value: Localized | Isbn) -> str:
    return tex(value.text if isinstance(value, Localized) else value.number)


BIBTEX = Target(
    "BibTeX",
    (
        Row("author", "authors", bibtex_name, SHOULD, many=True),
        Row("title", "title", kept, MUST),
        Row("booktitle", "book title", kept, SHOULD),
        Row("editor", "book editors", bibtex_name, many=True),
        Row("translator", "translators", bibtex_name, many=True),
        Row("publisher", "publisher", tex, SHOULD),
        Row("year", "year", tex, SHOULD),
        Row("date", "date", tex),
        Row("address", "place", tex),
        Row("series", "series", tex),
        Row("number", "series number", tex),
        Row("edition", "edition", tex),
        Row("chapter", "chapter number", tex),
        Row("pages", "pages", lambda pages: tex(pages).replace("-", "--")),
        Row("doi", "DOI", _address),
        Row("url", "URL", _address),
        Row("isbn", "ISBN", _text),
        Row("language", "language", tex),
        Row("abstract", "abstracts", _text),
        Row("keywords", "keywords", _text, many=True),
    ),
)


def bibtex(edition: Edition) -> Made:
    """The chapter as one @incollection."""
    return made(BIBTEX, edition, _entry)


def _entry(edition: Edition) -> bytes:
    record = edition.chapter.record
    said = mapping(BIBTEX.table, record)
    rows = [f"  {field} = {{{_joined(field, value)}}}" for field, value in said.items()]
    return (f"@incollection{{{ascii_id(record.id)},\n" + ",\n".join(rows) + "\n}\n").encode()


def _joined(field: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    return (", " if field == "keywords" else " and ").join(value)


# ── RIS ──


def ris_name(who: Who) -> str | None:
    """Family, given, suffix, with commas between them."""
    if who.anonymous:
        return None
    name = who.name
    parts = (name.family, name.given, *([name.suffix] if name.suffix else []))
    return squeeze(name.collab) or squeeze(", ".join(part for part in parts if part))


def _line(value: str | Localized | Isbn) -> str:
    if isinstance(value, Localized):
        return squeeze(value.text)
    return squeeze(value.number if isinstance(value, Isbn) else value)


def _slashed(iso: str) -> str | None:
    """2026-03-16 as YYYY/MM/DD/; what is not known stays empty."""
    year, month, day = (*iso.partition("/")[0].split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


RIS = Target(
    "RIS",
    (
        Row("AU", "authors", ris_name, SHOULD, many=True),
        Row("TI", "title", _line, MUST),
        Row("TT", "translated titles", _line),
        Row("T2", "book title", _line, SHOULD),
        Row("A2", "book editors", ris_name, many=True),
        Row("A4", "translators", ris_name, many=True),
        Row("T3", "series", _line),
        Row("VL", "series number", _line),
        Row("ET", "edition", _line),
        Row("SE", "chapter number", _line),
        Row("PB", "publisher", _line, SHOULD),
        Row("CY", "place", _line),
        Row("PY", "year", _line, SHOULD),
        Row("DA", "date", _slashed),
        Row("SP", "first page", _line),
        Row("EP", "last page", _line),
        Row("DO", "DOI", _line),
        Row("UR", "URL", _line),
        Row("SN", "ISBN", _line),
        Row("LA", "language", _line),
        Row("AB", "abstracts", _line),
        Row("KW", "keywords", _line, many=True),
        Row("ID", "chapter id", _line),
    ),
)


def ris(edition: Edition) -> Made:
    """The chapter as one CHAP record; lines end as the specification says, with CR LF."""
    return made(RIS, edition, _ris)


def _ris(edition: Edition) -> bytes:
    said = fields(RIS.table, edition.chapter.record)
    rows = [("TY", "CHAP"), *said, ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows).encode()
