"""The PDF: both claims hold, nothing is lost or fetched, and pages count as the volume does."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pypdfium2
import pytest
from lxml import etree

from pubtool import readers
from pubtool.checks.pdf import check, conserved
from pubtool.checks.pdf_text import letters, longest_gap, marked_text
from pubtool.diagnostics import Severity, errors
from pubtool.edition import Edition
from pubtool.resources import Image, builtin
from pubtool.settings import Settings, Style
from pubtool.source import fragment
from pubtool.writers import pdf, pdf_draft
from pubtool.writers.formula import drawing
from pubtool.writers.html import el
from pubtool.writers.pdf_hyphens import divisions
from pubtool.writers.pdf_lines import bound, hold_ending, shape_addresses
from pubtool.writers.pdf_numerals import Folios, folios, numeral
from pubtool.writers.pdf_streams import ambiguous, settle
from tests.test_html import FRONT, NESTED, REF, edition_from, folder

JATS = b"<article><p>The source.</p></article>"


def with_jats(edition: Edition) -> Edition:
    return replace(edition, parts={"jats": JATS})


def pdf_of(edition: Edition) -> bytes:
    """A PDF made without a finding, that passes its checks."""
    ready = with_jats(edition)
    made = pdf.write(ready)
    assert made.findings == ()
    assert check(made.data, "c.pdf", "full") == []
    assert conserved(ready, made.data, "c.pdf") == []
    return made.data


def page_texts(data: bytes) -> list[str]:
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


@pytest.fixture(scope="module")
def data(everything: Edition) -> bytes:
    return pdf_of(everything)


@pytest.fixture(scope="module")
def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# ── the file ──


def test_the_real_chapter_keeps_its_claims_and_its_words(
    seed: Path, tmp_path: Path, edition_of: Callable[[Path], Edition]
) -> None:
    chapter = tmp_path / "chapter.xml"
    chapter.write_bytes(readers.read(seed, Settings()).data)
    made = pdf_of(edition_of(chapter))
    assert [text.split()[-1] for text in page_texts(made)[:1]] == ["127"]
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.PageLabels.Nums[1].St == 127


def test_the_same_chapter_gives_the_same_bytes_after_any_other(
    everything: Edition, data: bytes
) -> None:
    pdf.write(edition_from("<p>Between.</p>"))
    assert pdf.write(with_jats(everything)).data == data


def test_the_jats_is_attached_as_source(opened: pikepdf.Pdf) -> None:
    attached = opened.attachments["ch03.jats.xml"]
    assert attached.get_file().read_bytes() == JATS
    assert attached.obj.AFRelationship == "/Source"
    assert len(opened.Root.AF) == 1
    assert str(attached.obj.EF.F.Params.CreationDate) == "D:20000101000000Z"


def test_the_document_names_title_language_and_bookmarks(opened: pikepdf.Pdf) -> None:
    assert opened.Root.Lang == "en"
    assert opened.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712  (a PDF boolean)
    with opened.open_outline() as outline:
        (root,) = outline.root
        assert root.title.startswith("Every element of a chapter")
        titles = [item.title for item in root.children]
    assert "Introduction" in titles
    assert "1\N{EN SPACE}Methods and materials" in titles
    assert "Sources and literature" in titles


def test_the_xmp_says_what_the_record_knows(opened: pikepdf.Pdf) -> None:
    xmp = opened.Root.Metadata
    assert "/Filter" not in xmp
    root = etree.fromstring(xmp.read_bytes())
    dc = "{http://purl.org/dc/elements/1.1/}"
    said = {e.tag.removeprefix(dc): " ".join("".join(e.itertext()).split()) for e in root.iter()
            if str(e.tag).startswith(dc)}  # fmt: skip
    assert said["creator"] == "Nigar Şəhla Əliyeva Jr. Işık Çağlayan Caspian Manuscript Group"
    assert said["identifier"] == "https://doi.org/10.5555/invented.2026.03"
    assert said["relation"] == "https://orcid.org/0000-0002-1825-0097"
    identifiers = [e.text for e in root.iterfind(".//{http://ns.adobe.com/xap/1.0/}Identifier//*")
                   if (e.text or "").strip()]  # fmt: skip
    assert identifiers[0] == "https://doi.org/10.5555/invented.2026.03"
    assert all(e.startswith("urn:isbn:978") for e in identifiers[1:])
    assert said["language"] == "en"
    assert said["rights"].startswith("Open access")
    assert said["publisher"] == "Example Press"
    assert said["date"] == "2026-02-01"


def test_no_stream_ends_in_a_carriage_return(data: bytes) -> None:
    assert not ambiguous(data)


# ── the tag tree ──


def of_type(opened: pikepdf.Pdf, name: str) -> list[Any]:
    dictionaries = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
    return [o for o in dictionaries if o.get("/Type") == name]


def font_names(data: bytes) -> set[str]:
    opened = pikepdf.open(io.BytesIO(data))
    return {str(font.FontName) for font in of_type(opened, "/FontDescriptor")}


def test_figures_speak_and_ornaments_are_silent(opened: pikepdf.Pdf) -> None:
    figures = [e for e in of_type(opened, "/StructElem") if e.S in ("/Figure", "/Formula")]
    alts = {str(f.Alt) for f in figures}
    assert {"a dot", "alpha plus one", "Right part", "Two cells"} <= alts
    assert "A square in two colours The left half is dark, the right half light." in alts


def test_list_items_have_bodies(opened: pikepdf.Pdf) -> None:
    items = [e for e in of_type(opened, "/StructElem") if e.S == "/LI"]
    assert items
    for item in items:
        assert {str(kid.S) for kid in item.K} <= {"/Lbl", "/LBody"}


SPANS = """<table-wrap id="t1"><table>
<thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>C</th><th>D</th></tr></thead>
<tbody><tr><th scope="rowgroup" rowspan="2">E</th><td>1</td><td>2</td></tr>
<tr><td>3</td><td>4</td></tr><tr><th colspan="3">F</th></tr>
<tr><th>G</th><td colspan="2">5</td></tr></tbody></table></table-wrap>"""


def test_cells_know_their_headings_across_spans() -> None:
    data = pdf_of(edition_from(f"<p>A table.</p>{SPANS}"))
    opened = pikepdf.open(io.BytesIO(data))
    cells = [e for e in of_type(opened, "/StructElem") if e.S in ("/TH", "/TD")]
    said, text = marked_text(data), {}
    for cell in cells:
        (mark,) = marks_under(cell)
        text[cell.objgen] = "".join(said[0, mark]).strip()
    names = {str(cell.ID): text[cell.objgen] for cell in cells if cell.S == "/TH"}
    assert {
        text[cell.objgen]: "".join(names[str(key)] for key in cell.A.Headers)
        for cell in cells
        if cell.S == "/TD"
    } == {"1": "EBC", "2": "EBD", "3": "EBC", "4": "EBD", "5": "GBCFD"}
    scopes = {text[cell.objgen]: str(cell.A.Scope) for cell in cells if cell.S == "/TH"}
    assert {name for name, scope in scopes.items() if scope == "/Row"} == {"E", "G"}


def marks_under(element: Any) -> list[int]:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [
        mark
        for kid in kids
        for mark in ([int(kid)] if not isinstance(kid, pikepdf.Dictionary) else marks_under(kid))
    ]


LINKS = (
    '<p><ext-link href="https://example.org/"><italic>a</italic> and <bold>b</bold></ext-link>, '
    '<cite ref="r1">(<italic>A paper</italic>, 1992)</cite></p>'
)


def test_markup_within_a_link_makes_no_second_link() -> None:
    opened = pikepdf.open(io.BytesIO(pdf_of(edition_from(LINKS, back=REF))))
    annotations = [a for page in opened.pages for a in page.get("/Annots", [])]
    assert len(annotations) == 2
    tree = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    assert {int(a.StructParent) for a in annotations} <= {int(n) for n in tree[::2]}


def test_links_within_links_and_notes_within_links_pass() -> None:
    pdf_of(edition_from(NESTED, back=REF))


# ── nothing lost ──


def without(chapter: Edition, old: str, new: str = "") -> bytes:
    """The PDF of a chapter in whose text something is other than in the file."""
    text = etree.tostring(chapter.chapter.root, encoding="unicode")
    assert old in text
    spoilt = replace(chapter.chapter, root=etree.fromstring(text.replace(old, new)))
    return pdf.write(with_jats(replace(chapter, chapter=spoilt))).data


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        ("A paragraph before the first section.", "", "PT702", "A paragraph before the first"),
        ("Second note, an endnote.", "x", "PT702", "Second note, an endnote."),
        ("Counted twice.", "Counted.", "PT702", "twice."),
        ("Open access under the ", "Open access the ", "PT702", "Open access under"),
        ("180–199", "180–198", "PT702", "180–199."),
        ("Boxed words.", "Boxed words and more.", "PT703", "letters invented"),
    ],
)
def test_what_is_lost_or_invented_is_named(
    everything: Edition, old: str, new: str, rule: str, says: str
) -> None:
    ready = with_jats(everything)
    findings = conserved(ready, without(everything, old, new), "c.pdf")
    assert rule in [f.rule for f in findings]
    assert any(says in f.message for f in findings), findings


def test_a_paragraph_lost_at_a_page_break_is_seen() -> None:
    """What WeasyPrint's issue 2469 does: the page that was set has it, the file has not."""
    paragraphs = [f"<p>{f'Paragraph number {n} goes on and on. ' * 12}</p>" for n in range(14)]
    whole = edition_from("".join(paragraphs))
    cut = edition_from("".join(p for p in paragraphs if "number 7 " not in p))
    lost, *more = conserved(with_jats(whole), pdf.write(with_jats(cut)).data, "c.pdf")
    assert (lost.rule, more) == ("PT702", [])
    assert "Paragraph number 7 goes" in lost.message


