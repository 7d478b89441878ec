"""JATS and BITS become chapters: what each of their constructions turns into."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool.cli import main
from pubtool.diagnostics import Unreadable
from pubtool.model import q
from pubtool.readers import Imported, canonical, jats, jats_blocks
from pubtool.readers.jats_run import jats_in
from pubtool.settings import Settings
from tests.conftest import EVERYTHING
from tests.spoiling import article, book

SAMPLE = Path(__file__).parent / "property" / "sample-jats.xml"
LEAVES = "Leaves 1999;3(2):18–27"
NS = {"c": "urn:pubtool:chapter:1", "m": "http://www.w3.org/1998/Math/MathML"}


def chapter(data: bytes) -> etree._Element:
    return etree.fromstring(data)


@pytest.fixture(scope="module")
def sample() -> Imported:
    return jats.read(SAMPLE.read_bytes(), "sample.xml", Settings())


def found(imported: Imported, path: str) -> list[str]:
    hits = chapter(imported.data).xpath(path, namespaces=NS)
    assert isinstance(hits, list)
    return [h if isinstance(h, str) else "".join(h.itertext()) for h in hits]


def test_the_sample_loses_nothing(sample: Imported) -> None:
    assert [f for f in sample.findings if f.is_error] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("//c:contributor[1]/@corresponding", ["yes"]),
        ("//c:contributor[1]/c:orcid", ["https://orcid.org/0000-0002-1825-0097"]),
        ("//c:contributor[1]/c:credit/@role", ["writing-original-draft"]),
        ("//c:contributor[1]/c:email[@visible='yes']", ["aylin@example.org"]),
        ("//c:contributor[2]/c:name/c:family", ["Əsgərov"]),
        ("//c:contributor[2]/c:bio/c:p", ["Elçin reads."]),
        ("//c:contributor[3]/c:collab", ["Margins Group"]),
        ("//c:contributor[4][@role='contributor']//c:family", ["Suna"]),
        ("//c:affiliation/c:institution/@ror", ["https://ror.org/03yrm5c26"]),
        ("//c:affiliation/c:country/@code", ["AZ", "TR"]),
        ("//c:trans-title[@xml:lang='tr']", ["Kenarlar: Bir inceleme"]),
        ("//c:short-title", ["Margins"]),
        ("//c:title[1]/c:fn/c:p", ["On the title."]),
        ("//c:dates/@published", ["2019-05-03"]),
        ("//c:dates/@received", ["2018-02-01"]),
        ("//c:license/@href", ["https://creativecommons.org/licenses/by/4.0/"]),
        ("//c:funding/c:funder/@doi", ["10.13039/501100000000"]),
        ("//c:keyword", ["margins", "leaf – edge"]),
        ("//c:identifier[@type='publisher-id']", ["77-12"]),
        ("//c:cite/@ref", ["b1 b2 b3"]),
        ("//c:page-break/@number", ["12"]),
        ("//c:p[@continued='yes']/c:xref/@rid", ["f1", "t1"]),
        ("//c:sec[1]/@number", ["1"]),
        ("//c:sec/@kind", ["introduction", "conclusion"]),
        ("//c:list/@style", ["lower-alpha"]),
        ("//c:fig[@id='f1']/c:graphic/@href", ["leaf.png"]),
        ("//c:fig[@id='f1']/c:source", ["By hand"]),
        ("//c:table-notes/c:p[@id='tf1']", ["* Torn."]),
        ("//c:td/c:xref/@rid", ["tf1"]),
        ("//c:table/@columns", ["left right", "left left"]),
        ("//c:td/@colspan", ["2", "2"]),
        ("//c:td/@rowspan", ["2"]),
        ("//c:td[c:break]", ["onetwo"]),
        ("//c:disp-formula/c:tex", ["n"]),
        ("//c:disp-formula/m:math/m:mi", ["n"]),
        ("//c:boxed-text/c:title", ["Theorem 1", "Aside"]),
        ("//c:media/@type", ["text/csv"]),
        ("//c:statement/@kind", ["contributions", "conflict", "funding"]),
        ("//c:statement[1]/c:p", ["Aylin Demir: Read everything."]),
        ("//c:app/@number", ["A"]),
        ("//c:ack/c:title", []),
        ("//c:ref/@type", ["article-journal", "chapter"]),
        ("//c:ref[1]/c:identifier[@type='pmid']", ["11493920"]),
        ("//c:ref[1]/c:as-written", [f"1. Aliyev H., Of leaves. {LEAVES}. 10.5555/l.3.2"]),
        ("//c:ref[2]/c:name[@role='editor']/c:family", ["Öz"]),
        ("//c:ref[2]/c:date", ["2001-09"]),
        ("//c:ref[2]/c:as-written", ["Kaya B. On edges, Öz C. Edges. İzmir: Kale. 2001 Sep. 300."]),
        ("//c:ref[3]/c:as-written", ["Anon., No name, n.d. Lost."]),
        ("//c:book/c:publisher/@place", ["Bakı"]),
    ],
)  # fmt: skip
def test_what_the_sample_becomes(sample: Imported, path: str, said: list[str]) -> None:
    assert found(sample, path) == said


@pytest.mark.parametrize(
    "forgotten",
    "p sec list def-list disp-quote verse-group fig table-wrap statement boxed-text preformat "
    "speech xref italic styled-content named-content email uri index-term title-less".split(),
)
def test_a_reader_that_forgets_is_found_out(
    forgotten: str, sample: Imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rule that returns nothing loses words, and each loss is an error with its line."""
    if forgotten == "title-less":
        monkeypatch.setattr(jats_blocks, "title_of", lambda *_: etree.Element(q("title")))
    else:
        monkeypatch.setitem(jats_in.table, forgotten, lambda e, go: None)
    imported = jats.read(SAMPLE.read_bytes(), "sample.xml", Settings())
    lost = [f for f in imported.findings if f.rule == "PT602"]
    assert lost, f"nothing was said of a lost <{forgotten}>"
    assert all(f.line > 1 and f.is_error for f in lost)


