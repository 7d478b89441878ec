"""MODS 3.8: the chapter as a related part of its volume.

Source: MODS User Guidelines, version 3 (Library of Congress), `relatedItem type="host"`.
"""

from __future__ import annotations

from pubtool.edition import Edition, Made
from pubtool.writers.crosswalk import MUST, SHOULD, Row, Target, made
from pubtool.writers.crosswalk_facts import FACTS, Who
from pubtool.writers.templates import filled

TARGET = Target(
    "MODS",
    (
        Row("titleInfo/title", "main title", need=MUST),
        Row("titleInfo/subTitle", "subtitle"),
        Row("titleInfo[@type='translated']", "translated titles"),
        Row("name (author)", "authors"),
        Row("name (editor)", "chapter editors"),
        Row("name (translator)", "translators"),
        Row("name (illustrator, contributor)", "other contributors"),
        Row("language/languageTerm", "language", need=MUST),
        Row("abstract", "abstracts"),
        Row("subject/topic", "keywords"),
        Row("identifier[@type='doi']", "DOI"),
        Row("location/url", "URL"),
        Row("accessCondition", "licence"),
        Row("accessCondition", "licence wording"),
        Row("accessCondition", "copyright"),
        Row("note[@type='funding']", "funding"),
        Row("relatedItem[@type='host']/titleInfo", "book title", need=SHOULD),
        Row("relatedItem[@type='host']/name (editor)", "book editors"),
        Row("relatedItem[@type='host']/originInfo/publisher", "publisher"),
        Row("relatedItem[@type='host']/originInfo/place", "place"),
        Row("relatedItem[@type='host']/originInfo/dateIssued", "date", need=SHOULD),
        Row("relatedItem[@type='host']/originInfo/edition", "edition"),
        Row("relatedItem[@type='host']/identifier[@type='isbn']", "ISBN"),
        Row("relatedItem[@type='host']/identifier[@type='doi']", "book DOI"),
        Row("relatedItem[@type='host']/part/detail[@type='chapter']", "chapter number"),
        Row("relatedItem[@type='host']/part/extent/start", "first page"),
        Row("relatedItem[@type='host']/part/extent/end", "last page"),
        Row("relatedItem[@type='series']/titleInfo", "series"),
        Row("relatedItem[@type='series']/identifier[@type='issn']", "series ISSN"),
        Row("relatedItem[@type='references']/note", "references"),
    ),
)
_PEOPLE = ("authors", "chapter editors", "translators", "other contributors")
_VOLUME = ("book editors", "book translators", "series editors")


def write(edition: Edition) -> Made:
    """The chapter as one MODS record."""
    return made(TARGET, edition, _xml)


def _xml(edition: Edition) -> bytes:
    return filled(
        "mods.xml",
        edition,
        people=_people(edition, _PEOPLE),
        volume_people=_people(edition, _VOLUME),
        references=FACTS["references"](edition.chapter.record),
        isbns=FACTS["ISBN"](edition.chapter.record),
    ).encode()


def _people(edition: Edition, facts: tuple[str, ...]) -> list[Who]:
    everyone = (who for fact in facts for who in FACTS[fact](edition.chapter.record))
    return [who for who in everyone if not who.anonymous]