def test_heads_repeated_over_pages_numbers_and_hyphens_are_nothing_lost_or_invented() -> None:
    rows = "".join(f"<tr><th scope='row'>Row {n}</th><td>{n}</td></tr>" for n in range(90))
    note = "<fn><p>Considerations of hyphenation.</p><p>Twofold.</p></fn>"
    long = f"<p>{'Considerable hyphenation notwithstanding, '.join([note] * 40)}</p>"
    table = (
        "<table-wrap><table><thead><tr><th scope='col'>Manuscript</th><th scope='col'>Leaves</th>"
        f"</tr></thead><tbody>{rows}</tbody></table></table-wrap>"
    )
    listed = '<list type="ordered" style="upper-roman" start="9"><list-item><p>x</p></list-item>'
    made = pdf_of(edition_from(f"{long}{table}{listed}</list>"))
    assert sum("Manuscript" in text for text in page_texts(made)) >= 3


def test_a_house_style_may_set_capitals_and_other_running_heads(tmp_path: Path) -> None:
    own = (builtin("styles") / "print.css").read_text() + (
        "h2 { text-transform: uppercase } @page { @bottom-left { content: 'House Press' } }"
        " @page :first { @top-left { content: 'First' !important } }"
        "::footnote-call, ::footnote-marker { content: '*' } h2::before { content: '§' }"
    )
    body = "<sec><title>Diyarbakır İçi</title><p>Words<fn><p>note</p></fn></p></sec>"
    edition = edition_from(
        body, language="tr", project=folder(tmp_path, "styles", "print.css", own)
    )
    text = page_texts(pdf_of(edition))[0]
    assert "DİYARBAKIR İÇİ" in text
    assert "House Press" in text


