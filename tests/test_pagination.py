"""Where pages begin: told beside the PDF, and put into the chapter at the very letter."""

from __future__ import annotations

import copy
import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool import readers
from pubtool.checks.pdf_text import marked_text
from pubtool.cli import main
from pubtool.edition import Edition
from pubtool.model import q
from pubtool.page_range import with_pages
from pubtool.pagination import Pages, PageStart, as_json, at_path, from_json, paginate, path_of
from pubtool.settings import Settings
from pubtool.source import fragment, local
from pubtool.text import letters
from pubtool.writers import pdf, pdf_draft
from tests.conftest import EVERYTHING, REPOSITORY
from tests.test_html import edition_from
from tests.test_pdf import with_jats
from tests.test_pdf_tags import EXAMPLE, Element, read_tree

NOT_IN_THE_FLOW = frozenset(
    "fn inline-formula disp-formula label query index-term alt long-desc".split()
)
BELOW = ("caption", "fig-group")
APART = frozenset({"Note", "Lbl", "Reference", "Formula", "Figure"})


def made_from(edition: Edition) -> tuple[bytes, Pages]:
    made = pdf.write(with_jats(edition))
    return made.data, from_json(made.beside[".pages.json"])


def unbroken(edition: Edition) -> Edition:
    """The edition without the page breaks its author put in."""
    root = copy.deepcopy(edition.chapter.root)
    for mark in list(root.iter(q("page-break"))):
        before, parent = mark.getprevious(), mark.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (mark.tail or "")
        else:
            parent.text = (parent.text or "") + (mark.tail or "")
        parent.remove(mark)
    return replace(edition, chapter=replace(edition.chapter, root=root))


@pytest.fixture(scope="module", params=["example", "everything", "seed"])
def edition(
    request: pytest.FixtureRequest,
    edition_of: Callable[[Path], Edition],
    tmp_path_factory: pytest.TempPathFactory,
) -> Edition:
    if request.param != "seed":
        return unbroken(edition_of(EXAMPLE if request.param == "example" else EVERYTHING))
    path = tmp_path_factory.mktemp("seed") / "chapter.xml"
    seed: Path = request.getfixturevalue("seed")
    path.write_bytes(readers.read(seed, Settings()).data)
    return edition_of(path)


def told(root: etree._Element) -> Iterator[str | etree._Element]:
    """The author's text in the order it is printed, and the page breaks in it."""
    front, *rest = root
    yield from (part for name in ("abstract", "keywords") for e in front.iter(q(name))
                for part in under(e))  # fmt: skip
    for part in rest:
        yield from under(part)
    for bio in front.iter(q("bio")):
        yield from under(bio)


def under(e: etree._Element) -> Iterator[str | etree._Element]:
    if local(e) == "page-break":
        yield e
        return
    if local(e) in NOT_IN_THE_FLOW or e.get("generated") == "yes":
        return
    parts = e.iterfind(q("as-written")) if local(e) == "ref" else e.iterchildren("*")
    if local(e) != "ref":
        yield e.text or ""
    # The caption of several figures stands below them.
    for inner in sorted(parts, key=lambda e: (local(e), local(e.getparent())) == BELOW):
        yield from under(inner)
        yield (inner.tail or "") if local(e) != "ref" else ""


def segments(root: etree._Element) -> dict[str, str]:
    """The letters from each page break to the next, by the label of the page."""
    found, label = {"": ""}, ""
    for part in told(root):
        if isinstance(part, str):
            found[label] += letters(part)
        else:
            label = part.get("number", "")
            found[label] = ""
    return found


def printed(data: bytes) -> list[str]:
    """The letters of the text on each page, read from the file by its tags: no notes, no labels."""
    texts = marked_text(data)
    with pikepdf.open(io.BytesIO(data)) as file:
        pages = [""] * len(file.pages)
        for page, mcid in flow(read_tree(file)):
            pages[page] += letters("".join(texts.get((page, mcid), [])))
    return pages


