"""ONIX 3.0: the volume as products, one for each ISBN, with the chapter as their content item.

Source: ONIX for Books 3.0.8 and its code lists, issue 62; the lists are named beside each table.
"""

from __future__ import annotations

from typing import Any

from pubtool.edition import Edition, Made
from pubtool.model import Isbn, Record
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, made
from pubtool.writers.crosswalk_facts import FACTS, NotSaid, Who, stamp
from pubtool.writers.metadata_languages import marc as language_code
from pubtool.writers.templates import filled

TARGET = Target(
    "ONIX",
    (
        Row("Product/ProductIdentifier/IDValue", "ISBN", need=SHOULD),
        Row("DescriptiveDetail/TitleDetail", "book title", need=MUST),
        Row("DescriptiveDetail/Contributor (B01)", "book editors", need=SHOULD),
        Row("DescriptiveDetail/Collection", "series"),
        Row("Collection/PartNumber", "series number"),
        Row("Collection/CollectionIdentifier", "series ISSN"),
        Row("DescriptiveDetail/EditionStatement", "edition"),
        Row("DescriptiveDetail/EpubLicense", "licence"),
        Row("ContentItem/TextItem/TextItemIdentifier", "DOI"),
        Row("ContentItem/TextItem/PageRun", "first page"),
        Row("ContentItem/TextItem/PageRun", "last page"),
        Row("ContentItem/ComponentNumber", "chapter number"),
        Row("ContentItem/TitleDetail/TitleText", "main title", need=MUST),
        Row("ContentItem/TitleDetail/Subtitle", "subtitle"),
        Row("ContentItem/TitleDetail (06)", "translated titles"),
        Row("ContentItem/Contributor (A01)", "authors or anonymous"),
        Row("ContentItem/Contributor (B01)", "chapter editors"),
        Row("ContentItem/Contributor (B06)", "translators"),
        Row("ContentItem/Contributor (A12, Z99)", "other contributors"),
        Row("ContentItem/Language", "language"),
        Row("ContentItem/Subject", "keywords"),
        Row("ContentItem/TextContent", "abstracts"),
        Row("PublishingDetail/Publisher", "publisher", need=MUST),
        Row("PublishingDetail/CityOfPublication", "place"),
        Row("PublishingDetail/CountryOfPublication", "country"),
        Row("PublishingDetail/PublishingDate", "date", need=MUST),
        Row("PublishingDetail/CopyrightStatement", "copyright"),
    ),
)
# Lists 150 and 175: form, detail.
_FORMS = {
    "": ("BA", ""),
    "print": ("BA", ""),
    "hardback": ("BB", ""),
    "paperback": ("BC", ""),
    "pdf": ("ED", "E107"),
    "epub": ("ED", "E101"),
    "online": ("EC", ""),
}
# List 17.
_ROLES = {
    "author": "A01",
    "editor": "B01",
    "translator": "B06",
    "illustrator": "A12",
    "series-editor": "B09",
}
# List 55: how many characters of a date are said.
_DATE_FORMATS = {4: "05", 6: "01", 8: "00"}


def write(edition: Edition) -> Made:
    """The volume's products with the chapter in each."""
    return made(TARGET, edition, _xml)


def _xml(edition: Edition) -> bytes:
    record = edition.chapter.record
    date = record.date.partition("/")[0].replace("-", "")
    return filled(
        "onix.xml",
        edition,
        products=products(record),
        sent=stamp(record),
        date=date,
        date_format=_DATE_FORMATS[len(date)],
        editors=_volume_people(record),
        people=_chapter_people(record),
        keywords=_keywords(record),
        language=language_code(record.language),
        role=lambda who: _ROLES.get(who.role, "Z99"),
        copyright_year=record.copyright_year if record.copyright_year.isdigit() else "",
    ).encode()


def products(record: Record) -> list[dict[str, str]]:
    """What each product is: an ISBN, else the publisher's own number."""
    isbns = FACTS["ISBN"](record)
    if not isbns and not record.book.id:
        raise NotSaid("the volume has neither an ISBN nor an id of its own ([book] id)")
    return [_product(one) for one in isbns] or [{"id": record.book.id, "kind": "01", "form": "BA"}]


def _product(one: Isbn) -> dict[str, str]:
    form, detail = _FORMS.get(one.format, _FORMS[""])
    kind = "15" if len(one.number) == 13 else "02"
    return {"id": one.number, "kind": kind, "form": form, "detail": detail}


def _volume_people(record: Record) -> tuple[Who, ...]:
    return tuple(w for n in ("book editors", "book translators") for w in FACTS[n](record))


def _chapter_people(record: Record) -> tuple[Who, ...]:
    names = ("authors or anonymous", "chapter editors", "translators", "other contributors")
    return tuple(who for name in names for who in FACTS[name](record))


def _keywords(record: Record) -> list[dict[str, Any]]:
    """Keywords by language, as ONIX wants them: one text, semicolons between (list 27, 20)."""
    return [
        {"language": language_code(language), "text": "; ".join(words)}
        for language, words in record.keywords
    ]
