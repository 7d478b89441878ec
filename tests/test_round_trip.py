"""Our JATS and BITS read back are the same chapter; real JATS through a chapter keeps its facts."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from pubtool import intake
from pubtool.checks.jats import check
from pubtool.diagnostics import errors
from pubtool.readers import jats
from pubtool.readers.jats_parts import parts_of
from pubtool.readers.jats_source import parse as parse_jats
from pubtool.settings import Settings
from pubtool.source import parse
from pubtool.validate import chapter_findings, schema_findings
from pubtool.writers import bits, jats_article
from tests.conftest import EVERYTHING, REPOSITORY, shared
from tests.facts import facts
from tests.roundtrip import differences, edition, there_and_back

CHAPTERS = [
    *sorted((REPOSITORY / "tests" / "golden").glob("*/chapter.xml")),
    *sorted((REPOSITORY / "templates" / "new").glob("chapters/*.xml")),
    *sorted((REPOSITORY / "examples").glob("chapters/*.xml")),
]
CORPUS = (
    "elife-30274-v1.xml",
    "jatskit-goldenbough-bits.xml",
    "nlm-bitso-samplesmall-book-oasis.xml",
    "plosone-0178565.xml",
    "scielo-rsp-48-2-0347.xml",
)
# What of a fact changes its form, and why. Everything else must come back as it was.
DECLARED = {
    r"ref \d+ etal .*": "“et al.” is no name; it stands in the wording of the reference",
    r"ref \d+ month [A-Z]\w+": "a month told by its name becomes a number in an ISO date",
    r"ref \d+ date-in-citation \d{4} \w+ \d+": "a date in words becomes an ISO date",
    r"figure caption .* CodeSets .*": "a file linked in a caption stands after the figure",
}


@pytest.mark.parametrize("writer", [jats_article, bits], ids=["jats", "bits"])
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_our_xml_read_back_is_the_same_chapter(path: Path, writer: ModuleType) -> None:
    back = there_and_back(path.read_bytes(), writer)
    assert differences(path.read_bytes(), back.data) == []
    assert [f.message for f in back.findings] == []


def test_the_comparison_sees_a_single_letter() -> None:
    data = EVERYTHING.read_bytes()
    assert differences(data, data.replace(b"Boxed words", b"Boxed Words")) == [
        "- chapter/body/sec/sec/boxed-text/p {} ['Boxed words.']",
        "+ chapter/body/sec/sec/boxed-text/p {} ['Boxed Words.']",
    ]
    assert differences(data, data.replace(b'locator="186"', b'locator="187"')) != []


@pytest.mark.parametrize("name", CORPUS)
def test_real_jats_keeps_its_facts_through_a_chapter(name: str) -> None:
    path = shared(f"corpus/{name}")
    parts = parts_of(parse_jats(path.read_bytes(), name)[0].root)
    made = jats.read_all(path.read_bytes(), name, Settings())
    assert len(parts) == len(made) > 0
    lost: list[str] = []
    for part, imported in zip(parts, made, strict=True):
        source = parse(imported.data, name)
        assert [f.message for f in schema_findings(source, intake.schema())] == []
        assert {f.rule for f in errors(chapter_findings(source, intake.schema()))} <= {"PT402"}
        written = jats_article.write(edition(imported.data))
        assert errors([*written.findings, *check(written.data, name, "full")]) == []
        lost += sorted((facts(part.element) - facts(_tree(written.data))).elements())
    assert [line for line in lost if not any(re.fullmatch(d, line) for d in DECLARED)] == []


@pytest.mark.parametrize("name", CORPUS)
def test_no_word_of_real_jats_is_lost(name: str) -> None:
    made = jats.read_all(shared(f"corpus/{name}").read_bytes(), name, Settings())
    findings = [f for imported in made for f in imported.findings]
    assert errors(findings) == []
    assert {f.rule for f in findings} <= {
        "PT603", "PT606", "PT654", "PT655", "PT656", "PT657", "PT658", "PT659", "PT660",
        "PT662", "PT663", "PT664", "PT667",
    }  # fmt: skip


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, resolve_entities=False))
