"""Lines of the PDF: the best ones of a paragraph, nothing lost, and the rest left to the engine."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, groupby, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtool.edition import Edition
from pubtool.settings import Numbering, Pdf, Settings, Style
from pubtool.writers import pdf, pdf_document, pdf_draft
from pubtool.writers.pdf_breaks import Bound, Gaps, Point, Taste, even, optimal
from pubtool.writers.pdf_cut import Outcome
from pubtool.writers.pdf_document import Boxes, Plan, laid_out, read
from pubtool.writers.pdf_hyphens import divisions, hyphens
from pubtool.writers.pdf_paragraphs import Line, Paragraph, filled
from pubtool.writers.pdf_runs import leaves, places
from pubtool.writers.pdf_widths import setting
from tests.test_html import edition_from
from tests.test_pdf import page_texts, pdf_of

STYLE = """
@page { size: 160mm 240mm; margin: 22mm }
html { font: 10.5pt/14pt "Gentium Book Plus"; font-variant-numeric: oldstyle-nums; hyphens: auto }
body { margin: 0 } p { margin: 0; text-align: justify; text-indent: 14pt }
.fn { float: footnote; footnote-policy: line; font-size: 9pt; text-align: justify }
.sc { font-variant: small-caps; letter-spacing: 0.05em } .narrow { margin: 0 80pt }
h2 { font-variant: small-caps; letter-spacing: 0.035em; font-size: 1rem; font-weight: normal }
"""
OPTIONS = {"pdf_variant": "pdf/a-3a"}
PROSE = (
    "The correspondence between the schoolmaster and the bookseller deals with prices of paper, "
    "with the illnesses of children, with the lateness of steamers, and only now and then with "
    "the considerable questions which their newspapers discussed every morning; neither of them "
    "seems to have thought that what he wrote would be read by anybody else, and nobody did. "
)


def sheet() -> Any:
    return weasyprint.CSS(string=STYLE, font_config=pdf._fonts())


def source(body: str, language: str = "en") -> Any:
    return weasyprint.HTML(string=f'<html lang="{language}"><body>{body}</body></html>')


def boxes_of(body: str, language: str = "en") -> Boxes:
    return read(source(body, language), [sheet()], pdf._fonts(), OPTIONS)


def paragraph_of(body: str) -> tuple[Paragraph, Any]:
    boxes = boxes_of(body)
    (paragraph,) = boxes.paragraphs()
    return paragraph, boxes.context


def set_lines(body: str, language: str = "en", *, whole: bool = True) -> list[str]:
    """The lines of all pages as they were laid out, text and notes."""
    html = source(body, language)
    document, seen = laid_out(html, [sheet()], pdf._fonts(), OPTIONS, whole=whole)
    assert seen.overfull == []
    return lines_of(document)


def lines_of(document: Any) -> list[str]:
    """The lines of a document of WeasyPrint's."""
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    lines = [box for box in boxes if type(box).__name__ == "LineBox"]
    return ["".join(getattr(b, "text", "") for b in line.descendants()) for line in lines]


def joined(lines: Sequence[str]) -> str:
    """Text put together again: hyphens that were added are taken away."""
    return re.sub(r"\s", "", re.sub("\N{HYPHEN}$", "", "\n".join(lines), flags=re.M))


def greedy(edition: Edition) -> Edition:
    return replace(edition, settings=replace(Settings(), pdf=Pdf(line_breaking="greedy")))


# ── the best lines ──


def words(*widths: float, hyphen_after: Sequence[int] = ()) -> list[Point]:
    """Points after words of such widths, one unit apart, or hyphens within a word."""
    points, at, gaps = [], 0.0, 0
    for number, width in enumerate(widths):
        at += width
        if number in hyphen_after:
            points.append(Point(at + 0.5, gaps, at, gaps, 50.0, True))
        else:
            points.append(Point(at, gaps, at + 1, gaps + 1))
            at, gaps = at + 1, gaps + 1
    return points