def test_text_from_the_right_is_compared_too() -> None:
    ready = with_jats(
        edition_from("<p>این (یک) متن است<fn><p>یادداشت «۱».</p></fn></p>", language="fa")
    )
    made = pdf.write(ready)
    # Gentium has no Arabic letters; what stands in for it is told.
    assert [f.rule for f in made.findings] == ["PT792"]
    assert check(made.data, "c.pdf", "full") == []
    assert conserved(ready, made.data, "c.pdf") == []


def test_case_blanks_hyphens_and_the_turn_of_brackets_do_not_count() -> None:
    assert letters("(Co\u00adope-\nration\u2010 İIı)") == letters("(COOPERATION iii(")


def test_the_longest_gap_is_what_stands_nowhere() -> None:
    printed = letters("one two three four nine ten eleven")
    words = "one two three four five six seven eight nine ten eleven".split()
    assert longest_gap(words, printed) == "three four five six seven eight nine ten".split()
    assert longest_gap("one two three".split(), printed) == []


# ── the check ──


def spoilt(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def no_claim(opened: pikepdf.Pdf) -> None:
    xmp = opened.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:xart")
    opened.Root.Metadata = opened.make_stream(xmp, Type="/Metadata", Subtype="/XML")


def broken_attachment(opened: pikepdf.Pdf) -> None:
    opened.attachments["ch03.jats.xml"].obj.EF.F.write(b"<article>")


@pytest.mark.parametrize(
    ("change", "level", "says"),
    [
        (no_claim, "quick", "does not claim PDF/UA-1"),
        (no_claim, "full", "does not claim PDF/UA-1"),
        (lambda opened: opened.Root.__delitem__("/Lang"), "full", "PDF/UA-1: "),
        (lambda opened: opened.Root.__delitem__("/OutputIntents"), "full", "PDF/A-3a: "),
        (broken_attachment, "full", "ch03.jats.xml cannot be read"),
    ],
)
def test_the_check_finds(
    data: bytes, change: Callable[[pikepdf.Pdf], object], level: str, says: str
) -> None:
    findings = check(spoilt(data, change), "c.pdf", level)
    assert findings
    assert {f.rule for f in findings} == {"PT731"}
    assert any(says in f.message for f in findings)


def test_the_quick_check_leaves_the_profiles_alone(data: bytes) -> None:
    assert check(spoilt(data, lambda opened: opened.Root.__delitem__("/Lang")), "c", "quick") == []


@pytest.mark.parametrize("garbage", [b"", b"%PDF-1.7\nnothing", b"<html/>", b"\0" * 4096])
def test_what_is_no_pdf_is_a_finding(garbage: bytes) -> None:
    assert [f.rule for f in check(garbage, "c.pdf", "full")] == ["PT731"]


@pytest.mark.parametrize("part", range(12))
def test_a_damaged_file_is_judged_without_a_crash(data: bytes, part: int) -> None:
    start = len(data) * part // 12
    check(data[:start] + b"\0" * 500 + data[start + 500 :], "c.pdf", "full")
    assert errors(check(data[: start + 1], "c.pdf", "full"))


# ── what the engine may read ──

HOSTILE = [
    '<img src="/etc/hostname" alt="x"/>',
    '<img src="file:///etc/hostname" alt="x"/>',
    '<img src="http://127.0.0.1:9/x.png" alt="x"/>',
    '<link rel="stylesheet" href="file:///etc/hostname"/>',
    '<div style="background: url(file:///etc/hostname)">x</div>',
    '<object data="file:///etc/hostname" type="image/png">x</object>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 '
    "xmlns:xlink=%22http://www.w3.org/1999/xlink%22 width=%229%22 height=%229%22%3E%3Cimage "
    'width=%229%22 height=%229%22 xlink:href=%22file:///etc/hostname%22/%3E%3C/svg%3E" alt="x"/>',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_outside_is_read(hostile: str, tmp_path: Path) -> None:
    shell = (builtin("templates") / "print.html").read_text()
    own = shell.replace("</body>", f"{hostile}</body>")
    made = pdf.write(edition_from(project=folder(tmp_path, "templates", "print.html", own)))
    assert {f.rule for f in made.findings} == {"PT734"}
    assert all(f.is_error and f.hint for f in made.findings)
    assert Path("/etc/hostname").read_text().strip() not in " ".join(page_texts(made.data))


@pytest.mark.parametrize(
    "rule", ['@import "file:///etc/hostname";', "@font-face { font-family: X; src: url(/etc/x) }"]
)
def test_a_style_may_not_read_outside_its_folder(rule: str, tmp_path: Path) -> None:
    edition = edition_from(project=folder(tmp_path, "styles", "print.css", rule))
    for _ in range(2):
        # The parsed style is kept; what was wrong with it is told again.
        findings = pdf.write(edition).findings
        assert {(f.rule, f.file) for f in findings} == {("PT734", "styles/print.css")}


def test_a_style_may_use_a_font_beside_it(tmp_path: Path) -> None:
    matched = subprocess.run(
        ["fc-match", "-f", "%{file}", "Gentium Book Plus:italic"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    own = (
        '@font-face { font-family: "House Face"; src: url(house.ttf) }'
        'html { font-family: "House Face" }'
    )
    project = folder(tmp_path, "styles", "print.css", own)
    shutil.copy(matched, tmp_path / "styles" / "house.ttf")
    made = pdf.write(edition_from(project=project))
    assert made.findings == ()
    assert any("House" in name or "Italic" in name for name in font_names(made.data))


def test_a_slip_in_a_style_is_a_warning_with_its_line(tmp_path: Path) -> None:
    own = "p { color: black }\np { colr: red }\n"
    (found,) = pdf.write(
        edition_from(project=folder(tmp_path, "styles", "print.css", own))
    ).findings
    assert (found.rule, found.severity, found.line) == ("PT734", Severity.WARNING, 2)
    assert "colr" in found.message


def test_the_built_in_style_is_understood_whole() -> None:
    assert pdf.write(edition_from()).findings == ()


def test_a_letter_without_a_font_is_named() -> None:
    made = pdf.write(edition_from("<p>A letter \ue0ff of nobody.</p>"))
    assert [f.rule for f in made.findings] == ["PT733"]
    assert "U+E0FF" in made.findings[0].message


def test_an_image_that_cannot_be_read_is_named(everything: Edition) -> None:
    broken = {
        href: Image(image.href, image.path, image.data[:60], image.media_type)
        for href, image in everything.images.items()
    }
    made = pdf.write(replace(everything, images=broken))
    assert {f.rule for f in made.findings} == {"PT734"}
    assert {name for name in broken if any(name in f.message for f in made.findings)} == {*broken}
    assert all("base64" not in f.message for f in made.findings)


# ── pages ──


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("127", Folios(127, "decimal")),
        ("xii", Folios(12, "lower-roman")),
        ("XII", Folios(12, "upper-roman")),
        ("i", Folios(1, "lower-roman")),
        ("mcmxliv", Folios(1944, "lower-roman")),
        ("Xii", Folios()),
        ("iix", Folios()),
        ("e12", Folios()),
        ("²", Folios()),
        ("", Folios()),
    ],
)
def test_folios_start_as_the_volume_prints_them(first: str, expected: Folios) -> None:
    assert folios(first) == expected


def test_folios_count_on_and_know_their_side() -> None:
    assert [folios("xix").on(n) for n in range(3)] == ["xix", "xx", "xxi"]
    assert folios("128").verso
    assert not folios("127").verso


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (4, "decimal", "4"), (4, "lower-roman", "iv"), (1994, "upper-roman", "MCMXCIV"),
        (3, "lower-alpha", "c"), (26, "upper-alpha", "Z"), (28, "lower-alpha", "ab"),
    ],
)  # fmt: skip
def test_numerals(number: int, style: str, text: str) -> None:
    assert numeral(number, style) == text


