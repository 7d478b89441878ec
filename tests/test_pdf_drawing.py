"""Lines shaped once and drawn by looking their glyphs up stand where the engine would set them."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
import weasyprint

from pubtool.writers import pdf, pdf_cut, pdf_glyphs, pdf_shaping, pdf_styles
from pubtool.writers.pdf_document import laid_out
from pubtool.writers.pdf_widths import has_plain_blanks
from tests.test_paragraphs import OPTIONS, PROSE, STYLE, boxes_of

# What is said of the place of a letter, in points: the engine rounds each advance.
NEAR = 0.35
# How far a full line may end from the others, in points: one unit for each of ten gaps.
FLUSH = 0.15
# A face without small capitals and without blanks of other widths.
OTHER = "<span style='font-family: P052'>"
LINES = {
    "plain": PROSE,
    "marked up": PROSE.replace("prices of", "<i>prices</i> <b>of the</b> ").replace(
        "children, with", "<a href='https://e.org/'>children</a>, <i>with</i>"
    ),
    "kept together": PROSE.replace("their newspapers", "their&#160;newspapers in p.&#160;17"),
    "letters apart": PROSE.replace("the lateness of", "<span class='sc'>the lateness of</span>"),
    "a font that draws letters to blanks": f"<span style='font-family: Lato'>{PROSE}</span>",
    "marks over letters": PROSE.replace("only now", "onl\u1e8f\u0323 n\u0254\u0301w x\u0327\u0302"),
    "a letter of another font": PROSE.replace("illnesses", "illnesses \u2699 \u03c9\u03c1\u03b1"),
    "a letter of no font": PROSE.replace("illnesses", "illnesses \U0001d173 of"),
    "joined": PROSE.replace("prices of", "1914\u2013\u20601918 \u2060https:/\u2060/a.b \u200bof"),
    "a narrow blank first": f"{OTHER}12\u202f000 francs de l'époque {PROSE}{PROSE}</span>",
    "a narrow blank later": f"{OTHER}{PROSE}Le prix\u202f: 12\u202f000 francs, {PROSE}</span>",
    "a blank as wide as the common one": f"{OTHER}{PROSE}and\u2005then {PROSE}</span>",
    "last lines justified": f"<span style='text-align-last: justify'>{PROSE}</span>",
    "Azerbaijani": "Məktublarda kağızın qiyməti, uşaqların xəstəliyi və gəmilərin gecikməsi " * 5,
}
# PDFium misplaces the engine's own drawing of this: two sizes and a number at the end.
SMALLER = f"{OTHER}{PROSE}<span style='font-variant: small-caps'>Of Capitals</span> {PROSE}</span>"
# The right edge of the text: the width of the page without its margin, in points.
MEASURE = (160 - 22) / 25.4 * 72
Letter = tuple[int, str, tuple[float, ...]]


def made(body: str, style: str = "") -> bytes:
    fonts = pdf._fonts()
    sheet = weasyprint.CSS(string=STYLE + style, font_config=fonts)
    html = weasyprint.HTML(string=f'<html lang="en"><body>{body}</body></html>')
    document, seen = laid_out(html, [sheet], fonts, OPTIONS, whole=True)
    assert seen.overfull == []
    return bytes(document.write_pdf(**OPTIONS))


def letters(data: bytes) -> list[Letter]:
    """Each letter of a PDF with its page and its place, in points."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        text = page.get_textpage()
        for i in range(text.count_chars()):
            letter = text.get_text_range(i, 1)
            if letter.strip():
                found.append((number, letter, text.get_charbox(i, loose=True)))
    return found


