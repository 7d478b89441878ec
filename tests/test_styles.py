"""The built-in styles: understood whole, set in their faces, on their paper, with even pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from pubtool.checks.pdf import check, conserved
from pubtool.edition import Edition
from pubtool.settings import Pdf, Settings, Style
from pubtool.writers import pdf
from pubtool.writers.pdf_fonts import typefaces
from tests.test_html import edition_from
from tests.test_pdf import font_names, page_texts, with_jats
from tests.test_pdf_tags import EXAMPLE

SIZES = {"classic": (160, 240), "modern": (152.4, 228.6), "compact": (148, 210)}
MILLIMETRES = 25.4 / 72


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("which", ["example", "everything"])
def test_a_built_in_style_sets_a_chapter_without_a_finding(
    name: str, which: str, everything: Edition, edition_of: Callable[[Path], Edition]
) -> None:
    edition = everything if which == "everything" else edition_of(EXAMPLE)
    settings = replace(edition.settings, style=Style(name=name))
    ready = with_jats(replace(edition, settings=settings))
    made = pdf.write(ready)
    assert made.findings == ()
    assert check(made.data, "c.pdf", "full") == []
    assert conserved(ready, made.data, "c.pdf") == []
    with pikepdf.open(io.BytesIO(made.data)) as file:
        for page in file.pages:
            size = [float(n) * MILLIMETRES for n in page.MediaBox[2:]]
            assert size == pytest.approx(SIZES[name], abs=0.1)
    assert min(len(text) for text in page_texts(made.data)) > 120
    assert any("Lato" in font for font in font_names(made.data)) == (name == "modern")


@pytest.mark.parametrize("name", SIZES)
def test_a_built_in_style_has_its_paragraphs_broken_as_wholes(
    name: str, edition_of: Callable[[Path], Edition]
) -> None:
    edition = without_notes(edition_of(EXAMPLE))
    settings = replace(edition.settings, style=Style(name=name))
    greedy = replace(settings, pdf=Pdf(line_breaking="greedy"))
    lines = [lines_of(replace(edition, settings=s)) for s in (settings, greedy)]
    assert len(set(lines[0]) - set(lines[1])) > 20


def without_notes(edition: Edition) -> Edition:
    root = etree.fromstring(etree.tostring(edition.chapter.root))
    etree.strip_elements(root, "{*}fn", with_tail=False)
    return replace(edition, chapter=replace(edition.chapter, root=root))


def lines_of(edition: Edition) -> list[str]:
    """The lines of a chapter's pages."""
    return "\n".join(page_texts(pdf.write(with_jats(edition)).data)).splitlines()


@pytest.mark.parametrize("name", SIZES)
def test_no_line_begins_with_the_number_of_a_note(
    name: str, edition_of: Callable[[Path], Edition]
) -> None:
    edition = edition_of(EXAMPLE)
    ready = replace(edition, settings=replace(edition.settings, style=Style(name=name)))
    folios = set(map(str, range(41, 52)))
    alone = [line for line in lines_of(ready) if line.strip().isdigit()]
    assert set(alone) <= folios


def test_a_chapter_without_a_colophon_has_no_rule_for_it() -> None:
    made = pdf.write(with_jats(edition_from("<p>Words.</p>")))
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert not [o for o in file.objects if isinstance(o, pikepdf.Stream)
                    and o.get("/Type") == "/XObject"]  # fmt: skip


def test_the_first_typeface_named_is_the_one_asked_for() -> None:
    sheets = [':root { --serif: "A", "B", serif; }', ':root { --sans: "C"; --serif: "D"; }']
    assert typefaces(Style(), sheets) == {"serif": "D", "sans": "C"}
    assert typefaces(Style(fonts=("E", "F")), sheets) == {"serif": "E", "sans": "C"}


def test_a_typeface_that_stands_in_is_told_with_its_letters(everything: Edition) -> None:
    style = Style(fonts=("Lato",))
    edition = edition_from("<p>The word ꜥaꜣ.</p><code>x → y</code>", project=Settings(style=style))
    made = pdf.write(with_jats(edition))
    said = "“Gentium Book Plus” stands in for “ꜣ” (U+A723), “ꜥ” (U+A725)"
    assert [(f.rule, f.message) for f in made.findings] == [("PT792", said)]


@pytest.mark.parametrize("name", SIZES)
def test_lines_that_run_from_the_right_begin_at_one_edge(name: str) -> None:
    text = "كلمة طويلة في سطر من النص العربي الذي يملأ أكثر من سطر واحد " * 5
    edition = edition_from(f"<p>{text}<fn><p>{text}</p></fn></p><p>{text}</p>", language="ar")
    style = replace(edition.settings, style=Style(name=name))
    page = pypdfium2.PdfDocument(pdf.write(with_jats(replace(edition, settings=style))).data)[0]
    boxes = [part.get_bounds() for part in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    lines: dict[int, float] = {}
    for _, bottom, right, top in boxes:
        middle = round((bottom + top) / 2 / 6)
        lines[middle] = max(right, lines.get(middle, 0.0))
    edges = sorted(lines.values())[-9:]
    assert edges[-1] - edges[0] < 4


def test_a_project_may_have_a_style_of_its_own(tmp_path: Path, everything: Edition) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "print-house.css").write_text("@page { size: 100mm 300mm; }")
    settings = replace(everything.settings, root=tmp_path, style=Style(name="house"))
    made = pdf.write(with_jats(replace(everything, settings=settings)))
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert float(file.pages[0].MediaBox[2]) * MILLIMETRES == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("style", "says"),
    [
        (Style(font_size="huge"), "huge"),
        (Style(link_color="nocolour"), "nocolour"),
        (Style(page_size="octavo"), "octavo"),
    ],
)
def test_a_setting_that_means_nothing_is_told_in_the_settings_file(style: Style, says: str) -> None:
    linked = '<p><ext-link href="https://example.org/">Here</ext-link>.</p>'
    project = Settings(file="pubtool.toml", style=style)
    told = pdf.write(with_jats(edition_from(linked, project=project))).findings
    assert {(f.rule, f.file, f.line, says in f.message) for f in told if f.rule == "PT734"} == {
        ("PT734", "pubtool.toml", 0, True)
    }
