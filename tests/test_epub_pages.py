"""The pages of the print edition in the EPUB: each label before the word its page begins with.

What a page begins with is read from the PDF by its glyphs, without any help of its page facts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool import zipped
from pubtool.checks.attendant import messages
from pubtool.checks.epub import check, conserved
from pubtool.cli import main
from pubtool.conservation import chapter_words, seal
from pubtool.edition import Edition
from pubtool.formats import BUILT_IN
from pubtool.outcome import PRINT_PAGES
from pubtool.pagination import Pages, PageStart, as_json, at_path, flowing_text, from_json
from pubtool.source import fragment, local
from pubtool.text import letters
from pubtool.writers import epub, pdf_press
from pubtool.writers.epub_package import page_breaks
from tests.conftest import REPOSITORY
from tests.spoiling import press
from tests.test_epub import TYPE, XHTML, said, values
from tests.test_html import edition_from
from tests.test_pagination import unbroken
from tests.test_pdf_tags import EXAMPLE
from tests.test_print import for_press

GOLDEN = REPOSITORY / "tests" / "golden"
# How many letters are compared at each turn of a page.
ENOUGH = 10
PRINTED = [
    ("example", ""),
    ("example", "110mm 150mm"),
    ("example", "90mm 110mm"),
    ("seed", ""),
    ("seed", "100mm 140mm"),
    ("everything", ""),
    ("everything", "90mm 110mm"),
    ("verse-and-quotes", "90mm 110mm"),
    ("tables", "90mm 110mm"),
    ("notes", "70mm 100mm"),
    ("citations", "70mm 90mm"),
]


@pytest.fixture(scope="module", params=PRINTED, ids=lambda case: " ".join(case).strip())
def edition(
    request: pytest.FixtureRequest,
    edition_of: Callable[[Path], Edition],
    press_profile: Path,
) -> Edition:
    name, trim = request.param
    if name == "seed":
        path = request.getfixturevalue("seed_chapter")
    else:
        path = EXAMPLE if name == "example" else GOLDEN / name / "chapter.xml"
    return for_press(unbroken(edition_of(path)), press_profile, trim=trim)


@pytest.fixture(scope="module")
def made(edition: Edition) -> tuple[bytes, bytes, Pages]:
    """The print PDF, the EPUB that is made after it, and the pages."""
    return both(edition)


def both(edition: Edition) -> tuple[bytes, bytes, Pages]:
    press = pdf_press.write(edition)
    facts = press.beside[PRINT_PAGES]
    book = epub.write(replace(edition, facts={"print": facts}))
    assert {f.rule for f in book.findings} <= {"PT706"}
    return press.data, book.data, from_json(facts)


def text_of(book: bytes) -> etree._Element:
    return fragment(zipped.unpack(book)[epub.TEXT])


def package_of(book: bytes) -> etree._Element:
    return fragment(zipped.unpack(book)["EPUB/package.opf"])


def turns(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each mark of a page with the letters of the book after it."""
    whole, marks = "", []
    for part in spoken(root):
        if isinstance(part, str):
            whole += letters(part)
        else:
            marks.append((part, len(whole)))
    for mark, at in marks:
        yield mark, whole[at:]


def spoken(e: etree._Element) -> Iterator[str | etree._Element]:
    """The words of the book and the marks in it; no notes, and nothing that print does not show."""
    if e.get(TYPE) == "pagebreak":
        yield e
        return
    if local(e) in ("head", "aside", "annotation") or {"long-desc", "colophon"} & set(
        (e.get("class") or "").split()
    ):
        return
    yield e.text or ""
    for inner in e:
        yield from spoken(inner)
        yield inner.tail or ""


def repeated_head(mark: etree._Element) -> str:
    """The head of the table whose rows a page begins with, which is printed again."""
    table = next(mark.iterancestors(f"{XHTML}table"), None)
    head = table.find(f"{XHTML}thead") if table is not None else None
    return letters("".join(head.itertext())) if head is not None else ""


def sheets(pdf: bytes) -> list[str]:
    """The letters of each page in the order the PDF paints them."""
    document = pypdfium2.PdfDocument(pdf)
    return [letters(page.get_textpage().get_text_bounded()) for page in document]


def test_every_label_stands_before_the_word_its_page_begins_with(
    made: tuple[bytes, bytes, Pages],
) -> None:
    pdf, book, pages = made
    sheet = dict(zip(pages.labels, sheets(pdf), strict=True))
    split = {start.label: start.split for start in pages.starts}
    found = list(turns(text_of(book)))
    for mark, after in found:
        label = mark.get("data-page", "")
        shown = sheet[label].removesuffix(letters(label)).removeprefix(repeated_head(mark))
        opening = after[split.get(label, 0) :][: min(ENOUGH, len(shown))]
        assert shown.startswith(opening), label
        assert len(opening) > 2, label
    marked = [mark.get("data-page", "") for mark, _ in found]
    assert {start.label for start in pages.starts} <= set(marked)
    assert marked == sorted(marked, key=pages.labels.index)


def test_the_book_with_its_pages_passes_its_checks(
    edition: Edition, made: tuple[bytes, bytes, Pages]
) -> None:
    _, book, _ = made
    assert check(book, "c.epub", "quick") == []
    assert conserved(edition, book, "c.epub") == []
    features = values(package_of(book), "schema:accessibilityFeature")
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


