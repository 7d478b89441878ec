"""JATS in: our own comes back the same; damaged JATS is refused or read, never lost in silence."""

from __future__ import annotations

import copy
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pubtool import intake
from pubtool.diagnostics import Unreadable, errors
from pubtool.readers import jats
from pubtool.readers.jats_source import parse as parse_jats
from pubtool.readers.jats_words import tokens
from pubtool.settings import Settings
from pubtool.source import parse
from pubtool.validate import chapter_findings
from pubtool.writers import bits, jats_article
from tests.conftest import EVERYTHING
from tests.property.strategies import chapters, mutated
from tests.property.test_chapters import examples
from tests.roundtrip import differences, there_and_back

SAMPLE = Path(__file__).parent / "sample-jats.xml"


@pytest.mark.parametrize("writer", [jats_article, bits], ids=["jats", "bits"])
@examples(60)
@given(data=chapters())
def test_a_generated_chapter_comes_back(writer: ModuleType, data: bytes) -> None:
    back = there_and_back(data, writer)
    assert differences(data, back.data) == []
    assert errors(back.findings) == []


@cache
def sources() -> tuple[bytes, ...]:
    """JATS of our own making with every element of a chapter, and some of other houses."""
    return (there_and_back(EVERYTHING.read_bytes()).jats, SAMPLE.read_bytes())


def judge(data: bytes) -> None:
    """Refused with a finding; or a valid chapter, each word in it or in a finding."""
    try:
        made = jats.read_all(data, "in.xml", Settings())
    except Unreadable:
        return
    for imported in made:
        valid(imported.data)


def valid(data: bytes) -> None:
    """A chapter by the schema, whatever is wrong with a number in it."""
    wrong = errors(chapter_findings(parse(data, "out.xml"), intake.schema()))
    assert [(f.rule, f.message) for f in wrong if not f.rule.startswith("PT4")] == []


@examples(100)
@given(
    which=st.integers(0, 1),
    edits=st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damaged_bytes_are_refused_or_read(which: int, edits: list[tuple[int, int]]) -> None:
    judge(mutated(sources()[which], edits))


_NAMES = (
    "p sec title list list-item fig table-wrap table tr td xref fn italic sup ref mixed-citation "
    "element-citation name surname contrib aff disp-formula boxed-text media verse-group label "
    "caption graphic abstract ack app ref-list body back invented alternatives def-list"
).split()
_change = st.tuples(
    st.sampled_from(["rename", "remove", "double", "unwrap", "wrap", "move", "strip"]),
    st.integers(0, 5_000),
    st.integers(0, 5_000),
    st.sampled_from(_NAMES),
)


@examples(100)
@given(which=st.integers(0, 1), changes=st.lists(_change, min_size=1, max_size=6))
def test_rearranged_elements_are_refused_or_read(
    which: int, changes: list[tuple[str, int, int, str]]
) -> None:
    judge(rearranged(sources()[which], changes))


def rearranged(data: bytes, changes: list[tuple[str, int, int, str]]) -> bytes:
    """Well-formed XML with elements renamed, taken out, doubled, wrapped or moved."""
    root = etree.fromstring(data, etree.XMLParser(load_dtd=False, resolve_entities=False))
    for how, first, second, name in changes:
        elements = [e for e in root.iter("*") if e is not root]
        if not elements:
            break
        change(how, elements[first % len(elements)], elements[second % len(elements)], name)
    return etree.tostring(root, encoding="UTF-8")


def change(how: str, e: etree._Element, other: etree._Element, name: str) -> None:
    parent = e.getparent()
    assert parent is not None
    if how == "rename":
        e.tag = name
    elif how == "remove":
        parent.remove(e)
    elif how == "double":
        double = copy.deepcopy(e)
        double.tail = None
        e.addnext(double)
    elif how == "unwrap":
        e.tag = "gone"
        etree.strip_tags(parent, "gone")
    elif how == "wrap":
        around = etree.Element(name)
        parent.replace(e, around)
        around.append(e)
    elif how == "strip":
        e.attrib.clear()
    elif e not in other.iterancestors() and e is not other:
        other.append(e)


def test_the_words_of_the_sample_are_all_counted() -> None:
    """The comparison sees every word of a source: none hides from it."""
    root = parse_jats(SAMPLE.read_bytes(), "sample.xml")[0].root
    for reply in root.findall("response"):
        root.remove(reply)
    seen = Counter("".join(token for _, token in tokens(root)))
    there = Counter("".join("".join(root.itertext()).split()))
    assert seen == there