# ── safety ──


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        jats.read(data, "in.xml", Settings())
    return error.value.finding.rule


def test_entities_of_the_document_are_refused_and_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE article [<!ENTITY l0 "ha">{laughs}]><article><body>&l11;</body></article>'
    assert refused(bomb.encode()) == "PT651"
    outside = '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>'
    assert refused(outside.encode()) == "PT651"
    parameter = '<!DOCTYPE article [<!ENTITY % p SYSTEM "http://example.org/p">%p;]><article/>'
    assert refused(parameter.encode()) == "PT651"


def test_named_characters_are_put_in_but_not_in_cdata(tmp_path: Path) -> None:
    article(tmp_path, "<p>a&nbsp;b &mdash; &rsquor; &amp;amp; <![CDATA[&mdash;]]></p>")
    imported = jats.read((tmp_path / "in.xml").read_bytes(), "in.xml", Settings())
    assert found(imported, "//c:body/c:p") == ["a\u00a0b — ’ &amp; &mdash;"]


# ── parts ──


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["import", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_book_becomes_a_file_for_each_chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book(tmp_path, "First words.", "Second words.")
    code, said = run("in.xml", "-o", "chapters")
    assert (code, said.split()[:2]) == (0, ["chapters/in-c1.xml", "chapters/in-c2.xml"])
    assert b"Second words." in (tmp_path / "chapters" / "in-c2.xml").read_bytes()
    assert run("in.xml", "-o", "chapters")[0] == 1
    assert run("in.xml", "-o", "chapters", "--force")[0] == 0


def test_one_chapter_of_a_book_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book(tmp_path, "First words.", "Second words.")
    assert run("in.xml", "--part", "c2", "-o", "c2.xml")[0] == 0
    assert b"Second words." in (tmp_path / "c2.xml").read_bytes()
    code, said = run("in.xml", "-o", "all.xml")
    assert code == 1
    assert "2 chapters: c1 “Title 1”; c2 “Title 2”" in said
    assert not (tmp_path / "all.xml").exists()


def test_references_of_the_book_come_with_the_chapter_that_cites_them(tmp_path: Path) -> None:
    back = (
        "<book-back><ref-list><ref id='r1'><mixed-citation>Demir 1999.</mixed-citation></ref>"
        "<ref id='r2'><mixed-citation>Kaya 2001.</mixed-citation></ref></ref-list></book-back>"
    )
    book(tmp_path, "See <xref ref-type='bibr' rid='r2'>Kaya</xref>.", back=back)
    imported = jats.read((tmp_path / "in.xml").read_bytes(), "in.xml", Settings())
    assert found(imported, "//c:ref/c:as-written") == ["Kaya 2001."]


# ── canonical XML ──


def test_a_chapter_of_this_version_is_itself() -> None:
    data = EVERYTHING.read_bytes()
    assert canonical.read(data, "chapter.xml", Settings()) == Imported(data, [], "chapter")


def test_a_chapter_of_another_version_is_refused_with_what_to_do() -> None:
    data = EVERYTHING.read_bytes().replace(b"urn:pubtool:chapter:1", b"urn:pubtool:chapter:0")
    with pytest.raises(Unreadable, match="version “0”") as error:
        canonical.read(data, "chapter.xml", Settings())
    assert "up to date" in error.value.hint


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<label>a)<p><bold>B</bold></p><p>C.</p></label><p>Words.</p>", "a)BC. Words."),
        ("<label>Case</label><p><italic>First</italic> words.</p>", "Case First words."),
    ],
    ids=["paragraphs", "markup"],
)
def test_the_label_of_an_item_stands_before_its_words(
    inside: str, said: str, tmp_path: Path
) -> None:
    article(tmp_path, f"<list><list-item>{inside}</list-item></list>")
    made = jats.read((tmp_path / "in.xml").read_bytes(), "in.xml", Settings())
    assert found(made, "//c:list-item/c:p") == [said]
    assert found(made, "//c:p//c:p") == []


