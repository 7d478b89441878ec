"""The example has no fault, reaches every format, and uses what a chapter can hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from pubtool import config, examination, pipeline
from pubtool.diagnostics import Severity
from pubtool.edition import Edition
from pubtool.formats import expanded, formats
from pubtool.pipeline import Outcome
from pubtool.scaffold import scaffold
from pubtool.writers import pdf
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples"
CHAPTER = EXAMPLES / "chapters" / "chapter-03.xml"
NAMES = {"c": "urn:pubtool:chapter:1", "m": "http://www.w3.org/1998/Math/MathML"}


@pytest.fixture(scope="module")
def chapter() -> etree._Element:
    return etree.parse(CHAPTER).getroot()


ALL, _ = expanded(["all"])
FULL_TEXT = [name for name in ALL if formats()[name].group != "metadata"]


def asked(*rules: str) -> set[tuple[str, str]]:
    """What receivers of XML ask for that nobody can know of an invented book."""
    return {(format_, rule) for format_ in ("jats", "bits") for rule in rules}


def exported(
    chapter: Path, out: Path, names: list[str], unknown: set[tuple[str, str]]
) -> list[Outcome]:
    """Formats of a chapter, fully checked; nothing is found but what a format cannot hold."""
    settings, findings = config.load(chapter)
    results = list(pipeline.export(chapter, names, settings, out, "full"))
    outcomes = [one for one in results if isinstance(one, Outcome)]
    assert [*findings, *(one for one in results if not isinstance(one, Outcome))] == []
    assert [(o.format, o.passed) for o in outcomes] == [(name, True) for name in names]
    told = {(o.format, f.rule) for o in outcomes for f in o.findings}
    assert told <= {("typst", "PT752"), ("icml", "PT752"), *unknown}
    return outcomes


def test_it_gives_an_editor_nothing_to_decide() -> None:
    """Notes remain: invented institutions have no ROR id, and an author wants to be written to."""
    settings, findings = config.load(CHAPTER)
    told = [*findings, *examination.examine(CHAPTER, settings)]
    assert [f for f in told if f.severity is not Severity.NOTE] == []


def test_it_reaches_every_format_without_a_finding(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES, tmp_path / "examples")
    # Its institutions are invented, and have no ROR identifier.
    made = exported(folder / "chapters" / CHAPTER.name, tmp_path / "build", ALL, asked("PT714"))
    pages = pypdfium2.PdfDocument(next(o.path for o in made if o.format == "pdf"))
    assert len(pages) == 10


def test_a_new_project_reaches_every_format_without_a_finding(tmp_path: Path) -> None:
    files = list(scaffold(tmp_path / "volume"))
    (chapter,) = (file for file in files if file.parent.name == "chapters")
    # Nor is the licence known, and which ISBN the volume has.
    exported(chapter, tmp_path / "build", FULL_TEXT, asked("PT713", "PT714"))


def test_a_new_project_is_told_what_its_metadata_lack(tmp_path: Path) -> None:
    """It has no DOI yet: everything else is made, and asking for all is no error."""
    files = list(scaffold(tmp_path / "volume"))
    (chapter,) = (file for file in files if file.parent.name == "chapters")
    settings, _ = config.load(chapter)
    names, optional = expanded(["metadata"])
    told = list(pipeline.export(chapter, names, settings, tmp_path / "b", "full", optional))
    made = [one.format for one in told if isinstance(one, Outcome) and one.passed]
    assert [name for name in names if name not in made] == ["crossref", "datacite", "onix"]
    missing = [one for one in told if not isinstance(one, Outcome)]
    assert {(one.rule, one.severity) for one in missing} <= {("PT770", "note"), ("PT771", "note")}
    assert any("Crossref cannot be made without the DOI" in one.message for one in missing)


def test_its_pages_are_as_many_as_it_says(edition_of: Callable[[Path], Edition]) -> None:
    record = edition_of(CHAPTER).chapter.record
    assert (record.first_page, record.last_page) == ("41", "50")


@pytest.mark.parametrize(
    ("feature", "least"),
    [
        ("//c:contributor[@role='author'][c:orcid][c:credit][c:bio]", 2),
        ("//c:affiliation/c:country[@code]", 2),
        ("//c:trans-title[@xml:lang='tr']", 1),
        ("//c:abstract/@xml:lang", 2),
        ("//c:keywords/@xml:lang", 2),
        ("//c:funding/c:award", 1),
        ("//c:body/c:epigraph", 1),
        ("//c:body/c:sec[@number]", 6),
        ("//c:sec/c:sec[@number]", 5),
        ("//c:fig[c:alt][c:caption]/c:graphic", 1),
        ("//c:table-wrap[c:caption][c:table-notes]//*[@colspan]", 1),
        ("//c:table-wrap//*[@rowspan]", 1),
        ("//c:disp-formula[c:tex]/m:math", 1),
        ("//c:inline-formula[c:tex]/m:math", 1),
        ("//c:fn", 5),
        ("//c:disp-quote[c:attrib]", 1),
        ("//c:verse-group/c:verse-line", 4),
        ("//c:list/c:list-item", 4),
        ("//c:foreign[@xml:lang]", 5),
        ("//c:xref[@rid=//c:fig/@id]", 1),
        ("//c:xref[@rid=//c:table-wrap/@id]", 1),
        ("//c:xref[@rid=//c:disp-formula/@id]", 1),
        ("//c:cite", 15),
        ("//c:cite[@locator]", 10),
        ("//c:back/c:ack", 1),
        ("//c:statement[@kind='conflict']", 1),
    ],
)
def test_it_uses(feature: str, least: int, chapter: etree._Element) -> None:
    found = chapter.xpath(feature, namespaces=NAMES)
    assert isinstance(found, list)
    assert len(found) >= least


def test_its_twelve_references_are_structured_and_each_is_cited(chapter: etree._Element) -> None:
    refs = chapter.findall(".//{*}ref")
    assert len(refs) == 12
    for ref in refs:
        fields = {etree.QName(field).localname for field in ref}
        assert fields & {"name", "collab"}
        assert fields & {"year", "date"}
        assert {"title", "as-written"} <= fields
        assert ref.get("type")
    assert len({ref.get("type") for ref in refs}) >= 8
    cited = " ".join(cite.get("ref", "") for cite in chapter.iter("{*}cite")).split()
    assert {ref.get("id") for ref in refs} == set(cited)


def test_it_is_written_with_every_letter_that_gets_lost_elsewhere(chapter: etree._Element) -> None:
    assert set("əƏİışŞğçÇöÖüÜ") <= set("".join(chapter.itertext()))


def test_a_note_stands_on_the_page_of_its_number(edition_of: Callable[[Path], Edition]) -> None:
    edition = replace(edition_of(CHAPTER), parts={"jats": b"<article/>"})
    pages = pypdfium2.PdfDocument(pdf.write(edition).data)
    texts = [" ".join(p.get_textpage().get_text_bounded().split()) for p in pages]
    (called,) = [n for n, text in enumerate(texts) if "a receipt, a poster or a poem" in text]
    assert "On the demand for small printing" in texts[called]