def cost_of(
    points: Sequence[Point], ends: Sequence[int], measure: float, gaps: Gaps, taste: Taste
) -> float | None:
    """The demerits of lines as the definition has them; None if they break a bound."""
    total, start, before, in_turn = 0.0, 0.0, 0, 0
    for number in ends:
        point, last = points[number], number == len(points) - 1
        room, count = measure - (point.end - start), point.end_gaps - before
        if last and room >= 0:
            badness = 0.0
        else:
            if not -gaps.shrink * count <= room / gaps.width <= gaps.most * count:
                return None
            more = room / count / gaps.width if count else 0.0
            badness = 100 * abs(more / (gaps.stretch if more > 0 else gaps.shrink)) ** 3
        total += (1 + badness + point.cost) ** 2
        if last:
            total += taste.short_end if point.end - start < taste.short else 0
            total += taste.hyphen_before_end if in_turn else 0
        elif point.hyphen and in_turn:
            total += taste.hyphens_in_turn
        in_turn = in_turn + 1 if point.hyphen else 0
        if in_turn > taste.ladder:
            return None
        start, before = point.start, point.start_gaps
    return total


def keeps(bound: Bound, points: Sequence[Point], ends: Sequence[int]) -> bool:
    """True if there are as many lines as there must be, and no hyphens where none may be."""
    hyphens = {line for line, number in enumerate(ends) if points[number].hyphen}
    return len(ends) == bound.count and not hyphens & bound.whole


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    widths=st.lists(st.floats(1, 8), min_size=2, max_size=11),
    parts=st.sets(st.integers(0, 9), max_size=4),
    measure=st.floats(9, 22),
    bound=st.none()
    | st.builds(Bound, st.integers(1, 5), st.frozensets(st.integers(0, 4), max_size=2)),
)
def test_no_other_lines_have_fewer_demerits(
    widths: list[float], parts: set[int], measure: float, bound: Bound | None
) -> None:
    points = words(*widths, hyphen_after=[p for p in parts if p < len(widths) - 1])
    gaps, taste, last = Gaps(1.0), Taste(short=2.0), len(points) - 1
    ways = [
        cost
        for count in range(last + 1)
        for inner in combinations(range(last), count)
        if bound is None or keeps(bound, points, [*inner, last])
        if (cost := cost_of(points, [*inner, last], measure, gaps, taste)) is not None
    ]
    chosen = optimal(points, measure, 0.0, gaps, taste, bound)
    if not ways:
        assert chosen is None
    else:
        assert chosen is not None
        assert cost_of(points, chosen, measure, gaps, taste) == pytest.approx(min(ways))


def test_a_loose_line_now_spares_a_worse_one_later() -> None:
    points = words(4, 4, 2, 9, 3, 3)
    assert optimal(points, 12.0, 0.0, Gaps(1.0, most=3.0)) == [1, 3, 5]


def test_never_more_hyphens_in_turn_than_the_ladder_allows() -> None:
    points = words(*[6] * 9, hyphen_after=range(8))
    assert optimal(points, 6.5, 0.0, Gaps(1.0)) is None
    loose = optimal(points, 6.5, 0.0, Gaps(1.0), Taste(ladder=9))
    assert loose is not None
    assert len(loose) == 9


def test_a_word_longer_than_the_line_has_no_good_breaks() -> None:
    assert optimal(words(3, 30, 3), 12.0, 0.0, Gaps(1.0)) is None


def test_the_first_line_makes_room_for_its_indent() -> None:
    points = words(5, 5, 5, 5)
    assert optimal(points, 11.0, 0.0, Gaps(1.0, most=9)) == [1, 3]
    assert optimal(points, 11.0, 2.0, Gaps(1.0, most=9)) != [1, 3]


def test_headings_are_as_few_lines_as_can_be_and_even() -> None:
    points = words(5, 5, 5, 5, 5, 5)
    assert even(points, 29.0) == [2, 5]
    assert even(points, 36.0) == [5]
    assert even(words(40), 36.0) is None


