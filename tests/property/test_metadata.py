"""Generated chapters in every metadata format: valid, nothing lost, nothing escaped twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.settings import Crossref
from tests import schemas
from tests.property.strategies import chapters
from tests.property.test_chapters import edition, examples

METADATA = [row.name for row in formats().values() if row.group == "metadata"]
XML = ("crossref", "datacite", "marcxml", "mods", "oai-dc", "onix", "qdc")


def published(data: bytes) -> Edition:
    """A generated chapter with what registration asks for, which the strategy leaves out."""
    made = edition(data)
    record = made.chapter.record
    book = replace(record.book, publisher="Press & <Sons>", id="v1", place="Bakı")
    record = replace(record, doi="10.5555/a<b>&c", url="https://example.org/?a=1&b=2", book=book)
    house = replace(made.settings, crossref=Crossref(email="a@example.org"))
    return replace(made, chapter=replace(made.chapter, record=record), settings=house)


@pytest.mark.parametrize("name", METADATA)
@examples(25)
@given(data=chapters())
def test_valid_in_valid_out_and_no_fact_lost(name: str, data: bytes) -> None:
    given_, format_ = published(data), formats()[name]
    made = format_.write(given_)
    if not given_.chapter.record.contributors and made.left_out:
        assert [f.rule for f in errors(made.findings)] == ["PT771"]
        return
    assert errors(made.findings) == []
    assert errors(format_.check(made.data, "c.x", "full")) == []
    assert format_.conserved(given_, made.data, "c.x") == []
    assert format_.write(published(data)).data == made.data


@pytest.mark.parametrize("name", sorted(set(schemas.NEEDS) - set(XML)))
@examples(25)
@given(data=chapters())
def test_the_official_schema_has_no_objection(name: str, data: bytes) -> None:
    made = formats()[name].write(published(data))
    assert made.left_out or schemas.messages(name, made.data) == []


@pytest.mark.schemas
@examples(25)
@given(data=chapters())
def test_every_xml_format_of_metadata_is_valid(data: bytes) -> None:
    """One chapter in all of them: by our check, and by the official schema where we have it."""
    given_ = published(data)
    for name in XML:
        made = formats()[name].write(given_)
        if made.left_out:
            assert not given_.chapter.record.contributors
            continue
        assert errors(formats()[name].check(made.data, "c.xml", "full")) == [], name
        assert formats()[name].conserved(given_, made.data, "c.xml") == [], name
        assert name not in schemas.NEEDS or schemas.messages(name, made.data) == [], name


@examples(25)
@given(data=chapters())
def test_the_page_says_the_same_to_machines(data: bytes) -> None:
    given_ = edition(data)
    page = etree.fromstring(formats()["html"].write(given_).data)
    title = given_.chapter.record.full_title
    assert page.xpath("string(//*[@name='citation_title']/@content)") == title
    script = page.xpath("string(//*[local-name()='script'])")
    assert json.loads(str(script))["name"] == title
