"""The editorial check: what a production editor hears about, and what they do not."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool import config, examination, intake, pipeline
from pubtool.catalogue import CATALOGUE, EDITORIAL
from pubtool.catalogue.families import family, is_editorial
from pubtool.cli import main
from pubtool.diagnostics import Diagnostic, Place, errors
from pubtool.lint import RULES, context, lint
from pubtool.lint.identifiers import valid_issn, valid_ror
from pubtool.lint.needs import NEEDS
from pubtool.lint.passages import MARK, passages
from pubtool.lint.pixels import pixels
from pubtool.lint.tables import widths
from pubtool.readers import read
from pubtool.settings import TARGETS, Check, CheckLimits, Settings
from pubtool.source import fragment, parse
from pubtool.text import squeeze
from tests.conftest import EVERYTHING, REPOSITORY

GOOD = Path(__file__).parent / "rules" / "good" / "chapter.xml"

# Defects of the seed by rule: the lines of the text file, sentences cut by a page break at the
# line where they begin (../shared/facts/import.md).
SEED = {
    "PT231": (3, 32, 32, 48, 50, 60, 91),
    "PT236": (66,),
    "PT239": (20, 20, 20, 48, 52, 52, 52),
    "PT240": (28, 38, 64),
    "PT241": (36, 52, 52, 52),
    "PT302": (90, 95, 96),
    "PT304": (60,),
    "PT306": (48, 50, 50, 60, 60),
    "PT307": (60,),
    "PT309": (44,),
    "PT320": (89,),
    "PT322": (88,),
    "PT323": (86, 87, 88, 92, 94),
    "PT324": (89,),
    "PT325": (94,),
    "PT415": (32, 60, 76),
    "PT430": (20,),
}
# What the import says of the same file, by rule and line.
SEED_IMPORT = {
    "PT601": (11, 13, 100),
    "PT604": (54, 72),
    "PT606": (87, 88, 90, 91, 95, 96, 102),
    "PT683": (60,),
    "PT685": (90, 95, 96),
    "PT689": (66,),
}
SAID_ONCE = ("PT229", "PT450", "PT451", "PT452", "PT453")


def chapter(body: str, back: str = "", front: str = "", language: str = "en") -> bytes:
    return (
        f'<chapter xmlns="urn:pubtool:chapter:1" id="c" xml:lang="{language}"><front>'
        f"<title>T</title>{front}</front><body>{body}</body>{back}</chapter>"
    ).encode()


def said(data: bytes, *ids: str, settings: Settings | None = None) -> list[str]:
    """The messages of some rules about a chapter."""
    source = parse(data, "c.xml")
    assert errors(intake.chapter_findings(source, intake.schema())) == []
    found = lint(source, settings or Settings(), {})
    return [f.message for f in found if f.rule in ids]


def reference(id_: str, wording: str) -> str:
    return f'<ref id="{id_}"><as-written>{wording}</as-written></ref>'


def listed(*references: str) -> str:
    return f"<back><references>{''.join(references)}</references></back>"


@pytest.fixture(scope="module")
def checked(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Diagnostic]]:
    path = tmp_path_factory.mktemp("seed") / "ch08.xml"
    path.write_bytes(read(seed, Settings()).data)
    return path, examination.examine(path, Settings(root=path.parent))


def test_every_defect_that_the_import_mends_is_told_at_its_line(seed: Path) -> None:
    findings = read(seed, Settings()).findings
    for rule, lines in SEED_IMPORT.items():
        assert tuple(f.line for f in findings if f.rule == rule) == lines, rule
    assert {f.rule for f in findings} == {*SEED_IMPORT, "PT603", "PT680"}


def line_of(text: str, lines: list[str]) -> int:
    """The line of the chapter that holds a line of the manuscript."""
    start = squeeze(re.sub(r"\\(?=\$)", "", text.removeprefix("- ")).replace("*", ""))
    start = start.removeprefix("Citation List: ")[:60]
    plain = [squeeze(re.sub(r"<[^>]+>", "", line)).replace("&amp;", "&") for line in lines]
    hits = [n for n, line in enumerate(plain, 1) if start in line]
    return hits[-1]


def test_every_defect_of_the_seed_is_told_at_its_place(
    seed: Path, checked: tuple[Path, list[Diagnostic]]
) -> None:
    path, findings = checked
    manuscript, lines = seed.read_text().split("\n"), path.read_text().split("\n")
    for rule, places in SEED.items():
        wanted = sorted(line_of(manuscript[n - 1], lines) for n in places)
        assert sorted(f.line for f in findings if f.rule == rule) == wanted, rule
    counts = Counter(f.rule for f in findings)
    assert [counts[rule] for rule in SAID_ONCE] == [1] * len(SAID_ONCE)
    assert counts["PT433"] == 2
    undefined = {f.message.split("”")[0] for f in findings if f.rule == "PT241"}
    assert undefined >= {"“ADR", "“OSCE", "“ECO"}


def test_nothing_that_is_right_in_the_seed_is_an_error(
    checked: tuple[Path, list[Diagnostic]],
) -> None:
    assert errors(checked[1]) == []


@pytest.mark.parametrize(
    "path",
    [EVERYTHING, GOOD, *sorted(REPOSITORY.glob("examples/**/chapters/*.xml"))],
    ids=lambda path: path.stem,
)
def test_our_own_chapters_are_free_of_errors(path: Path) -> None:
    settings, _ = config.load(path)
    assert errors(examination.examine(path, settings)) == []


def test_the_good_project_has_nothing_to_report_and_serves_every_target() -> None:
    settings, findings = config.load(GOOD)
    assert findings + examination.examine(GOOD, settings) == []
    assert set(settings.check.targets) == set(TARGETS)


def test_rules_and_catalogue_are_one() -> None:
    assert set(RULES) == {rule.id for rule in EDITORIAL}
    assert len(RULES) >= 70
    assert all(is_editorial(id_) and family(id_) != "other" for id_ in RULES)


def test_every_family_of_a_finding_has_a_name() -> None:
    assert {family(id_) for id_ in CATALOGUE} >= {"structure", "citations", "names", "machine"}
    assert "other" not in {family(id_) for id_ in CATALOGUE}


# ── pubtool.toml ──


def project(folder: Path, table: str) -> Path:
    (folder / "pubtool.toml").write_text(table)
    path = folder / "c.xml"
    path.write_bytes(chapter("<p>Two  spaces, and the the word.</p>"))
    return path


@pytest.mark.parametrize(
    ("weight", "severities"), [("off", []), ("error", ["error"]), ("note", ["note"])]
)
def test_a_house_weighs_findings(tmp_path: Path, weight: str, severities: list[str]) -> None:
    path = project(tmp_path, f'[check.rules]\nPT237 = "{weight}"\n')
    settings, wrong = config.load(path)
    assert wrong == []
    found = examination.examine(path, settings)
    assert [str(f.severity) for f in found if f.rule == "PT237"] == severities
    assert [f.rule for f in found if f.rule == "PT224"] == ["PT224"]


def test_an_error_of_the_house_keeps_a_query_out_of_a_release(tmp_path: Path) -> None:
    path = project(tmp_path, '[check.rules]\nPT201 = "error"\n')
    path.write_bytes(chapter("<p>Words.<query>Which?</query></p>"))
    settings, _ = config.load(path)
    made = list(pipeline.export(path, ["jats"], settings, tmp_path / "out", "none"))
    assert [f.rule for f in made if isinstance(f, Diagnostic)] == ["PT201"]
    assert not (tmp_path / "out" / "c.jats.xml").exists()


@pytest.mark.parametrize(
    ("table", "rule", "line", "words"),
    [
        ('[check.rules]\nPT2371 = "off"', "PT010", 2, "PT237"),
        ('[check.rules]\nPT501 = "off"', "PT010", 2, "PT501"),
        ('[check.rules]\nPT101 = "off"', "PT010", 2, "PT101"),
        ('[check.rules]\nPT237 = "fatal"', "PT012", 2, "warning"),
        ('[check]\ntargets = ["jatz"]', "PT012", 2, "crossref"),
        ("[check.limits]\nabstract-word = 9", "PT010", 2, "abstract-words"),
        ('[check.limits]\nabstract-words = "9"', "PT012", 2, "whole number"),
        ('[check.quotes]\nen = "«x»"', "PT012", 2, "two characters"),
    ],
)
def test_what_is_misspelt_is_told(
    tmp_path: Path, table: str, rule: str, line: int, words: str
) -> None:
    _, findings = config.load(project(tmp_path, table))
    assert [(f.rule, f.line) for f in findings] == [(rule, line)]
    assert words in findings[0].message


@pytest.mark.parametrize(
    ("field", "rule", "body", "at", "below"),
    [
        ("abstract_words", "PT430", "", 4, 3),
        ("paragraph_words", "PT214", "<p>One two three four.</p>", 4, 3),
        ("unbroken_words", "PT202", "<p>One two three four.</p>", 4, 3),
        ("heading_characters", "PT209", "<sec><title>Head</title><p>w</p></sec>", 4, 3),
    ],
)
def test_limits_hold_to_the_word(field: str, rule: str, body: str, at: int, below: int) -> None:
    data = chapter(body or "<p>w</p>", front="<abstract><p>One two three four.</p></abstract>")

    def with_limit(limit: int) -> Settings:
        return Settings(check=Check(limits=replace(CheckLimits(), **{field: limit})))

    assert said(data, rule, settings=with_limit(at)) == []
    assert len(said(data, rule, settings=with_limit(below))) == 1


# ── completeness ──


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_names_what_it_lacks(target: str) -> None:
    settings = Settings(check=Check(targets=(target,)))
    ids = {need.id for need in NEEDS}
    told = said(chapter("<p>w</p>", front='<pages first="1"/>'), *ids, settings=settings)
    # What is an affiliation's or an author's own is asked for where there is one.
    own = {"PT453", "PT454"}
    wanted = {n.name for n in NEEDS if target in n.targets and n.id not in own} - {"pages"}
    assert {m.partition(" (<")[0].removeprefix("no ") for m in told} == wanted
    assert all(f"{target} asks for" in message for message in told)


def test_a_field_that_several_ask_for_is_told_once() -> None:
    settings = Settings(check=Check(targets=("jats", "crossref", "oapen")))
    told = said(chapter("<p>w</p>"), "PT450", settings=settings)
    assert told == ["no licence (<license href>), which jats, crossref and oapen ask for"]


# ── passages ──


def test_every_character_knows_its_place() -> None:
    data = (
        '\ufeff<chapter xmlns="urn:pubtool:chapter:1" id="c" xml:lang="en"><front><title>T &amp; U'
        "</title></front>\r\n<body><!-- <p>no</p> --><p>One <italic>two</italic><fn><p>note</p>"
        "</fn> <![CDATA[<three>]]> &#x44;one.</p></body></chapter>"
    ).encode()
    found = {p.text: p for p in passages(parse(data, "c.xml"))}
    assert list(found) == ["T & U", f"One two{MARK} <three> Done.", "note"]
    p = found[f"One two{MARK} <three> Done."]
    text = data.decode("utf-8-sig")
    lines = text.split("\r\n")
    for word in ("One", "two", "three", "one."):
        place = p.place(p.text.index(word))
        assert place.line == 2
        assert lines[1][place.column - 1 :].startswith(word)
    done = p.text.index("Done")
    assert p.stretch(done, done + 1) == (text.index("&#x44;"), text.index("&#x44;") + 6)
    assert p.stretch(0, 7) is None
    assert p.file.offset(Place("other.xml", 1, 1)) is None


def test_passages_and_elements_agree_on_places(everything: object) -> None:
    source = parse(EVERYTHING.read_bytes(), "c.xml")
    for p in passages(source):
        start = p.file.offset(source.place(p.element))
        assert start is not None
        assert p.file.text[start:].startswith(f"<{p.kind}")
        assert not p.text or start < p.offset(0)


# ── single judgements ──


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("in 1912-1913 and 1912-13", 2),
        ("12(3):127-133, pp.5-9", 2),
        ("at 10:30-11:45, 1.12-14, 1,200-300", 0),
        ("pp. 211-212, 9-12", 2),
        ("978-0-306-40615-7, 2026-05-03, 2026-05, 0009-0001-6965-5561", 0),
        ("the 44-day war, B-52, 3-2 for them, 10.5555/a.1-2, 12-3", 0),
        ("https://example.org/1-2 and 1-2-3", 0),
    ],
)
def test_ranges_and_what_only_looks_so(text: str, ranges: int) -> None:
    assert len(said(chapter(f"<p>{text}</p>"), "PT231")) == ranges


@pytest.mark.parametrize(
    ("text", "rule", "count"),
    [
        ("a) one, b) two, 1) three", "PT227", 0),
        ("years (Aliyev, 2003, p. 5). (open", "PT227", 1),
        ("They had had it; she said that that was so.", "PT237", 0),
        ("M.A. Rasulzadeh wrote e.g. of it", "PT226", 0),
        ("a precise exercise, otherwise a surprise; the size of the prize", "PT239", 0),
        ("crises and promises; they recognize", "PT239", 0),
        ("the World Health Organization and the organisation", "PT239", 0),
        ("in chapters II and XIV, by the USA", "PT241", 0),
        ("Erdoğan, Erdoğan’s", "PT415", 0),
        ("Mətbuat is a word", "PT262", 0),
        ("Demir et al. (1999) say", "PT306", 0),
        ("It ended. (This took long in 1999.)", "PT306", 0),
        ("“He said “so” there”", "PT228", 0),
        ("he’s there, the 1990s’ end", "PT230", 0),
        ("the ’90s; John's", "PT230", 1),
        ("29 February 2024, 30 February 2024", "PT249", 1),
        ("12% and 13%", "PT251", 0),
        ("10 m<sup>2</sup>, x<sup>2</sup>, 10<sup>3</sup>, 4<sup>th</sup>", "PT253", 0),
        ("the treaty<sup>2</sup>; “so.”<sup>3</sup>", "PT253", 2),
        ("likewise, he disabled it; a clockwise turquoise; they realize", "PT239", 0),
        ("Case by case. Chase it. Shame. Same.", "PT415", 0),
        ("Şuşa, Shusha", "PT415", 1),
        ("10 μm, ΔG, kΩ", "PT222", 0),
        ("the v\u03bfwel", "PT222", 1),
        ("3 : 2, but so : no", "PT225", 1),
        ("e-mail a[at]example.org", "PT421", 0),
    ],
)
def test_judgements(text: str, rule: str, count: int) -> None:
    assert len(said(chapter(f"<p>{text}</p>"), rule)) == count


def test_citations_in_words_find_their_references() -> None:
    back = listed(
        reference("a", "Aliyev, H. (1997). <italic>One</italic>. Kale."),
        reference("b", "Demir, A., &amp; Kaya, B. (2001). <italic>Two</italic>. Kale."),
        reference("h", "History of the land. (2008). <italic>Volume 1</italic>. Kale."),
        reference("i", "History of the land. (2008). <italic>Volume 2</italic>. Kale."),
    )
    text = "<p>(Aliyev, 1997, p. 3; Demir &amp; Kaya, 2001) (History of the land, 2008)"
    text += " (Suna, 1990)</p>"
    data = chapter(text, back)
    assert [m.split("”")[1] for m in said(data, "PT305")] == [" means “a", " means “b"]
    assert ["(h) or " in m and "(i)" in m for m in said(data, "PT304")] == [True]
    assert said(data, "PT303") == ["“Suna, 1990” is not in the references"]
    assert said(data, "PT302") == []


def test_linked_citations_are_not_told_again() -> None:
    back = listed(reference("a", "Aliyev, H. (1997). <italic>One</italic>. Kale."))
    text = '<p>Words <cite ref="a" locator="3">(Aliyev, 1997, p. 3)</cite>.</p>'
    assert said(chapter(text, back), "PT302", "PT303", "PT305", "PT311", "PT312") == []


def test_a_numbered_list_may_stand_in_any_order() -> None:
    back = listed(*(reference(f"r{n}", f"{n}. (1999). Title. Kale.") for n in "dcba"))
    assert said(chapter("<p>Words [1], [2–4].</p>", back), "PT320", "PT302", "PT317") == []


def test_check_digits() -> None:
    assert valid_issn("2049-3630")
    assert valid_issn("0000-006X")
    assert not valid_issn("2049-3631")
    assert valid_ror("https://ror.org/05dxps055")
    assert valid_ror("03yrm5c26")
    assert not valid_ror("03yrm5c27")


def test_the_size_of_an_image_is_in_its_first_bytes() -> None:
    assert pixels((GOOD.parent / "images" / "dot.png").read_bytes()) == (1200, 800)
    assert pixels(b"GIF89a\x0a\x00\x14\x00") == (10, 20)
    frame = b"\xff\xc0\x00\x11\x08\x00\x14\x00\x0a\x03"
    assert pixels(b"\xff\xd8\xff\xe0\x00\x04ab" + frame) == (10, 20)
    assert pixels(b"RIFF....WEBPVP8X" + bytes(8) + b"\x09\x00\x00\x13\x00\x00") == (10, 20)
    assert pixels(b"\x89PNG\r\n\x1a\n") is None
    assert pixels(b"<svg/>") is None


def test_rows_are_counted_with_their_spans() -> None:
    table = fragment(
        b'<table><tbody><tr><td rowspan="2"/><td colspan="2"/></tr><tr><td/><td/></tr>'
        b"<tr><td/><td/></tr></tbody></table>"
    )
    assert [count for _, count in widths(table)] == [3, 3, 2]


def test_a_chapter_that_is_none_gets_no_editorial_advice(tmp_path: Path) -> None:
    path = tmp_path / "c.xml"
    path.write_bytes(chapter("<para>Two  spaces</para>"))
    rules = {f.rule for f in examination.examine(path, Settings(root=tmp_path))}
    assert rules == {"PT101"}


def test_an_identifier_with_a_fault_does_not_silence_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "c.xml"
    who = (
        "<contributor><name><family>X</family></name><orcid>0000-0002-1825-0098</orcid>"
        "</contributor>"
    )
    path.write_bytes(chapter("<p>Two  spaces</p>", front=who))
    rules = {f.rule for f in examination.examine(path, Settings(root=tmp_path))}
    assert {"PT401", "PT224"} <= rules


@pytest.mark.parametrize("path", sorted((REPOSITORY / "src/pubtool/lint").glob("*.py")))
def test_rules_know_no_clock_network_or_files(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    modules = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert names & {"open", "print", "input"} == set()
    assert modules & {"os", "time", "datetime", "random", "socket", "subprocess"} == set()


def test_rules_leave_the_chapter_as_it_is() -> None:
    source = parse(EVERYTHING.read_bytes(), str(EVERYTHING))
    from lxml import etree

    before = etree.tostring(source.root)
    c = context(source, Settings(), {})
    assert [p.text for p in c.passages]
    assert lint(source, Settings(), {}) == lint(source, Settings(), {})
    assert etree.tostring(source.root) == before


def test_check_sums_up_by_family(tmp_path: Path) -> None:
    path = project(tmp_path, "")
    result = CliRunner().invoke(main, ["check", str(path)])
    lines = result.stdout.splitlines()
    assert any(re.fullmatch(r"text +1 warning, 1 note", line) for line in lines)
    assert any(line.startswith("completeness") for line in lines)
    assert re.fullmatch(r"\d+ warnings, \d+ notes", lines[-1])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He wrote “one two three four five six seven.” Nobody knows.", ["PT309"]),
        ("He wrote “one two three four five six seven” (Kaya, 1999).", ["PT310"]),
        ("He wrote “one two three four five six seven.” (Kaya, 1999, p. 4). More.", []),
        ("Kaya (1999, p. 4) wrote: “One two three. Four five six seven.” More.", []),
        ("He wrote “one two three four five six seven”.<fn><p>Kaya.</p></fn> More.", []),
        ('He wrote “one two three four five six seven” <cite ref="k" locator="4">K</cite>.', []),
        ("Kaya (1999, p. 4) says so. Then he said “one two three four five six seven”.", ["PT309"]),
        ("He said “one two three” and more.", []),
    ],
)
def test_quotations_and_their_sources(text: str, told: list[str]) -> None:
    back = listed(reference("k", "Kaya, A. (1999). <italic>Roads</italic>. Kale."))
    source = parse(chapter(f"<p>{text}</p>", back), "c.xml")
    rules = [f.rule for f in lint(source, Settings(), {})]
    assert [rule for rule in rules if rule in ("PT309", "PT310")] == told