@pytest.mark.parametrize(
    ("first", "folio", "style", "start", "heads"),
    [
        ("127", ["127", "128", "129"], "/D", 127, ["Aylin Demir", "Margins"]),
        ("42", ["42", "43", "44"], "/D", 42, ["Margins", "Aylin Demir"]),
        ("xii", ["xii", "xiii", "xiv"], "/r", 12, ["Margins", "Aylin Demir"]),
        ("e7", ["1", "2", "3"], "/D", 1, ["Aylin Demir", "Margins"]),
    ],
)
def test_pages_count_as_the_volume_and_heads_stand_on_their_side(
    first: str, folio: list[str], style: str, start: int, heads: list[str]
) -> None:
    front = (
        f"{FRONT}<contributor><name><given>Aylin</given><family>Demir</family></name></contributor>"
        f'<pages first="{first}"/>'
    )
    made = pdf_of(edition_from(f"<p>{'Word upon word. ' * 30}</p>" * 16, front=front))
    pages = [text.split() for text in page_texts(made)[:3]]
    assert all(number in text for number, text in zip(folio, pages, strict=True))
    for head, text in zip(heads, pages[1:], strict=True):
        assert head in " ".join(text)
    with pikepdf.open(io.BytesIO(made)) as opened:
        label = opened.Root.PageLabels.Nums[1]
        assert (str(label.S), int(label.St)) == (style, start)