def test_a_colon_ends_a_line_of_a_heading_only_if_that_costs_none() -> None:
    points = words(5, 5, 5, 5, 5, 5)
    assert even(points, 29.0, colons=[3]) == [3, 5]
    assert even(points, 17.0, colons=[0]) == [2, 5]


# ── widths ──


@pytest.mark.parametrize(
    "markup",
    [
        "plain words, and 1987",
        "<i>in italics fi ffl</i>",
        "<b>bold</b>",
        '<span class="sc">Small Capitals fi</span>',
        "İstanbul ığdır Əliyeva",
        "missing \N{SNOWMAN} letter",
        "<sup>12</sup>",
    ],
)
def test_words_are_as_wide_as_the_engine_sets_them(markup: str) -> None:
    paragraph, context = paragraph_of(f"<p>{markup}</p>")
    for leaf in leaves(paragraph.holder.children, context, paragraph.measure):
        if leaf.setting is not None:
            parts = re.findall(r" |[^ ]+", leaf.text)
            ours = sum(leaf.setting.blank if p == " " else leaf.setting.width(p) for p in parts)
            engine = setting(leaf.box.style, context).asked(leaf.text)
            assert ours == pytest.approx(engine, abs=0.02)


def test_the_measure_is_that_of_the_stylesheet() -> None:
    boxes = boxes_of(
        '<p>One.</p><div class="narrow"><p>Two.<span class="fn">Three.</span></p></div>'
        "<table><tr><td><p>Four.</p></td></tr></table>"
    )
    measures = [round(p.measure * 0.75, 1) for p in boxes.paragraphs()]
    assert measures == [328.8, 168.8, 328.8]


@pytest.mark.parametrize("before", ["end.", "end?", "end\N{EM DASH}", "end "])
def test_no_line_begins_with_the_call_of_a_note(before: str) -> None:
    boxes = boxes_of(f'<p>The {before}<span class="fn">Note.</span> After it.</p>')
    paragraph, context = next(boxes.paragraphs()), boxes.context
    found = leaves(paragraph.content, context, paragraph.measure)
    call = next(leaf for leaf in found if leaf.box.element_tag == "span::footnote-call")
    offsets = {b.offset for b in places(found, "en")[1]}
    assert call.start not in offsets
    assert {len("The "), len(f"The {before}1 ")} <= offsets


@pytest.mark.parametrize(("more", "count"), [(0.0, 1), (0.1, 1), (2.0, 0)])
def test_pages_may_differ_in_width_by_a_hair(more: float, count: int) -> None:
    rule = f"@page :left {{ margin-right: calc(22mm + {more}px) }}"
    style = weasyprint.CSS(string=STYLE + rule, font_config=pdf._fonts())
    boxes = read(source(f"<p>{PROSE}</p>"), [style], pdf._fonts(), OPTIONS)
    assert len(list(boxes.paragraphs())) == count


@pytest.mark.parametrize(
    "rule", ["@page :left { margin-left: 30mm }", "@page :first { margin-left: 9mm }"]
)
def test_paragraphs_left_to_the_engine_are_told(rule: str, tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "print-house.css").write_text(rule)
    edition = edition_from(f"<p>{PROSE * 6}</p>" * 2)
    house = Settings(root=tmp_path, style=Style(name="house"))
    made = pdf.write(replace(edition, settings=house))
    assert [f.rule for f in made.findings] == ["PT791"]
    assert "lines were filled one after the other" in made.findings[0].message
    greedy = replace(house, pdf=Pdf(line_breaking="greedy"))
    assert pdf.write(replace(edition, settings=greedy)).findings == ()


# ── paragraphs set ──