def flow(element: Element) -> Iterator[tuple[int, int]]:
    for kid in element.kids:
        if not isinstance(kid, Element):
            yield kid
        elif kid.role not in APART:
            yield from flow(kid)


def surplus(part: str, whole: str) -> str | None:
    """What a text has beyond the letters of its part; None if they are not in it in their order."""
    more, at = "", 0
    for letter in whole:
        if at < len(part) and letter == part[at]:
            at += 1
        else:
            more += letter
    return more if at == len(part) else None


def written_by_pubtool(edition: Edition) -> str:
    page = fragment(pdf_draft.print_page(edition).data)
    marked = [e for e in page.iter("*") if e.get("data-generated")]
    return letters("".join("".join(e.itertext()) for e in marked))


def test_the_text_before_each_break_is_that_of_the_page(edition: Edition) -> None:
    data, pages = made_from(edition)
    on_page = dict(zip(pages.labels, printed(data), strict=True))
    assert [start.label for start in pages.starts] == list(pages.labels)
    found = segments(paginate(edition.chapter.root, pages.starts))
    assert list(found)[1:] == list(pages.labels)
    ours, more = written_by_pubtool(edition), Counter[str]()
    for label, segment in list(found.items())[2:]:
        beyond = surplus(segment, on_page[label])
        assert beyond is not None, label
        more.update(beyond)
        before, _, after = on_page[label].partition(segment[:6])
        assert before in ours, label
        assert after.rpartition(segment[-6:])[2] in ours, label
    assert more <= Counter(ours), more - Counter(ours)


def test_breaks_change_nothing_else(edition: Edition) -> None:
    _, pages = made_from(edition)
    before = etree.tostring(edition.chapter.root)
    paged = paginate(edition.chapter.root, pages.starts)
    assert etree.tostring(edition.chapter.root) == before
    breaks = list(paged.iter(q("page-break")))
    assert len({e.get("id") for e in breaks}) == len(pages.labels)
    bare = unbroken(replace(edition, chapter=replace(edition.chapter, root=paged)))
    assert etree.tostring(bare.chapter.root) == before


def test_page_facts_are_read_as_they_were_written() -> None:
    starts = (PageStart("xii", "body[1]/p[1]", 0, 0, "One"), PageStart("xiv", "x[2]", 3, 2, "ə"))
    pages = Pages(("xii", "xiii", "xiv"), starts)
    assert from_json(as_json(pages)) == pages
    assert (pages.first, pages.last) == ("xii", "xiv")


def test_every_element_has_one_path(everything: Edition) -> None:
    root = everything.chapter.root
    chapter = [e for e in root.iter("*") if str(e.tag).startswith(q("")[:-1])]
    for element in chapter[1:]:
        assert at_path(root, path_of(element)) is element
    assert at_path(root, "body[1]/sec[99]/p[1]") is None


@pytest.mark.parametrize(
    ("body", "start", "expected"),
    [
        ("<p>One two three</p>", (1, 0), "One <B/>two three"),
        ("<p>One two three</p>", (1, 2), "One tw<B/>o three"),
        ("<p>a well-known case</p>", (1, 4), "a well-<B/>known case"),
        ("<p>One <italic>two</italic> three</p>", (1, 0), "One <italic><B/>two</italic> three"),
        ("<p>One <italic>two</italic> three</p>", (2, 0), "One <italic>two</italic> <B/>three"),
        ("<p>One<fn><p>A b c d.</p></fn> two</p>", (1, 0), "One<fn/> <B/>two"),
    ],
)
def test_a_break_stands_at_the_very_letter(
    body: str, start: tuple[int, int], expected: str
) -> None:
    root = edition_from(f"<p>First.</p>{body}").chapter.root
    opening = PageStart("1", "body[1]/p[1]", 0, 0, "First.")
    paged = paginate(root, [opening, PageStart("2", "body[1]/p[2]", *start, "")])
    assert paged[1][0].get("number") == "1"
    paragraph = at_path(paged, "body[1]/p[2]")
    assert paragraph is not None
    assert plainly(paragraph) == expected


