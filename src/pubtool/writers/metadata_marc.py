"""MARC 21: the chapter as a component part of its volume, binary and MARCXML.

Source: MARC 21 Format for Bibliographic Data (Library of Congress), Leader 07 "a" and field 773.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pubtool.edition import Edition, Made
from pubtool.model import Funding, Localized, Record
from pubtool.text import squeeze
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, fields, made
from pubtool.writers.crosswalk_facts import (
    DOI,
    FACTS,
    ORCID,
    NotSaid,
    Who,
    full_book_title,
    said,
    stamp,
)
from pubtool.writers.metadata_languages import marc as language_code

if TYPE_CHECKING:
    from pymarc import Record as MarcRecord

# A field as (two indicators, pairs of subfield code and value).
Subfields = Sequence[tuple[str, str]]
Made21 = tuple[str, Subfields]
_RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "contributor": "ctb",
    "series-editor": "pbd",
}
_FIELD, _RECORD = 9999, 99_999


def heading(who: Who) -> Made21 | None:
    """A personal or corporate name with its relator, ORCID and affiliations."""
    if who.anonymous:
        return None
    relator = [("e", who.role.replace("-", " ")), ("4", _RELATORS.get(who.role, "ctb"))]
    places = [("u", place.display) for place in who.affiliations]
    if who.name.collab:
        return "2 ", [("a", who.name.collab), *relator]
    title = [("c", who.name.suffix)] if who.name.suffix else []
    orcid = [("1", ORCID + who.orcid)] if who.orcid else []
    full = ", ".join(said(who.name.family, who.name.given))
    return ("1 " if who.name.given else "0 "), [("a", full), *title, *places, *relator, *orcid]


def title(record: Record) -> Made21:
    """Title, subtitle, and the statement of responsibility."""
    names = [who.name.display for who in FACTS["authors"](record)]
    parts = [("a", record.title), ("b", record.subtitle), ("c", ", ".join(names))]
    return ("10" if names else "00"), [(code, value) for code, value in parts if value]


def host(record: Record) -> Made21:
    """The volume as host item entry."""
    book = record.book
    imprint = ", ".join(said(": ".join(said(book.place, book.publisher)), book.year))
    editors = ", ".join(who.name.display for who in FACTS["book editors"](record))
    pages = "-".join(dict.fromkeys(said(record.first_page, record.last_page)))
    parts = [
        ("7", "nnam"),
        ("t", full_book_title(record)),
        ("b", book.edition),
        ("c", editors),
        ("d", imprint),
        ("g", f"pages {pages}" if pages else ""),
        ("k", " ; ".join(said(book.series, book.series_number))),
        ("x", book.series_issn),
        *(("z", one.number) for one in FACTS["ISBN"](record)),
        ("o", f"doi:{book.doi}" if book.doi else ""),
    ]
    return "0 ", [(code, value) for code, value in parts if value]


def imprint(record: Record) -> Made21 | None:
    """Place, publisher, date."""
    book = record.book
    parts = [("a", book.place), ("b", book.publisher), ("c", record.date[:4])]
    known = [(code, value) for code, value in parts if value]
    return (" 1", known) if known else None


def plain(indicators: str, *codes: str) -> Any:
    """A shape: a value in the first subfield, constants such as "2=doi" after it."""

    def shape(value: str | Localized) -> Made21:
        text = value.text if isinstance(value, Localized) else value
        more = [(code[0], code[2:]) for code in codes[1:]]
        return indicators, [(codes[0], text), *more]

    return shape


def _funding(one: Funding) -> Made21 | None:
    parts = [("a", one.funder), *(("c", award) for award in one.awards)]
    known = [(code, value) for code, value in parts if value]
    return ("  ", known) if known else None


TARGET = Target(
    "MARC 21",
    (
        Row("024", "DOI", plain("7 ", "a", "2=doi"), SHOULD),
        Row("041", "language", lambda tag: ("0 ", [("a", language_code(tag))]), MUST),
        Row("044", "country", plain("  ", "c")),
        Row("245", "record", title, MUST),
        Row("246", "translated titles", plain("31", "a"), many=True),
        Row("264", "record", imprint),
        Row("336", "record", lambda _: ("  ", [("a", "text"), ("b", "txt"), ("2", "rdacontent")])),
        Row("490", "series", plain("0 ", "a")),
        Row("520", "abstracts", plain("3 ", "a"), many=True),
        Row("536", "funding", _funding, many=True),
        Row("540", "licence", lambda href: ("  ", [("u", href)])),
        Row("542", "copyright", plain("  ", "f")),
        Row("653", "keywords", plain("  ", "a"), many=True),
        Row("700", "authors", heading, many=True),
        Row("700", "chapter editors", heading, many=True),
        Row("700", "translators", heading, many=True),
        Row("700", "other contributors", heading, many=True),
        Row("700", "book editors", heading, many=True),
        Row("700", "book translators", heading, many=True),
        Row("773", "book", host, SHOULD),
        Row("856", "DOI", lambda doi: ("40", [("u", DOI + doi)])),
        Row("856", "URL", plain("40", "u")),
    ),
)


def binary(edition: Edition) -> Made:
    """The chapter in ISO 2709, UTF-8."""
    return made(TARGET, edition, _binary)


def xml(edition: Edition) -> Made:
    """The chapter in MARCXML."""
    return made(TARGET, edition, _xml)


def _binary(edition: Edition) -> bytes:
    record = built(edition.chapter.record)
    long = [f.tag for f in record.get_fields() if len(f.as_marc("utf-8")) > _FIELD]
    data = record.as_marc()
    if long or len(data) > _RECORD:
        what = f"field {long[0]} is longer than {_FIELD} bytes" if long else "it is too long"
        raise NotSaid(f"{what} for the binary form; use marcxml")
    return bytes(data)


def _xml(edition: Edition) -> bytes:
    from pymarc import record_to_xml

    record = record_to_xml(built(edition.chapter.record), namespace=True)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(record) + b"\n"


def built(record: Record) -> MarcRecord:
    """The chapter as a pymarc record; the first author is the main entry (1XX)."""
    from pymarc import Field, Leader
    from pymarc import Record as MarcRecord

    made21 = MarcRecord(force_utf8=True)
    made21.leader = Leader("00000naa a2200000 i 4500")
    made21.add_field(Field("001", data=squeeze(record.id)))
    if FACTS["year"](record):
        made21.add_field(Field("005", data=f"{stamp(record)}000000.0"))
    made21.add_field(Field("008", data=fixed(record)))
    rows = [(_tag(tag, ind), ind, codes) for tag, (ind, codes) in fields(TARGET.table, record)]
    main = next((i for i, row in enumerate(rows) if row[0] in ("700", "710")
                 and ("4", "aut") in row[2]), None)  # fmt: skip
    if main is not None:
        rows[main] = (f"1{rows[main][0][1:]}", *rows[main][1:])
    for tag, indicators, codes in sorted(rows, key=lambda row: row[0]):
        made21.add_field(_field(tag, indicators, codes))
    return made21


def _tag(tag: str, indicators: str) -> str:
    """Corporate names stand in X10, which the indicator gives away."""
    return "710" if tag == "700" and indicators[0] == "2" else tag


def _field(tag: str, indicators: str, codes: Subfields) -> Any:
    from pymarc import Field, Indicators, Subfield

    return Field(
        tag,
        indicators=Indicators(*indicators),
        subfields=[Subfield(code, squeeze(value)) for code, value in codes],
    )


def fixed(record: Record) -> str:
    """Field 008, 40 characters: dates, language; what is not said is a fill character."""
    known = bool(FACTS["year"](record))
    entered, year = (stamp(record)[2:8], record.date[:4]) if known else ("||||||", "||||")
    return f"{entered}s{year}    xx {'|' * 17}{language_code(record.language)} d"