def test_the_opener_has_a_folio_at_its_foot_and_no_running_head(data: bytes) -> None:
    first, second, *_ = page_texts(data)
    assert first.split()[-1] == "41"
    assert "et al." not in first
    assert "Nigar Şəhla Əliyeva Jr. et al." in second


def test_notes_stand_on_the_page_of_their_number(data: bytes) -> None:
    calling = [text for text in page_texts(data) if "A quotation set apart, with a note." in text]
    assert len(calling) == 1
    assert "Second note, an endnote." in calling[0]


def test_settings_set_page_type_and_links() -> None:
    style = Style(page_size="A5", font_size="12pt", link_color="#123456", fonts=("DejaVu Serif",))
    settings = replace(Settings(), style=style)
    made = pdf_of(edition_from(LINKS, back=REF, project=settings))
    opened = pikepdf.open(io.BytesIO(made))
    assert [round(float(n)) for n in opened.pages[0].MediaBox] == [0, 0, 420, 595]
    plain = pikepdf.open(io.BytesIO(pdf_of(edition_from(LINKS, back=REF))))
    assert [round(float(n)) for n in plain.pages[0].MediaBox] == [0, 0, 454, 680]
    assert any("DejaVu" in name for name in font_names(made))


# ── lines ──


@pytest.mark.parametrize(
    ("text", "bound_text"),
    [
        ("p. 186", "p.\xa0186"),
        ("(pp. 12–15)", "(pp.\xa012–\u206015)"),
        ("vol. 2, no. 3", "vol.\xa02, no.\xa03"),
        ("səh. 7", "səh.\xa07"),
        ("a stop. 7 more", "a stop. 7 more"),
        ("p. cit.", "p. cit."),
        ("H. İ. Əliyev", "H.\xa0İ.\xa0Əliyev"),
        ("part a. Then, plan B. then", "part a. Then, plan B. then"),
        ("word—word", "word\u2060—word"),
        ("word — word", "word\xa0— word"),
        ("word – word", "word\xa0– word"),
        ("1914–1918", "1914–\u20601918"),
        ("978–3–16–148410–0", "978–3–16–148410–0"),
        ("İstanbul–Tiflis", "İstanbul–Tiflis"),
        ("https://example.org/", "https:\u2060/\u2060/\u2060example.org/"),
    ],
)
def test_lines_do_not_end_where_they_must_not(text: str, bound_text: str) -> None:
    assert bound(text) == [bound_text]