def plainly(e: etree._Element) -> str:
    """An element's content with breaks and notes as bare marks."""
    parts = [e.text or ""]
    for inner in e:
        name = local(inner)
        bare = {"page-break": "<B/>", "fn": "<fn/>"}.get(name)
        parts += [bare or f"<{name}>{plainly(inner)}</{name}>", inner.tail or ""]
    return "".join(parts)


def test_a_chapter_with_page_breaks_keeps_its_own(everything: Edition) -> None:
    root = everything.chapter.root
    paged = paginate(root, [PageStart("1", "body[1]/p[1]", 0, 0, "A")])
    assert etree.tostring(paged) == etree.tostring(root)


# ── first and last page in the chapter's file ──

HEAD = '<chapter xmlns="urn:pubtool:chapter:1" id="c1" xml:lang="tr"><front>\n  <title>Şəki</title>'


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("\n  <pages first='1'/>\n ", '\n  <pages first="xi" last="xx"/>\n '),
        ('<pages last="2"  first="1" /><dates/>', '<pages last="xx"  first="xi" /><dates/>'),
        ("\n  <dates/>\n", '\n  <pages first="xi" last="xx"/>\n  <dates/>\n'),
        ("\n", '\n  <pages first="xi" last="xx"/>\n'),
        ("", '<pages first="xi" last="xx"/>'),
    ],
)
def test_pages_are_written_and_nothing_else_changes(front: str, expected: str) -> None:
    tail = "</front><body><!-- <pages first='9'/> --><p>ə</p></body></chapter>"
    before, after = f"{HEAD}{front}{tail}", f"{HEAD}{expected}{tail}"
    assert with_pages(before.encode(), "xi", "xx").decode() == after
    assert with_pages(after.encode(), "xi", "xx").decode() == after


def test_a_prefix_is_kept() -> None:
    text = '<c:chapter xmlns:c="urn:pubtool:chapter:1"><c:front><c:title/></c:front></c:chapter>'
    made = with_pages(text.encode(), "1", "2").decode()
    assert made == text.replace("</c:front>", '<c:pages first="1" last="2"/></c:front>')


def test_export_writes_the_pages_beside_and_into_the_chapter(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(REPOSITORY / "tests" / "rules" / "good", folder)
    chapter = folder / "chapter.xml"
    before = chapter.read_text()
    command = ["export", str(chapter), "-f", "pdf", "-o", str(tmp_path), "--check", "none"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert chapter.read_text() == before
    facts = from_json((tmp_path / "chapter.pages.json").read_bytes())
    result = CliRunner().invoke(main, [*command, "--write-pages"])
    assert result.exit_code == 0, result.output
    root = etree.fromstring(chapter.read_bytes())
    said = root.find(f".//{q('pages')}")
    assert said is not None
    assert (said.get("first"), said.get("last")) == (facts.first, facts.last)


def test_pages_are_not_written_without_a_pdf(tmp_path: Path) -> None:
    chapter = REPOSITORY / "tests" / "rules" / "good" / "chapter.xml"
    command = ["export", str(chapter), "-f", "html", "-o", str(tmp_path), "--write-pages"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "give --format pdf too" in result.output


def test_page_facts_do_not_outlive_their_pdf(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(REPOSITORY / "tests" / "rules" / "good", folder)
    chapter = folder / "chapter.xml"
    command = ["export", str(chapter), "-f", "pdf", "-o", str(tmp_path)]
    CliRunner().invoke(main, command)
    assert (tmp_path / "chapter.pages.json").exists()
    chapter.write_text(chapter.read_text().replace("Words with", "Words \ue0ff with"))
    CliRunner().invoke(main, command)
    assert (tmp_path / "chapter.pdf.invalid").exists()
    assert not (tmp_path / "chapter.pages.json").exists()
