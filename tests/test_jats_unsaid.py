"""What JATS import does not keep it names: words, marks that are words, addresses, numbers."""

from __future__ import annotations

import pytest
from lxml import etree

from pubtool.diagnostics import errors
from pubtool.intake import schema
from pubtool.readers import Imported, jats
from pubtool.settings import Settings
from pubtool.source import parse
from pubtool.validate import chapter_findings
from tests.fuzz import conserved
from tests.property.test_jats_import import SAMPLE, sources

GOOD = SAMPLE.read_text()
OURS = sources()[0].decode()


def imported(old: str, new: str, source: str = GOOD) -> Imported:
    """The first chapter of a sample in which one thing stands otherwise."""
    assert source.count(old) == 1, old
    return jats.read_all(source.replace(old, new).encode(), "in.xml", Settings())[0]


def told(made: Imported, rule: str) -> list[str]:
    return [finding.message for finding in made.findings if finding.rule == rule]


CASES = {
    "a funder without a name": (
        "<institution>Invented Fund</institution>",
        "",
        ["<funding-source> is a funder without a name", "10.13039/501100000000"],
    ),
    "words in a cross-reference of an author": (
        "<degrees>PhD</degrees>",
        "<xref><degrees>PhD</degrees></xref>",
        ["<xref> has no place in a chapter: “PhD”"],
    ),
    "a mark that is words": (
        '<fn id="n1"><label>a</label>',
        '<fn id="n1"><label>Note the first</label>',
        ["<label> has no place in a chapter: “Note the first”"],
    ),
    "a second alternative text": (
        '<mml:math id="m1">',
        '<alt-text>once</alt-text><alt-text>once more</alt-text><mml:math id="m1">',
        ["<alt-text> has no place in a chapter: “once more”"],
    ),
    "an address without a place": (
        "<publisher-loc>Bakı</publisher-loc>",
        '<publisher-loc>Bakı<graphic xlink:href="gone.png"/></publisher-loc>',
        ["gone.png"],
    ),
    "a licence nobody can follow": (
        'xlink:href="https://creativecommons.org/licenses/by/4.0/"',
        'xlink:href="h~tps://creativecommons.org/licenses/by/4.0/"',
        [
            "<license> is a licence without an address that can be followed: “Free to read.”",
            "h~tps://creativecommons.org/licenses/by/4.0/",
        ],
    ),
    "a file at what is no address": (
        'xlink:href="https://example.org/data.csv"',
        'xlink:href="1ttps://example.org/data.csv"',
        ["are written with %3A and the like: 1ttps://example.org/data.csv"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_kept_is_named(name: str) -> None:
    old, new, expected = CASES[name]
    made = imported(old, new)
    messages = [finding.message for finding in made.findings]
    for words in expected:
        assert any(words in message for message in messages), messages


@pytest.mark.parametrize("name", CASES)
def test_what_is_made_is_a_chapter(name: str) -> None:
    old, new, _ = CASES[name]
    findings = errors(chapter_findings(parse(imported(old, new).data, "out.xml"), schema()))
    assert [f.message for f in findings if not f.rule.startswith("PT4")] == []


def test_a_number_of_a_section_where_none_can_stand_is_kept() -> None:
    made = imported("<title>Aim</title>", "<label>7.3</label><title>Aim</title>")
    assert "<bold>7.3 Aim</bold>" in made.data.decode()


def test_a_number_of_a_figure_in_a_line_is_kept() -> None:
    figure = '<fig><label>Figure 9</label><graphic xlink:href="i.png"/></fig>'
    made = imported("<italic>words</italic>", f"<italic>words{figure}</italic>")
    assert "Figure 9" in "".join(etree.fromstring(made.data).itertext())


def test_a_second_number_of_a_chapter_is_named() -> None:
    label = "<title-group><label>Part of a series</label>"
    made = imported("<title-group>\n<article-title>Every", f"{label}<article-title>Every", OURS)
    assert any("Part of a series" in message for message in told(made, "PT606"))


def test_words_pubtool_printed_for_a_link_that_leads_nowhere_are_kept() -> None:
    old = '<xref ref-type="fig" rid="fig1" specific-use="generated">'
    made = imported(old, old.replace("fig1", "gone"), OURS)
    assert "See Figure 1, " in "".join(etree.fromstring(made.data).itertext())


def test_what_stands_in_a_link_that_pubtool_printed_is_named() -> None:
    old = 'specific-use="generated">Figure 1<'
    made = imported(old, 'specific-use="generated">Figure 1<abbrev>etwas</abbrev><', OURS)
    assert any("<abbrev> has no place" in message for message in told(made, "PT606"))


def citation(mixed: str, fields: str) -> list[str]:
    """What is said of a reference told in words and in fields."""
    old = "<mixed-citation>Anon., <italic>No name</italic>, n.d.</mixed-citation>"
    words = f"<mixed-citation>{mixed}</mixed-citation>"
    both = f"{words}<element-citation>{fields}</element-citation>"
    return told(imported(old, f"<citation-alternatives>{both}</citation-alternatives>"), "PT606")


def test_fields_that_neither_the_wording_nor_a_field_says_are_named() -> None:
    fields = "<person-group><surname>Lone</surname></person-group><source>Title</source>stray"
    messages = citation("Title.", fields)
    assert "<surname> has no place in a chapter: “Lone”" in messages
    assert "<element-citation> has no place in a chapter: “stray”" in messages


def test_fields_that_are_kept_are_not_named() -> None:
    fields = "<source>Title</source><year>2001</year><month>Sep</month><isbn>0-306-40615-2</isbn>"
    messages = citation("Title. 2001.", fields)
    assert not [m for m in messages if any(w in m for w in ("Title", "2001", "Sep", "40615"))]


def test_a_good_file_has_nothing_unsaid() -> None:
    for source in sources():
        made = jats.read_all(source, "in.xml", Settings())
        assert not any(told(part, "PT602") for part in made)
        assert conserved.lost("in.xml", source, made) == {}


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("One line", "One long line", {"long": 1}),
        ("<year>1999</year>;<volume>3", "<year>1999</year><volume>388", {"388": 1}),
        ("leaf.png", "leaf.jpg", {"leaf.jpg": 1}),
        ("Invented Fund", "Invented Foundation", {"foundation": 1}),
    ],
    ids=["prose", "a number run together", "an address", "a fact"],
)
def test_the_fuzzer_s_own_count_sees_what_is_missing(
    old: str, new: str, lost: dict[str, int]
) -> None:
    """What was made of the sample lacks what only the other file has."""
    made = jats.read_all(GOOD.encode(), "in.xml", Settings())
    assert GOOD.count(old) == 1
    silent = conserved.lost("in.xml", GOOD.replace(old, new).encode(), made)
    assert silent == lost