def test_a_paragraph_is_set_evenly_and_whole() -> None:
    lines = set_lines(f"<p>{PROSE * 3}</p>")
    assert joined(lines) == joined([PROSE * 3])
    assert joined(set_lines(f"<p>{PROSE * 3}</p>", whole=False)) == joined(lines)
    ends = [line.endswith(("-", "\N{HYPHEN}")) for line in lines]
    assert max((len(list(run)) for hyphen, run in groupby(ends) if hyphen), default=0) <= 2


@pytest.mark.parametrize(
    "body",
    [
        f"<p> {PROSE * 3}</p>",
        f'<div style="margin:0 30pt"><p>{PROSE * 3}</p></div>',
        f'<p><i>{PROSE}</i> <span class="sc">{PROSE}</span><b>{PROSE}</b></p>',
        f'<p>{PROSE}<span class="fn"> {PROSE}</span> {PROSE}<sup>12</sup> {PROSE}</p>',
        f'<div style="margin:0 28pt"><p>{PROSE * 2}<span class="fn">A note.</span></p></div>',
        f'<p>{PROSE}<img style="height:8pt;width:20pt" src="data:,"> {PROSE * 2}</p>',
        f'<p>{PROSE} <span style="padding:0 5pt">{PROSE[:-1]}</span> {PROSE}</p>',
    ],
)
def test_lines_fill_the_measure_to_a_hair(body: str) -> None:
    document, _ = laid_out(source(body), [sheet()], pdf._fonts(), OPTIONS, whole=True)
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    blocks = [box for box in boxes if box.element_tag in ("p", "span") and hasattr(box, "children")]
    ends = [
        [line.position_x + line.width - block.content_box_x() - block.width for line in lines[:-1]]
        for block in blocks
        if (lines := [box for box in block.children if type(box).__name__ == "LineBox"])
    ]
    assert sum(map(len, ends)) > 8
    assert all(hasattr(box, "mark") for box in boxes if len(getattr(box, "text", "")) > 20)
    assert all(-0.1 < end < 0.01 for block in ends for end in block)


def test_gaps_keep_their_bounds() -> None:
    paragraph, context = paragraph_of(f"<p>{PROSE * 3}</p>")
    lines = filled(paragraph, context)
    assert lines is not None
    gap = setting(paragraph.style, context).blank
    assert all(-0.37 * gap < line.wider < 1.6 * gap for line in lines)
    assert len(lines) > 10


def test_lines_end_in_no_hyphen_where_none_is_wanted_and_are_no_more() -> None:
    paragraph, context = paragraph_of(f'<div style="margin:0 30pt"><p>{PROSE * 3}</p></div>')
    first = filled(paragraph, context)
    assert first is not None
    assert hyphenated(first)
    for one in hyphenated(first):
        again = filled(paragraph, context, Bound(len(first), frozenset({one})))
        assert again is not None
        assert one not in hyphenated(again)
        assert len(again) == len(first)


def hyphenated(lines: Sequence[Line]) -> set[int]:
    """Which lines end in a hyphen that was added."""
    return {number for number, line in enumerate(lines) if line.end.hyphenated}


@pytest.mark.parametrize(("margin", "note"), [(30, ""), (34, '<span class="fn">A note.</span>')])
def test_no_page_ends_in_a_hyphen(margin: int, note: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"<p>{PROSE[n:] * 2}{note}</p>" for n in range(14))
    body = f'<div style="margin:0 {margin}pt">{text}</div>'
    assert not any(end.endswith("\N{HYPHEN}") for end in last_lines(source(body)))
    set_, engine = set_lines(body), set_lines(body, whole=False)
    assert sorted(joined(set_)) == sorted(joined(engine))
    monkeypatch.setattr(pdf_document, "recut", lambda *_: False)
    assert any(end.endswith("\N{HYPHEN}") for end in last_lines(source(body)))


def last_lines(html: Any) -> list[str]:
    """The last text of each page."""
    document, _ = laid_out(html, [sheet()], pdf._fonts(), OPTIONS, whole=True)
    pages = [page._page_box.children[0].descendants() for page in document.pages]
    return [[box.text for box in page if hasattr(box, "text")][-1].rstrip("\n") for page in pages]


