"""The tag tree of the PDF: whole over page breaks, in reading order, with notes, languages, scopes.

The tree is read from the file (ISO 32000-1, 14.7), not from what our writer meant.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from pubtool import readers
from pubtool.checks.pdf_text import letters, marked_text
from pubtool.edition import Edition
from pubtool.settings import Settings
from pubtool.source import MATHML, fragment
from pubtool.writers import pdf, pdf_draft
from tests.conftest import EVERYTHING, REPOSITORY
from tests.test_html import edition_from
from tests.test_pdf import page_texts, with_jats

EXAMPLE = REPOSITORY / "examples" / "chapters" / "chapter-03.xml"
XHTML = "{http://www.w3.org/1999/xhtml}"
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
Mark = tuple[int, int]


@dataclass
class Element:
    """An element of the tree as a reader meets it; `marks` are (page, identifier)."""

    role: str
    raw: Any
    kids: list[Element | Mark] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all()

    def marks(self) -> Iterator[Mark]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            else:
                yield kid


@dataclass
class Tagged:
    """A PDF with its tree, the text under each mark, and the page that was set."""

    file: pikepdf.Pdf
    root: Element
    texts: dict[Mark, list[str]]
    page: etree._Element
    edition: Edition

    def of(self, *roles: str) -> list[Element]:
        return [e for e in self.root.all() if e.role in roles]

    def text(self, element: Element) -> str:
        return "".join(t for mark in element.marks() for t in self.texts.get(mark, []))


def read_tree(file: pikepdf.Pdf) -> Element:
    pages = {page.objgen: number for number, page in enumerate(file.pages)}

    def element(raw: Any) -> Element:
        made = Element(str(raw.S)[1:], raw)
        kids = raw.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                made.kids.append((pages[raw.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                made.kids.append((pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                made.links.append(kid.Obj)
            else:
                assert kid.P.objgen == raw.objgen
                made.kids.append(element(kid))
        return made

    (only,) = file.Root.StructTreeRoot.K
    return element(only)


def tagged(edition: Edition) -> Tagged:
    data = pdf.write(with_jats(edition)).data
    file = pikepdf.open(io.BytesIO(data))
    page = fragment(pdf_draft.print_page(edition).data)
    return Tagged(file, read_tree(file), marked_text(data), page, edition)


@pytest.fixture(scope="module", params=["example", "everything", "seed"])
def chapter(
    request: pytest.FixtureRequest,
    edition_of: Callable[[Path], Edition],
    tmp_path_factory: pytest.TempPathFactory,
) -> Tagged:
    if request.param != "seed":
        return tagged(edition_of(EXAMPLE if request.param == "example" else EVERYTHING))
    path = tmp_path_factory.mktemp("seed") / "chapter.xml"
    seed: Path = request.getfixturevalue("seed")
    path.write_bytes(readers.read(seed, Settings()).data)
    return tagged(edition_of(path))


def operators(file: pikepdf.Pdf, page: int) -> Iterator[tuple[str, list[Any]]]:
    for instruction in pikepdf.parse_content_stream(file.pages[page]):
        yield str(instruction.operator), list(instruction.operands)


def marked_on(file: pikepdf.Pdf, page: int) -> list[int]:
    """The identifiers of a page's marked content; all that draws stands in some marked content."""
    found, depth = [], 0
    for operator, operands in operators(file, page):
        if operator in ("BDC", "BMC"):
            depth += 1
            if operator == "BDC" and "/MCID" in operands[1]:
                found.append(int(operands[1].MCID))
        elif operator == "EMC":
            depth -= 1
        elif operator in ("Tj", "TJ", "Do", "f", "S", "B", "sh"):
            assert depth, f"{operator} on page {page} is neither tagged nor an artifact"
    return found


# ── the tree as a whole ──


def test_all_that_is_drawn_is_in_the_tree_once_or_an_artifact(chapter: Tagged) -> None:
    counted = Counter(chapter.root.marks())
    drawn = {(p, m) for p in range(len(chapter.file.pages)) for m in marked_on(chapter.file, p)}
    assert set(counted) == drawn
    assert set(counted.values()) == {1}