def test_epubcheck_and_the_list_of_pages(
    edition_of: Callable[[Path], Edition], press_profile: Path
) -> None:
    _, book, pages = both(for_press(edition_of(EXAMPLE), press_profile))
    assert messages(book) == []
    nav = fragment(zipped.unpack(book)["EPUB/nav.xhtml"])
    listed = next(e for e in nav.iter(f"{XHTML}nav") if e.get(TYPE) == "page-list")
    assert [said(a) for a in listed.iter(f"{XHTML}a")] == list(pages.labels)
    assert values(package_of(book), "pageBreakSource") == ["urn:isbn:9789995249014"]


# ── where in the book ──

BODY = """<sec id="s"><title>A title</title><p id="p">One two <italic>three</italic>-four, see
<xref rid="f"/> and more.</p><fig id="f"><graphic href="x.png"/><alt>Of dots</alt><caption>
<title>Many dots</title></caption></fig><code>one two</code></sec>"""


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [
        (("body[1]/sec[1]/title[1]", 0, 0, 0), "Words.", "A title"),
        (("body[1]/sec[1]/p[1]", 1, 0, 0), "One", "two three"),
        (("body[1]/sec[1]/p[1]", 1, 2, 0), "One", "two three"),
        (("body[1]/sec[1]/p[1]", 2, 0, 0), "two", "three-four"),
        (("body[1]/sec[1]/p[1]", 2, 5, 0), "two", "three-four"),
        (("body[1]/sec[1]/p[1]", 4, 0, 0), "Figure 1", "and more"),
        (("body[1]/sec[1]/p[1]", 4, 0, 7), "see", "Figure 1 and"),
        (("body[1]/sec[1]/p[1]", 4, 0, 1), "see Figure", "1 and"),
        (("body[1]/sec[1]/fig[1]/caption[1]/title[1]", 0, 0, 7), "more.", "Figure 1 Many"),
        (("body[1]/sec[1]/fig[1]/caption[1]/title[1]", 1, 0, 0), "Many", "dots"),
    ],
)
def test_a_mark_stands_before_whole_words_and_what_leads_to_them(
    start: tuple[str, int, int, int], before: str, after: str
) -> None:
    element, word, split, led = start
    edition = edition_from(f"<p>Words.</p>{BODY}")
    starts = (PageStart("1", "front[1]/title[1]", 0, 0, ""),
              PageStart("2", element, word, split, "", led))  # fmt: skip
    _, told = of_pages(edition, starts)
    text = text_of(told)
    whole = "".join(p if isinstance(p, str) else "|" for p in spoken(text))
    left, right = (" ".join(part.split()) for part in whole.rsplit("|", 1))
    assert left.endswith(before)
    assert right.startswith(after)


def of_pages(edition: Edition, starts: tuple[PageStart, ...]) -> tuple[list[str], bytes]:
    """The rules of what was found, and the EPUB, for pages with the words the chapter has there."""
    root = edition.chapter.root
    right = tuple(replace(page, text=word_at(root, page)) for page in starts)
    pages = Pages(tuple(page.label for page in starts), right, seal(chapter_words(edition.chapter)))
    book = epub.write(replace(edition, facts={"print": as_json(pages)}))
    return [f.rule for f in book.findings], book.data


def word_at(root: etree._Element, page: PageStart) -> str:
    element = at_path(root, page.element)
    assert element is not None
    return flowing_text(element).split()[page.word]


def test_a_page_that_begins_in_code_has_no_mark_and_that_is_told() -> None:
    starts = (PageStart("1", "front[1]/title[1]", 0, 0, ""),
              PageStart("2", "body[1]/code[1]", 1, 0, ""))  # fmt: skip
    assert of_pages(edition_from("<code>one two</code>"), starts)[0] == ["PT706"]


def test_facts_that_are_none_are_told() -> None:
    for data in (b"", b"[]", b"{}", b'{"pages": [{"label": "1", "x": 2}]}', b'{"pages": [1]}'):
        book = epub.write(replace(edition_from(), facts={"print": data}))
        assert [f.rule for f in book.findings] == ["PT704"]
        assert page_breaks(text_of(book.data)) == []


# ── from one export to the next ──


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(REPOSITORY / "tests" / "rules" / "good", tmp_path, dirs_exist_ok=True)
    press(tmp_path)
    chapter = tmp_path / "chapter.xml"
    chapter.write_text(chapter.read_text().replace('<page-break number="2"/>', ""))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported(*formats: str) -> int:
    command = ["export", "chapter.xml", "-o", "build", "--check", "quick", "-f", ",".join(formats)]
    return CliRunner().invoke(main, command).exit_code


def listed(project: Path) -> list[str]:
    """The pages that the EPUB of a project marks."""
    marks = page_breaks(text_of((project / "build" / "chapter.epub").read_bytes()))
    return [mark.get("data-page", "") for mark in marks]


def test_pages_come_from_the_same_run_or_an_earlier_one(project: Path) -> None:
    assert exported("epub") == 0
    assert listed(project) == []
    assert exported("epub", "print") == 0
    assert listed(project) == ["1", "2"]
    together = (project / "build" / "chapter.epub").read_bytes()
    assert exported("epub") == 0
    assert (project / "build" / "chapter.epub").read_bytes() == together


def test_a_print_pdf_that_failed_gives_no_pages(project: Path) -> None:
    assert exported("print") == 0
    (project / "press.icc").write_text("ink")
    assert exported("epub", "print") == 1
    assert listed(project) == []


def test_what_a_format_needs_or_heeds_is_made_before_it() -> None:
    made: set[str] = set()
    for row in BUILT_IN:
        assert {*row.needs, *row.heeds} <= made, row.name
        made.add(row.name)