# ── notes ──


def noted(seed: int) -> str:
    """Paragraphs of any length, with notes of any length."""
    chance, words_ = random.Random(seed), PROSE.split()

    def text(least: int, most: int) -> list[str]:
        return [chance.choice(words_) for _ in range(chance.randint(least, most))]

    def paragraph() -> str:
        made = text(25, 220)
        for _ in range(chance.choice([0, 1, 1, 2])):
            note = f'x<span class="fn">{" ".join(text(3, 60))}.</span>'
            made.insert(chance.randrange(1, len(made)), note)
        return f"<p>{' '.join(made)}</p>"

    return "".join(paragraph() for _ in range(40))


def note_pages(document: Any) -> tuple[dict[int, int], dict[int, int]]:
    """The pages of numbers and of notes, by note; a page counts from 0."""
    called: dict[int, int] = {}
    begun: dict[int, int] = {}
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            name = str(box.element_tag)
            if name.endswith("::footnote-call"):
                called[id(box.element)] = number
            elif name.endswith("::footnote-marker"):
                begun.setdefault(id(box.element), number)
    return called, begun


@pytest.mark.parametrize("seed", [0, 1, 9])
def test_notes_stay_with_their_numbers_and_lines_are_planned_all_the_same(seed: int) -> None:
    """The engine would put two or three notes of each text off, to make room for a line."""
    document, _ = laid_out(source(noted(seed)), [sheet()], pdf._fonts(), OPTIONS, whole=True)
    called, begun = note_pages(document)
    assert len(called) > 30
    assert called == begun
    text = [box for page in document.pages for box in page._page_box.children[0].descendants()]
    assert all(hasattr(box, "mark") for box in text if len(getattr(box, "text", "")) > 40)


def test_a_note_that_fills_its_page_and_more_is_set_all_the_same() -> None:
    long = f'<p>{PROSE}<span class="fn">{PROSE * 16}</span> {PROSE}</p>'
    html = source(f"<p>{PROSE * 3}</p>{long}<p>{PROSE}</p>")
    document, _ = laid_out(html, [sheet()], pdf._fonts(), OPTIONS, whole=True)
    called, begun = note_pages(document)
    assert list(called) == list(begun)
    assert joined(lines_of(document)).count(joined([PROSE])) == 22


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzəğıöüş", min_size=1, max_size=14)
PIECES = st.one_of(
    LETTERS,
    LETTERS.map("<i>{}</i>".format),
    LETTERS.map("<a href='#x'>{} und so weiter</a>".format),
    LETTERS.map('{}<span class="fn">note</span>'.format),
    LETTERS.map("“{}”".format),
    LETTERS.map("{}-well-known".format),
    LETTERS.map("{}\u00adsoft".format),
    LETTERS.map("p.\u00a0{}".format),
    st.just("<br>"),
    st.just("—"),
    st.just("<i> </i>"),
    st.just("<span id='x'></span>"),
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(PIECES, min_size=1, max_size=60),
    glue=st.sampled_from([" ", " <b>x</b> "]),
    kind=st.sampled_from(["", ' class="narrow"']),
)
def test_no_letter_is_lost_whatever_a_paragraph_holds(
    pieces: list[str], glue: str, kind: str
) -> None:
    body = f"<div{kind}><p>{glue.join(pieces)}</p></div>"
    html = source(body)
    made = [laid_out(html, [sheet()], pdf._fonts(), OPTIONS, whole=w)[0] for w in (True, False)]
    ours, engine = (
        "".join(b.text for page in m.pages for b in page._page_box.descendants()
                if hasattr(b, "text"))
        for m in made
    )  # fmt: skip
    plain = str.maketrans("", "", " \n\u00a0\u00ad\N{HYPHEN}\u200b")
    assert sorted(ours.translate(plain)) == sorted(engine.translate(plain))


