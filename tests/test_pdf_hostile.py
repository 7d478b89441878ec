"""Chapters hard to set: the PDF is right, or a finding says what to do; no word is lost."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pillow

from pubtool.checks.pdf import check, conserved
from pubtool.checks.pdf_text import marked_text
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.resources import Image
from pubtool.writers import pdf
from tests.test_html import edition_from
from tests.test_pdf import with_jats
from tests.test_pdf_tags import read_tree, tagged

ROWS = 900
WORDS = "Letters came late and were read twice before anybody answered them. "


def set_whole(edition: Edition, *expected: str) -> tuple[bytes, list[Diagnostic]]:
    """The PDF of a chapter and its findings, of the rules expected; claims hold, words are all."""
    ready = with_jats(edition)
    made = pdf.write(ready)
    assert {f.rule for f in made.findings} == set(expected)
    assert all(f.hint for f in made.findings)
    assert check(made.data, "c.pdf", "full") == []
    assert conserved(ready, made.data, "c.pdf") == []
    return made.data, list(made.findings)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as file:
        return len(file.pages)


def table(rows: int, columns: int, cell: str = "{r}.{c}") -> str:
    body = "".join(
        f"<tr>{''.join(f'<td>{cell.format(r=r, c=c)}</td>' for c in range(columns))}</tr>"
        for r in range(rows)
    )
    head = f"<tr>{''.join(f'<th>Head {c}</th>' for c in range(columns))}</tr>"
    return (
        f'<table-wrap id="t"><caption><p>A table.</p></caption>'
        f"<table><thead>{head}</thead><tbody>{body}</tbody></table></table-wrap>"
    )


def test_a_word_longer_than_the_line_is_divided() -> None:
    edition = edition_from(f"<p>{WORDS}{'0123456789' * 40} {WORDS}</p>")
    set_whole(edition)
    made = tagged(edition)
    with_text = [page.get_textpage() for page in opened(pdf.write(with_jats(edition)).data)]
    rights = [t.get_charbox(n)[2] for t in with_text for n in range(t.count_chars())]
    assert max(rights) <= (160 - 19) / 25.4 * 72
    assert made.of("P")


def test_a_table_wider_than_the_page_is_told_with_its_place() -> None:
    wide = table(3, 40, "Column {c}").replace('id="t"', 'id="wide"')
    _, findings = set_whole(edition_from(f"<p>{WORDS}</p>\n{wide}"), "PT740")
    assert [(f.line, "mm out into the margin" in f.message) for f in findings] == [(2, True)]


def test_a_table_of_forty_pages_is_one_table() -> None:
    edition = edition_from(
        f"<p>{WORDS}</p>{table(ROWS, 3, 'Row {r}, cell {c}, two lines of them')}"
    )
    data, _ = set_whole(edition)
    assert pages(data) >= 40
    with pikepdf.open(io.BytesIO(data)) as file:
        roles = Counter(element.role for element in read_tree(file).all())
    assert (roles["Table"], roles["THead"], roles["TR"]) == (1, 1, ROWS + 1)


def test_five_hundred_notes() -> None:
    note = "<fn><p>Note, with some words to fill its line and a little of the next one.</p></fn>"
    edition = edition_from("".join(f"<p>{WORDS}{note} {WORDS}{note}</p>" for _ in range(250)))
    data, _ = set_whole(edition)
    with pikepdf.open(io.BytesIO(data)) as file:
        roles = Counter(element.role for element in read_tree(file).all())
    assert roles["Note"] == roles["Reference"] == 500


def test_a_note_that_nearly_fills_a_page() -> None:
    edition = edition_from(f"<p>{WORDS}<fn><p>{WORDS * 36}</p></fn> {WORDS * 20}</p>")
    data, _ = set_whole(edition)
    assert pages(data) > 1


def test_a_note_longer_than_a_page_is_told_with_its_place() -> None:
    edition = edition_from(f"<p>Before.</p>\n<p>{WORDS}<fn><p>{WORDS * 90}</p></fn></p>")
    _, findings = set_whole(edition, "PT790")
    assert [(f.line, f.message.startswith("“Letters came late")) for f in findings] == [(2, True)]


LONG = WORDS * 80
TALL = {
    "a box": f"<boxed-text><title>Aside</title><p>{LONG}</p></boxed-text>",
    "a row of a table": "<table-wrap><caption><title>Said</title></caption><table><tbody>"
    f"<tr><td>{LONG}</td><td>x</td></tr></tbody></table></table-wrap>",
}


@pytest.mark.parametrize("body", TALL.values(), ids=TALL)
def test_what_is_longer_than_a_page_begins_where_it_stands(body: str) -> None:
    data, _ = set_whole(edition_from(f"<p>{WORDS}</p>{body}<p>{WORDS}</p>"))
    texts = [page.get_textpage().get_text_bounded() for page in opened(data)]
    assert " ".join(texts[0].split()).count("Letters came late") > 10
    assert len(texts) <= 3


def test_a_figure_larger_than_the_page_is_made_to_fit() -> None:
    buffer = io.BytesIO()
    Pillow.new("RGB", (900, 6000), "#884422").save(buffer, "PNG")
    figure = '<fig><graphic href="tower.png"/><alt>A tower</alt></fig>'
    edition = edition_from(f"<p>{WORDS}</p>{figure}<p>{WORDS}</p>")
    image = Image("tower.png", Path("tower.png"), buffer.getvalue(), "image/png")
    edition = replace(edition, images={"tower.png": image})
    set_whole(edition)
    made = tagged(edition)
    (shown,) = made.of("Figure")
    left, bottom, right, top = map(float, shown.raw.A.BBox)
    assert 0 < left < right < 160 / 25.4 * 72
    assert 0 < bottom < top < 240 / 25.4 * 72


def test_a_formula_made_too_small_is_told_with_its_place() -> None:
    terms = " + ".join(f"x_{{{n}}}^2" for n in range(60))
    formulas = f"<p>Short <inline-formula><tex>x^2</tex></inline-formula>.</p>\n{{}}<p>{WORDS}</p>"
    long = formulas.format(f"<disp-formula><tex>{terms}</tex></disp-formula>")
    _, findings = set_whole(edition_from(long), "PT793")
    assert [(f.line, "% of its size" in f.message) for f in findings] == [(2, True)]
    set_whole(edition_from(formulas.format("<disp-formula><tex>a = b</tex></disp-formula>")))


def test_right_to_left_text_runs_from_the_right() -> None:
    hebrew = '<foreign xml:lang="he">\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}</foreign>'
    made = pdf.write(with_jats(edition_from(f"<p>{WORDS}{hebrew} {WORDS}</p>")))
    assert {f.rule for f in made.findings} in ({"PT733"}, {"PT792"})
    assert conserved(edition_from(f"<p>{WORDS}{hebrew} {WORDS}</p>"), made.data, "c.pdf") == []
    text = opened(made.data)[0].get_textpage()
    printed = text.get_text_range()
    alef, bet = (printed.index(letter) for letter in "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}")
    assert text.get_charbox(alef)[0] > text.get_charbox(bet)[0]


def test_a_quotation_in_arabic_stands_at_the_right() -> None:
    words = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH} " * 9
    quotation = f'<disp-quote xml:lang="ar"><p>{words}</p></disp-quote>'
    made = pdf.write(with_jats(edition_from(f"<p>{WORDS}</p>{quotation}")))
    text = opened(made.data)[0].get_textpage()
    printed = text.get_text_range()
    boxes = [text.get_charbox(n) for n, c in enumerate(printed) if c > "\u0600"]
    assert min(left for left, *_ in boxes) > 80 / 25.4 * 72


@pytest.mark.parametrize("letters", ["\N{GRINNING FACE}", "\N{MELTING FACE}", "\ue0ff", "\u6f22"])
def test_letters_without_a_font_are_named(letters: str) -> None:
    made = pdf.write(with_jats(edition_from(f"<p>Said {letters} and left.</p>")))
    told = [f.message for f in made.findings if f.rule in ("PT733", "PT792")]
    printed = "".join("".join(parts) for parts in marked_text(made.data).values())
    assert len(told) == len(made.findings)
    assert letters in printed
    assert told or letters != "\ue0ff"
    assert all(f"U+{ord(letters):X}" in message for message in told)


HOSTILE = {
    "a script": "<script>fetch('http://example.org/')</script>",
    "a link to a file": '<image href="file:///etc/passwd" width="9" height="9"/>',
    "an address": '<image href="http://example.org/x.png" width="9" height="9"/>',
    "a part of another drawing": '<use href="http://example.org/x.svg#a"/>',
    "a style from elsewhere": "<style>@import url(http://example.org/x.css);</style>",
    "an entity": '<text y="9">&amp;</text>',
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_a_drawing_fetches_and_runs_nothing(inside: str) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<rect width="40" height="40" fill="#ccc"/>{inside}</svg>'
    )
    image = Image("x.svg", Path("x.svg"), svg.encode(), "image/svg+xml")
    figure = '<fig><graphic href="x.svg"/><alt>A square</alt></fig>'
    edition = replace(edition_from(f"<p>{WORDS}</p>{figure}"), images={"x.svg": image})
    made = pdf.write(with_jats(edition))
    assert {f.rule for f in made.findings} <= {"PT734"}
    assert "image" not in inside or made.findings
    assert b"root:" not in made.data
    assert b"JavaScript" not in made.data


def test_sections_as_deep_as_the_schema_lets_them_be() -> None:
    body = "".join(f"<sec><title>Level {n}</title><p>{WORDS}</p>" for n in range(9)) + "</sec>" * 9
    set_whole(edition_from(body))
