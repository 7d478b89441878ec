"""Every element the schema declares has a rule in every writer: nothing is dropped silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pubtool import resources
from pubtool.edition import Edition
from pubtool.rules import Rules
from pubtool.source import local, parse
from pubtool.writers.bits import bits
from pubtool.writers.html_page import html
from pubtool.writers.jats_article import jats
from pubtool.writers.pandoc_document import ast
from pubtool.writers.pdf_page import page

XS = "{http://www.w3.org/2001/XMLSchema}"
TABLES = [jats, bits, html, page, ast]


def declared() -> set[str]:
    schema = etree.parse(str(resources.find("schema", "chapter.xsd")))
    return {str(e.get("name")) for e in schema.getroot().iterchildren(f"{XS}element")}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_declared_element_is_covered(table: Rules[object]) -> None:
    assert declared() - table.covers() == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_no_rule_is_for_an_element_that_does_not_exist(table: Rules[object]) -> None:
    assert table.covers() - declared() - {"label"} == set()


def test_the_golden_chapter_uses_every_element(everything: Edition) -> None:
    used = {local(e) for e in everything.chapter.root.iter("{urn:pubtool:chapter:1}*")}
    assert declared() - used == set()


def test_every_element_and_attribute_is_documented() -> None:
    schema = etree.parse(str(resources.find("schema", "chapter.xsd"))).getroot()
    silent = [
        e.get("name")
        for e in schema.iterchildren(f"{XS}element")
        if e.find(f"{XS}annotation/{XS}documentation") is None
    ]
    assert silent == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_an_element_without_a_rule_speaks_up_and_keeps_its_text(
    table: Rules[object], everything: Edition, tmp_path: Path
) -> None:
    from pubtool.rules import Go

    house = table.extend()
    del house.table["italic"]
    go = Go(house, everything.chapter)
    source = parse(b'<p xmlns="urn:pubtool:chapter:1"><italic>kept</italic></p>', "x.xml")
    out = go(source.root[0])
    assert [f.rule for f in go.findings] == ["PT701"]
    assert "kept" in str(out)