def test_the_parent_tree_leads_from_every_mark_and_link_to_its_element(chapter: Tagged) -> None:
    numbers = list(chapter.file.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for element in chapter.root.all():
        for kid in element.kids:
            if not isinstance(kid, Element):
                page, mcid = kid
                key = int(chapter.file.pages[page].StructParents)
                assert owners[key][mcid].objgen == element.raw.objgen
        for link in element.links:
            assert element.role == "Link"
            assert owners[int(link.StructParent)].objgen == element.raw.objgen


def test_every_annotation_belongs_to_one_link(chapter: Tagged) -> None:
    on_pages = [a.objgen for page in chapter.file.pages for a in page.get("/Annots", [])]
    in_tree = [link.objgen for element in chapter.root.all() for link in element.links]
    assert sorted(on_pages) == sorted(in_tree)


def test_elements_are_whole_over_page_breaks(chapter: Tagged) -> None:
    assert len(chapter.of("Art")) == 1
    sections = [*chapter.page.iter(f"{XHTML}section")]
    headings = [h for n in range(1, 7) for h in chapter.page.iter(f"{XHTML}h{n}")]
    tables, notes = [*chapter.page.iter(f"{XHTML}table")], called(chapter)
    assert len(chapter.of("Sect")) == len(sections)
    assert len(chapter.of(*HEADINGS)) == len(headings)
    assert len(chapter.of("Table")) == len(tables)
    assert len(chapter.of("Note")) == len(chapter.of("Reference")) == len(notes)
    assert len(chapter.of("L")) == len([*chapter.page.iter(*lists())])


def lists() -> list[str]:
    return [f"{XHTML}{name}" for name in ("ul", "ol", "dl")]


def called(chapter: Tagged) -> list[etree._Element]:
    return [e for e in chapter.page.iter(f"{XHTML}span") if e.get("class") == "fn"]


def test_a_paragraph_over_several_pages_is_one_element() -> None:
    words = " ".join(f"word{n}" for n in range(2500))
    made = tagged(edition_from(f"<p>{words}</p>"))
    (paragraph,) = [p for p in made.of("P") if len({page for page, _ in p.marks()}) > 2]
    assert letters(made.text(paragraph)) == letters(words)


def test_headings_of_tables_said_again_on_the_next_page_are_artifacts() -> None:
    rows = "".join(f"<tr><td>A{n}</td><td>B{n}</td></tr>" for n in range(120))
    head = "<thead><tr><th>Letter</th><th>Number</th></tr></thead>"
    made = tagged(
        edition_from(f"<table-wrap><table>{head}<tbody>{rows}</tbody></table></table-wrap>")
    )
    (table,) = made.of("Table")
    assert len({page for page, _ in table.marks()}) > 2
    assert len(made.of("THead")) == len(made.of("TBody")) == 1
    assert [made.text(th).strip() for th in made.of("TH")] == ["Letter", "Number"]
    assert printed(made).count("Letter") > 2


def printed(made: Tagged) -> str:
    """All that is to be read on the pages, artifacts too."""
    buffer = io.BytesIO()
    made.file.save(buffer)
    return "".join(page_texts(buffer.getvalue()))


# ── notes, languages, tables, figures, formulas ──


def test_notes_follow_their_numbers_and_have_labels_and_ids(chapter: Tagged) -> None:
    ids = [str(note.raw.ID) for note in chapter.of("Note")]
    assert len(ids) == len(set(ids))
    for note in chapter.of("Note"):
        assert next(kid.role for kid in note.kids if isinstance(kid, Element)) == "Lbl"
        assert any(mark in chapter.texts for mark in note.marks())
    for element in chapter.root.all():
        kids = [kid for kid in element.kids if isinstance(kid, Element)]
        for before, note in pairwise(kids):
            if note.role == "Note":
                assert before.role == "Reference" or "Reference" in {e.role for e in before.all()}
    names = chapter.file.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", [])
    listed = [str(name) for name in list(names)[::2]]
    assert listed == sorted(listed)
    assert set(ids) <= set(listed)


def test_every_run_in_another_language_says_so(chapter: Tagged) -> None:
    assert str(chapter.file.Root.Lang) == chapter.edition.chapter.record.language
    told = [(str(e.raw.Lang), letters(chapter.text(e))) for e in chapter.root.all()
            if "/Lang" in e.raw]  # fmt: skip
    foreign = [e for e in chapter.page.iter("{*}span") if e.get("class") == "foreign"]
    for run in foreign:
        said = letters("".join(own_text(run)))
        assert any(run.get("lang") == tag and said in text for tag, text in told), said


def own_text(e: etree._Element) -> Iterator[str]:
    yield e.text or ""
    for kid in e.iterchildren("*"):
        if kid.get("class") != "fn":
            yield from own_text(kid)
        yield kid.tail or ""


def test_cells_have_scope_or_headings(chapter: Tagged) -> None:
    named = {str(e.raw.ID) for e in chapter.of("TH")}
    for heading in chapter.of("TH"):
        assert str(heading.raw.A.Scope) in ("/Column", "/Row")
    for cell in chapter.of("TD"):
        assert {str(key) for key in cell.raw.A.get("/Headers", [])} <= named


def test_figures_and_formulas_speak(chapter: Tagged) -> None:
    for shown in chapter.of("Figure", "Formula"):
        assert str(shown.raw.Alt).strip()
        left, bottom, right, top = map(float, shown.raw.A.BBox)
        assert 0 <= left < right <= 160 / 25.4 * 72
        assert 0 <= bottom < top <= 240 / 25.4 * 72
    with_math = [e for e in chapter.page.iter("{*}img") if e.get("data-mathml")]
    attached = [e for e in chapter.of("Formula") if "/AF" in e.raw]
    assert len(attached) == len(with_math)
    for formula, drawn in zip(attached, with_math, strict=True):
        data = formula.raw.AF[0].EF.F.read_bytes()
        assert etree.fromstring(data).tag == f"{{{MATHML}}}math"
        assert data.decode() == drawn.get("data-mathml")
        assert str(formula.raw.AF[0].AFRelationship) == "/Supplement"


def test_running_heads_are_artifacts_and_the_title_is_shown(chapter: Tagged) -> None:
    head, heads = letters(chapter.edition.chapter.running_author), len(chapter.file.pages) // 2
    in_tree = letters(chapter.text(chapter.root)).count(head)
    assert letters(printed(chapter)).count(head) >= in_tree + max(heads - 1, 0)
    assert bool(chapter.file.Root.ViewerPreferences.DisplayDocTitle)
    kinds = {
        str(operands[1].get("/Type", ""))
        for page in range(len(chapter.file.pages))
        for operator, operands in operators(chapter.file, page)
        if operator == "BDC" and str(operands[0]) == "/Artifact"
    }
    assert kinds == {"/Pagination"}