def test_markup_links_notes_and_formulas_stay() -> None:
    formula = (
        '<inline-formula><mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi>'
        "</mml:math><alt>x</alt></inline-formula>"
    )
    note = f"<fn><p>{PROSE}</p></fn>"
    long = f"<italic>{PROSE}</italic> {formula} "
    body = f'<p id="a">{long * 3}{note} and <xref rid="a">{PROSE}</xref>{note}</p>'
    edition = edition_from(body)
    made, plain = (pikepdf.open(io.BytesIO(pdf_of(e))) for e in (edition, greedy(edition)))
    assert links(made) >= 4
    assert figures(made) == figures(plain) == ["x"] * 3
    assert {str(f.FontName) for f in fonts(made)} == {str(f.FontName) for f in fonts(plain)}


def links(opened: pikepdf.Pdf) -> int:
    return sum(len(page.get("/Annots", [])) for page in opened.pages)


def dictionaries(opened: pikepdf.Pdf) -> list[Any]:
    return [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]


def figures(opened: pikepdf.Pdf) -> list[str]:
    return [str(o.Alt) for o in dictionaries(opened) if o.get("/S") in ("/Figure", "/Formula")]


def fonts(opened: pikepdf.Pdf) -> list[Any]:
    return [o for o in dictionaries(opened) if o.get("/Type") == "/FontDescriptor"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "هذا نص عربي طويل بما يكفي ليملأ أكثر من سطر واحد في الصفحة المطبوعة " * 4),
        ("ja", "これは一行より長い日本語の文章です" * 12),
        ("en", f"{PROSE} שלום עולם {PROSE}"),
    ],
)
def test_other_scripts_are_left_to_the_engine(language: str, text: str) -> None:
    body = f'<p dir="auto">{text}</p>'
    assert set_lines(body, language) == set_lines(body, language, whole=False)


def test_a_paragraph_that_cannot_be_set_well_is_left_to_the_engine() -> None:
    long = f"<p>{PROSE} {'o' * 90} {PROSE}</p>"
    paragraph, context = paragraph_of(long)
    assert filled(paragraph, context) is None
    whole, engine = (
        laid_out(source(long), [sheet()], pdf._fonts(), OPTIONS, whole=w) for w in (True, False)
    )
    assert whole[1].overfull == engine[1].overfull == ["o" * 90]


@pytest.mark.parametrize(
    "body",
    [
        f'<div style="float:left;width:50pt;height:50pt">F</div><p>{PROSE}</p>',
        f'<p><span style="float:right">F</span>{PROSE}</p>',
        f'<div style="columns:2"><p>{PROSE}</p></div>',
        f'<div style="width:150pt"><p>{PROSE}</p></div>',
        f'<p style="text-align:start">{PROSE}</p>',
        f'<p style="white-space:pre-wrap">{PROSE}</p>',
        f"<table><tr><td><p>{PROSE}</p></td></tr></table>",
    ],
)
def test_what_is_not_plain_text_is_left_to_the_engine(body: str) -> None:
    assert set_lines(body) == set_lines(body, whole=False)


def test_a_plan_that_does_not_fit_is_given_up() -> None:
    boxes = boxes_of(f"<p>{PROSE}</p>")
    plan = Plan(whole=True)
    (paragraph,) = boxes.paragraphs()
    assert plan.of(0, paragraph, boxes.context) is not None
    seen = Outcome(misfits={0})
    assert plan.learn(seen)
    assert plan.of(0, paragraph, boxes.context) is None
    assert not plan.learn(seen)


def test_line_by_line_the_engine_is_left_alone() -> None:
    body = f"<h2>{TITLES[0][0]} {PROSE}</h2><p>{PROSE * 3}</p>"
    plain = source(body).render(stylesheets=[sheet()], font_config=pdf._fonts(), **OPTIONS)
    engine = lines_of(plain)
    ours = set_lines(body, whole=False)
    assert ours[-9:] == engine[-9:]
    assert ours[:2] != engine[:2]  # headings are balanced all the same
    assert set_lines(body)[-9:] != engine[-9:]