def test_a_generated_cross_reference_stays_on_one_line() -> None:
    refs = '<xref rid="t1"/>, <xref rid="s"/>, <xref rid="s">the one 1</xref>'
    body = f'<sec id="s"><title>A long one</title><p>See {refs}.</p>{SPANS}</sec>'
    page = pdf_draft.print_page(edition_from(body)).data.decode()
    words = [link.text for link in fragment(page.encode()).iter("{*}a")]
    assert words == ["Table\N{NO-BREAK SPACE}1", "A long one", "the one 1"]


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("mektuplaşma", "mek-tup-laş-ma"),
        ("İstanbul", "İs-tan-bul"),
        ("Işıklı", "I-şık-lı"),
        ("ürəyimiz", "ü-rə-yi-miz"),
        ("Bakü’deki", "Ba-kü’de-ki"),
        ("kart", "kart"),
    ],
)
def test_turkish_and_azerbaijani_words_divide_before_a_consonant_with_its_vowel(
    word: str, divided: str
) -> None:
    cuts = [0, *divisions(word), len(word)]
    parts = [word[i:j] for i, j in pairwise(cuts)]
    assert "-".join(part for part in parts if part) == divided


def test_a_turkish_page_divides_words() -> None:
    words = " ".join(["Mektuplaşmalarındaki gecikmelerden söz edilmektedir."] * 30)
    text = "".join(page_texts(pdf_of(edition_from(f"<p>{words}</p>", language="tr"))))
    ends = {line.split()[-1] for line in re.split(r"[\r\n]+", text) if line.strip()}
    assert any(end.endswith(("-", "\N{HYPHEN}", "\ufffe", "\x02")) for end in ends)


def test_addresses_end_lines_after_slashes_only() -> None:
    article = el("div", el("a", f"https://a.b/c.d/{'e' * 50}", href="x"), el("a", "words"))
    shape_addresses(article)
    address, words = article
    assert address.text == (
        f"https:\u2060/\u2060/\u2060a.\u2060b/c.\u2060d/{'e' * 40}\u200b{'e' * 10}"
    )
    assert words.text == "words"


def test_words_in_a_drawing_are_not_invented() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text>Gebze</text></svg>'
    edition = edition_from('<fig id="f1"><graphic href="a.svg"/><alt>A town</alt></fig>')
    drawing = Image("a.svg", Path("a.svg"), svg, "image/svg+xml")
    pdf_of(replace(edition, images={"a.svg": drawing}))