VOLUME = (
    '<related-object link-type="is-part-of" content-type="book"><source>A volume</source>{}'
    "</related-object>"
)


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        (VOLUME.format("Essays on leaves"), "Essays on leaves"),
        (VOLUME.format("<boxed-text><p>Boxed</p></boxed-text>"), "Boxed"),
        (VOLUME.format("") + "<isbn>978-0-306-40615-7</isbn>", "978-0-306-40615-7"),
        (
            '<history><date date-type="received"><year>2001</year><season>Spring</season></date>'
            "</history>",
            "Spring",
        ),
        (
            "<contrib-group><contrib><name>Demir<given-names>Aylin</given-names></name></contrib>"
            "</contrib-group>",
            "Demir",
        ),
        (
            "<contrib-group><contrib><name><surname>Demir</surname></name><xref>at sea</xref>"
            "</contrib></contrib-group>",
            "at sea",
        ),
        (
            "<contrib-group><contrib><name><surname>Demir</surname></name></contrib>"
            "<aff><label>1<surname>Kaya</surname></label><institution>U</institution></aff>"
            "</contrib-group>",
            "Kaya",
        ),
    ],
    ids=["loose", "strange", "isbn", "season", "name", "xref", "label"],
)
def test_what_is_not_understood_of_a_fact_is_named(meta: str, words: str, tmp_path: Path) -> None:
    article(tmp_path, "<p>Words.</p>", meta=meta)
    made = jats.read((tmp_path / "in.xml").read_bytes(), "in.xml", Settings())
    said = [f.message for f in made.findings if f.rule == "PT606"]
    assert [words in message for message in said] == [True], said


@pytest.mark.parametrize("order", ["{call} {note}", "{note} {call}"])
def test_a_note_in_the_text_that_is_called_as_well_stands_there_once(
    order: str, tmp_path: Path
) -> None:
    note = '<fn id="n1"><p>A note.</p></fn>'
    inside = order.format(call='<xref ref-type="fn" rid="n1">1</xref>', note=note)
    article(tmp_path, f"<p>Words {inside}.</p>")
    made = jats.read((tmp_path / "in.xml").read_bytes(), "in.xml", Settings())
    assert found(made, "//c:fn/c:p") == ["A note."]
    assert [f.rule for f in made.findings if f.rule == "PT602"] == []