def test_the_setting_reaches_the_page() -> None:
    edition = edition_from(f"<p>{PROSE * 3}</p>")
    assert page_texts(pdf_of(edition)) != page_texts(pdf_of(greedy(edition)))


TITLES = [
    (
        "Resumption of Contacts after 1905: From Curiosity to Commerce",
        ["Resumption of Contacts after 1905:", "From Curiosity to Commerce"],
    ),
    (
        "Professionalisation of Municipal Bookkeeping in the 19th Century",
        ["Professionalisation of Municipal", "Bookkeeping in the 19th Century"],
    ),
]


@pytest.mark.parametrize(("title", "lines"), TITLES)
def test_headings_in_small_capitals_are_balanced(title: str, lines: list[str]) -> None:
    body = f"<sec><title>{title}</title><p>Text.</p></sec>"
    numbered = Settings(numbering=Numbering(sections=True))
    made = "\n".join(page_texts(pdf_of(edition_from(body, project=numbered))))
    shown = [line.strip() for line in made.splitlines()]
    first = next(i for i, line in enumerate(shown) if line.endswith(lines[0]))
    assert shown[first + 1] == lines[1]


# ── hyphenation ──


@pytest.mark.parametrize(
    ("language", "divided"),
    [
        ("tr", "mek-tup-laş-ma-la-rın-da-ki"),
        ("tr", "İs-tan-bul-lu-la-rın"),
        ("tr", "IŞIK-LAN-DIR-MA".replace("IŞIK", "I-ŞIK")),
        ("tr", "Tür-ki-ye’nin"),
        ("tr", "Ba-kü’de-ki-ler"),
        ("tr", "kont-rol"),
        ("tr", "prog-ram"),
        ("tr", "sürp-riz"),
        ("tr", "stra-te-ji"),
        ("tr", "ba-şöğ-ret-men"),
        ("tr", "sa-at-le-ri"),
        ("tr", "Wash-ing-ton’da-ki"),
        ("tr", "Shake-speare’in"),
        ("tr", "Wolfgang"),
        ("az", "A-zər-bay-can-lı-lar"),
        ("az", "mü-əl-lim"),
        ("az", "fə-a-liy-yət"),
        ("az", "mək-təb-li-lə-ri-mi-zin"),
        ("az", "proq-ram"),
        ("az", "kons-ti-tu-si-ya"),
    ],
)
def test_turkish_and_azerbaijani_words_are_divided_by_syllables(
    language: str, divided: str
) -> None:
    word = divided.replace("-", "")
    cuts = [0, *divisions(word, language), len(word)]
    assert "-".join(word[i:j] for i, j in pairwise(cuts)) == divided


def test_hyphens_keep_off_the_ends_of_words_and_whole_words() -> None:
    limits = (6, 3, 3)
    assert hyphens("“mektuplaşma,”", "tr", limits) == (4, 7)
    assert hyphens("kalem", "tr", limits) == ()
    assert hyphens("Türkiye’nin", "tr", limits) == (3, 5)
    assert hyphens("Türkiye’s", "en", limits) == ()
    assert hyphens("considerable", "en", limits)
    for whole in ("example.org/considerable", "considerable-looking", "B1considerable", "a@b.org"):
        assert hyphens(whole, "en", limits) == ()
    assert hyphens("considerable", "xx", limits) == ()


@pytest.mark.parametrize(("language", "count"), [("uz", 1), ("tr", 0), ("ar", 0)])
def test_a_language_without_hyphenation_is_told_of(language: str, count: int) -> None:
    made = pdf_draft.print_page(
        edition_from(f"<p>{'kutubxonalarimizda ' * 25}</p>", language=language)
    )
    assert [f.rule for f in made.findings] == ["PT735"] * count