@pytest.mark.parametrize(
    ("markup", "held"),
    [
        ("<p>We think it so.</p>", "<p>We think it\xa0so.</p>"),
        ("<p>We think otherwise.</p>", "<p>We think otherwise.</p>"),
        ("<p>So.</p>", "<p>So.</p>"),
        ("<p>We <i>all</i> of us\n </p>", "<p>We <i>all</i> of\xa0us\n </p>"),
        (
            '<p>One of us.<span class="fn">a note of it</span></p>',
            '<p>One of\xa0us.<span class="fn">a note of it</span></p>',
        ),
        ("<p/>", "<p/>"),
    ],
)
def test_a_paragraph_does_not_end_in_a_fragment(markup: str, held: str) -> None:
    made = hold_ending(etree.fromstring(markup))
    assert etree.tostring(made, encoding="unicode") == held


# ── streams ──


def written(data: bytes, compress: bool, **extra: Any) -> bytes:
    document = pydyf.PDF()
    stream = pydyf.Stream([data], pydyf.Dictionary(extra), compress)
    document.add_object(stream)
    document.catalog["Probe"] = stream.reference
    settle(document)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def unlucky() -> bytes:
    """Text whose compressed form ends in a carriage return."""
    texts = (b"text" + bytes([n]) for n in range(256))
    return next(text for text in texts if zlib.compress(text, 9).endswith(b"\r"))


@pytest.mark.parametrize(
    ("data", "compress", "filters"),
    [
        (b"plain\r", False, "/ASCII85Decode"),
        (b"plain", False, ""),
        (b"plain", True, "/FlateDecode"),
        (unlucky(), True, "/ASCII85Decode /FlateDecode"),
    ],
)
def test_a_stream_ends_so_that_no_reader_errs(data: bytes, compress: bool, filters: str) -> None:
    made = written(data, compress)
    assert not ambiguous(made)
    with pikepdf.open(io.BytesIO(made)) as opened:
        stream = opened.Root.Probe
        assert stream.read_bytes() == data
        named = stream.get("/Filter", "")
        told = named if isinstance(named, pikepdf.Array) else [named]
        assert " ".join(map(str, told)) == filters


def test_parameters_stay_with_their_filter() -> None:
    rows = (b"\0\x07\x09\0\0" + bytes([n]) for n in range(256))
    coded = next(c for row in rows if (c := zlib.compress(row, 9)).endswith(b"\r"))
    parameters = pydyf.Dictionary({"Predictor": 15, "Columns": 2})
    made = written(coded, False, Filter="/FlateDecode", DecodeParms=parameters)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.Root.Probe.read_bytes()[:2] == b"\x07\x09"


# ── formulas ──


def test_formulas_are_drawn_and_say_what_they_are() -> None:
    body = (
        "<disp-formula><tex>E = mc^2</tex><alt>energy</alt></disp-formula>"
        "<p>An <inline-formula><tex>\\frac{a}{b}</tex></inline-formula> inline.</p>"
        "<disp-formula><tex>\\nosuchcommand{</tex></disp-formula>"
    )
    edition = edition_from(body)
    page = fragment(pdf_draft.print_page(edition).data)
    drawn = [e for e in page.iter("{*}img") if e.get("role") == "math"]
    assert [e.get("alt") for e in drawn] == ["energy", "\\frac{a}{b}"]
    assert [e.text for e in page.iter("{*}code")] == ["\\nosuchcommand{"]
    pdf_of(edition)


def test_a_drawing_knows_its_baseline(everything: Edition) -> None:
    fraction = next(everything.chapter.root.iter("{*}disp-formula"))
    made = drawing(fraction)
    assert made is not None
    assert made.svg.startswith("<svg")
    assert 0 < made.depth < made.height < 4


# ── the engine's libraries ──

_LOADED = """
import subprocess, sys
started, begin = [], subprocess.Popen.__init__
def watched(self, *args, **more):
    started.append(args)
    begin(self, *args, **more)
subprocess.Popen.__init__ = watched
from pubtool.writers import pdf, pdf_libraries
pdf_libraries._NAMES += tuple(sys.argv[1:])
pdf._weasyprint()
print(len(started))
"""


def test_the_engine_is_loaded_without_other_programs_where_that_can_be() -> None:
    """Where a library is not known by its name, they are asked as ever."""
    counts = [
        int(subprocess.check_output((sys.executable, "-c", _LOADED, *lacking)))
        for lacking in ((), ("libnowhere.so.0",))
    ]
    assert counts[0] == 0
    assert counts[1] > 0