@pytest.mark.parametrize("body", LINES.values(), ids=LINES)
def test_letters_stand_where_the_engine_sets_them(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = letters(made(f"<p>{body}</p>"))
    monkeypatch.setattr(pdf_glyphs, "_shown", lambda *_: None)
    theirs = letters(made(f"<p>{body}</p>"))
    assert len(ours) > 300
    assert [letter[:2] for letter in ours] == [letter[:2] for letter in theirs]
    apart = [
        max(abs(a - b) for a, b in zip(one[2], two[2], strict=True))
        for one, two in zip(ours, theirs, strict=True)
    ]
    assert max(apart) < NEAR


@pytest.mark.parametrize("body", [*LINES.values(), SMALLER], ids=[*LINES, "smaller capitals"])
def test_full_lines_end_together(body: str) -> None:
    lines: dict[float, tuple[float, str]] = {}
    for _, letter, (_, bottom, right, _) in letters(made(f"<p>{body}</p>")):
        lines[round(bottom, 1)] = max(lines.get(round(bottom, 1), (0.0, "")), (right, letter))
    # An f hangs over its width, and hyphens are told as nothing.
    ends = [end for end, letter in lines.values() if end > MEASURE - 1 and letter != "f"]
    assert len(ends) >= 3
    assert all(abs(end - MEASURE) < FLUSH for end in ends)


def test_small_capitals_that_a_face_lacks_do_not_overlap() -> None:
    body = f"<h2>{PROSE[:70].title()}</h2>"
    set_ = letters(made(body, "h2 { font-family: P052; letter-spacing: normal }"))
    rows = [(one[2], two[2]) for one, two in pairwise(set_) if one[2][3] == two[2][3]]
    assert len(rows) > 40
    assert all(after[0] > before[2] - NEAR for before, after in rows)


@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("p { text-align-last: justify }", f"<p>{PROSE}</p>"),
        ("p { text-align: justify-all }", f"<p>{PROSE}</p>"),
        ("p { word-spacing: 2pt }", f"<p>{PROSE}</p>"),
        ("p { text-align: right }", f"<p>{PROSE}</p>"),
        ("pre { white-space: pre }", "<pre>one\u2028two three\n\n\tfour\x85five</pre>" * 20),
        ("pre { font: small-caps 9pt P052; white-space: pre }", "<pre>Small Capitals\n</pre>" * 40),
        ("p { hyphenate-character: '=' }", f"<p>{PROSE}</p>"),
    ],
)
def test_styles_of_publishers_are_set_as_by_the_engine(
    style: str, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = letters(made(body, style))
    monkeypatch.setattr(pdf_glyphs, "_shown", lambda *_: None)
    monkeypatch.setattr(pdf_shaping, "_is_plain", lambda *_: False)
    monkeypatch.setattr(pdf_cut, "has_plain_blanks", lambda _: False)
    theirs = letters(made(body, style))
    assert len(ours) > 200
    assert [letter[:2] for letter in ours] == [letter[:2] for letter in theirs]
    pairs = zip(ours, theirs, strict=True)
    apart = (abs(a - b) for x, y in pairs for a, b in zip(x[2], y[2], strict=True))
    assert max(apart) < NEAR


def test_a_blank_alone_brings_no_font_into_the_file() -> None:
    def fonts(data: bytes) -> int:
        with pikepdf.open(io.BytesIO(data)) as opened:
            return sum(
                isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
                for o in opened.objects
            )

    assert fonts(made(f"<p>{PROSE} <b>Bold</b><i> </i>roman. {PROSE}</p>")) == 2


def test_lines_that_are_not_kept_are_drawn_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(f"<p>{text}</p>" for text in LINES.values())
    kept = made(body)
    monkeypatch.setattr(pdf_shaping, "_KEPT", 3)
    assert made(body) == kept


def test_lines_are_shaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shaped: list[str] = []
    made("")
    layout = pdf_shaping._shaped()
    set_text = layout.set_text

    def counted(self: Any, text: str, justify: bool = False) -> None:
        before = self.line
        set_text(self, text, justify)
        if self.line != before:
            shaped.append(self.line)

    monkeypatch.setattr(layout, "set_text", counted)
    assert "schoolmaster" in "".join(letter for _, letter, _ in letters(made(f"<p>{PROSE}</p>")))
    lines = [line for line in shaped if len(line) > 40]
    assert len(lines) >= 3
    assert len(lines) == len(set(lines))


def test_blanks_are_plain_where_no_letter_comes_closer_to_them() -> None:
    def plain(family: str, rule: str = "") -> bool:
        boxes = boxes_of(f'<p style="font-family: {family}; {rule}">{PROSE}</p>')
        (paragraph,) = boxes.paragraphs()
        return has_plain_blanks(paragraph.style)

    assert plain("Gentium Book Plus")
    assert not plain("Lato")
    assert not plain("Gentium Book Plus", "letter-spacing: 0.1em")


def test_numbers_stand_only_where_something_moves() -> None:
    assert [pdf_glyphs._moved(back) for back in (0.0, 0.4, -0.4, 0.6, -81.2)] == [
        "", "", "", ">1<", ">-81<",
    ]  # fmt: skip


# ── pages ──


def test_pages_with_rules_of_their_own_keep_them() -> None:
    style = """
    @page { @top-center { content: "page " counter(page) } }
    @page :first { @top-center { content: "first" } }
    @page :left { @bottom-left { content: "left" } }
    @page :nth(4) { margin: 60mm; @top-center { content: "fourth" } }
    """
    body = "".join(f'<p style="break-before: page">{PROSE}</p>' for _ in range(6))
    document = pypdfium2.PdfDocument(made(body, style))
    texts = [page.get_textpage().get_text_range() for page in document]
    for text, head in zip(texts, ("first", "page 2", "page 3", "fourth", "page 5"), strict=False):
        assert head in text.splitlines()
    assert ["left" in text.splitlines() for text in texts] == [False, True] * 3
    lines = [len([line for line in text.splitlines() if len(line) > 20]) for text in texts]
    assert lines[3] > lines[2] == lines[4]


def test_units_of_the_viewport_are_those_of_the_first_page() -> None:
    html = weasyprint.HTML(string="".join(f"<p style='break-before: page'>{n}" for n in range(3)))
    style = "@page { size: 120mm 180mm; margin: 10vw }"

    def margins(of: Any) -> list[float]:
        return [round(page._page_box.margin_left, 1) for page in of.pages]

    fonts = pdf._fonts()
    sheet = weasyprint.CSS(string=style, font_config=fonts)
    ours, _ = laid_out(html, [sheet], fonts, OPTIONS, whole=True)
    assert margins(ours)[1:] == [pytest.approx(0.1 * 120 / 25.4 * 96, abs=30)] * 2
    assert margins(ours)[0] != margins(ours)[1]


def test_like_pages_share_their_styles() -> None:
    fonts = pdf._fonts()
    html = weasyprint.HTML(string="".join(f"<p style='break-before: page'>{n}" for n in range(6)))
    pdf_styles.compute_once()
    document = html.render(font_config=fonts)
    styles = [page._page_box.style for page in document.pages]
    assert styles[2] is styles[4]
    assert styles[1] is styles[3]
    assert len({id(style) for style in styles}) == 3
