"""The real chapter, end to end: from the typeset text to four checked artifacts.

Nothing of its text stands here: what is expected is read from the manuscript itself, by line, and
the words are taken from the artifacts by means of this file, not by those of pubtool.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from pubtool.checks.attendant import messages
from tests.conftest import shared
from tests.test_bad_input import pubtool

NS = "{urn:pubtool:chapter:1}"
FORMATS = "jats,html,pdf,epub"


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def lines(seed: Path) -> dict[int, str]:
    """The manuscript by line number, as an editor counts."""
    return dict(enumerate(seed.read_text().split("\n"), 1))


@pytest.fixture(scope="module")
def folder(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seed")


@pytest.fixture(scope="module")
def notes(seed: Path, folder: Path) -> list[dict[str, str]]:
    """What the import had to say."""
    done = pubtool("import", str(seed), "-o", "ch08.xml", "--output-format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stderr)


@pytest.fixture(scope="module")
def chapter(notes: list[dict[str, str]], folder: Path) -> etree._Element:
    return etree.parse(folder / "ch08.xml").getroot()


@pytest.fixture(scope="module")
def findings(chapter: etree._Element, folder: Path) -> list[dict[str, str]]:
    """What the export had to say; it leaves its files in build."""
    done = pubtool(
        "export",
        "ch08.xml",
        "--format",
        FORMATS,
        "--output-format",
        "json",
        cwd=folder,
        XDG_CACHE_HOME=str(folder / "cache"),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("passed") == 4
    return json.loads(done.stderr)


@pytest.fixture(scope="module")
def built(findings: list[dict[str, str]], folder: Path) -> dict[str, bytes]:
    return {p.name.removeprefix("ch08."): p.read_bytes() for p in (folder / "build").iterdir()}


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.findall(re.sub(r"(?<![{\w])(\w[\w-]*)", rf"{NS}\1", path))
    return [squeezed("".join(e.itertext())) for e in found]


# ── what is read ──


def test_the_title_has_its_own_case(chapter: etree._Element, lines: dict[int, str]) -> None:
    (title,) = texts(chapter, "front/title")
    assert f"{title}. In " in lines[3]
    assert title.upper() == lines[7].replace("İ", "I")
    assert title != lines[7]
    assert "\N{COMBINING DOT ABOVE}" not in title


def test_one_author_with_orcid_and_affiliation(
    chapter: etree._Element, lines: dict[int, str]
) -> None:
    (author,) = chapter.findall(f"{NS}front/{NS}contributor")
    assert [*texts(author, "name/given"), *texts(author, "name/family")] == lines[100].split()
    assert f"ORCID: {texts(author, 'orcid')[0]}" in lines[102]
    assert author.findtext(f"{NS}email") in lines[102].split(" | ")
    assert author.find(f"{NS}email").get("visible") == "no"
    (affiliation,) = chapter.findall(f"{NS}front/{NS}affiliation")
    assert author.get("affiliations") == affiliation.get("id")
    said = [*texts(affiliation, "department"), *texts(affiliation, "institution")]
    assert said == [lines[15].strip("*"), lines[16].strip("*")]


def test_the_volume_is_read_from_the_citation_line(
    chapter: etree._Element, lines: dict[int, str]
) -> None:
    written = lines[3].partition(": ")[2]
    assert texts(chapter, "front/citation-line") == [written.replace("*", "")]
    editors, volume = re.search(r"In (.*) \(Eds\.\), \*(.*)\* \(pp", written).groups()
    names = zip(
        texts(chapter, "front/book/editor/name/given"),
        texts(chapter, "front/book/editor/name/family"),
        strict=True,
    )
    assert [" ".join(name) for name in names] == editors.split(" & ")
    assert texts(chapter, "front/book/title") == [volume]
    assert texts(chapter, "front/book/publisher") == [written.rpartition("). ")[2].rstrip(".")]
    assert texts(chapter, "front/book/year") == re.findall(r"\((\d{4})\)", written)
    pages = chapter.find(f"{NS}front/{NS}pages")
    assert f"(pp. {pages.get('first')}-{pages.get('last')})" in written


def test_abstract_keywords_and_biography(chapter: etree._Element, lines: dict[int, str]) -> None:
    assert texts(chapter, "front/abstract/p") == [lines[20]]
    keywords = texts(chapter, "front/keywords/keyword")
    assert len(keywords) == 5
    assert all(keyword in lines[24] for keyword in keywords)
    assert texts(chapter, "front/contributor/bio/p") == [lines[104]]


def test_seven_sections_with_their_numbers(chapter: etree._Element, lines: dict[int, str]) -> None:
    sections = chapter.findall(f"{NS}body/{NS}sec")
    headings = [f"{s.get('number', '')}. {s.findtext(f'{NS}title')}".lstrip(". ") for s in sections]
    assert headings == [lines[n] for n in (26, 30, 40, 46, 58, 68, 78)]
    assert [len(s.findall(f"{NS}p")) for s in sections] == [1, 4, 2, 4, 4, 3, 1]
    assert [s.get("kind") for s in sections] == ["introduction", *[None] * 5, "conclusion"]


def test_two_sentences_cut_by_a_page_are_rejoined(
    chapter: etree._Element, lines: dict[int, str]
) -> None:
    paragraphs = texts(chapter, "body/sec/p")
    for before, after in ((52, 54), (70, 72)):
        assert squeezed(f"{lines[before]} {lines[after]}") in paragraphs


def test_thirteen_references_as_written(chapter: etree._Element, lines: dict[int, str]) -> None:
    written = [lines[n].removeprefix("- ").replace("*", "") for n in range(84, 97)]
    assert texts(chapter, "back/references/ref/as-written") == written


def test_no_word_of_the_manuscript_is_lost(notes: list[dict[str, str]]) -> None:
    # One citation fits two volumes of a work; it is for the editor to say which.
    assert [note["line"] for note in notes if note["severity"] != "note"] == [60]
    assert {note["rule"] for note in notes if note["severity"] != "note"} == {"PT683"}
    assert "PT602" not in {note["rule"] for note in notes}
    assert [note["line"] for note in notes if note["rule"] == "PT604"] == [54, 72]


# ── what is made ──


def test_four_artifacts_and_nothing_but_notes_and_what_is_not_known(
    built: dict[str, bytes], findings: list[dict[str, str]]
) -> None:
    assert set(built) == {"jats.xml", "html", "pdf", "pages.json", "epub"}
    # The manuscript names no licence, and no place of publication: a repository would ask.
    known = {("PT301", "note"), ("PT713", "warning"), ("PT714", "note")}
    assert {(f["rule"], f["severity"]) for f in findings} <= known


def test_the_jats_is_valid_in_jats_1_4_too(built: dict[str, bytes]) -> None:
    dtd = etree.DTD(str(shared("schemas/jats-1.4-dtd/JATS-archivearticle1-4-mathml3.dtd")))
    root = etree.fromstring(built["jats.xml"])
    # The version an article names is fixed in each DTD.
    root.set("dtd-version", "1.4")
    assert dtd.validate(root), dtd.error_log


def test_epubcheck_says_nothing_at_all(built: dict[str, bytes]) -> None:
    assert messages(built["epub"]) == []


def test_the_pdf_claims_both_and_carries_the_jats(built: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(built["pdf"])) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        (attached,) = pdf.attachments.values()
        assert attached.get_file().read_bytes() == built["jats.xml"]
    claims = dict(re.findall(r"<pdf(uaid:part|aid:part|aid:conformance)>(\w+)<", xmp))
    assert claims == {"uaid:part": "1", "aid:part": "3", "aid:conformance": "A"}


def test_pages_are_numbered_from_127(built: dict[str, bytes]) -> None:
    document = pypdfium2.PdfDocument(built["pdf"])
    labels = [document.get_page_label(n) for n in range(len(document))]
    assert labels == [str(127 + n) for n in range(len(document))]
    for lines, label in zip(page_lines(built["pdf"]), labels, strict=True):
        assert label in lines[-1].split()


def page_lines(pdf: bytes) -> list[list[str]]:
    """The lines of every page; PDFium writes U+0002 for a hyphen that ends one."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return [re.split(r"\r\n|\x02", text) for text in texts]


# ── the words, counted independently ──

# What pubtool itself writes around the author's words: on every page of text, on a screen, in JATS.
LABELS = "Chapter 8 iD Abstract Keywords , , , , , 1 2 3 4 5 References About the author Cite as:"
SKIP = "Skip to the text"
METADATA = "ch08 127 133 2026 chapter-number 8 citation-line 1 2 3 4 5"


def words(*parts: etree._Element | str) -> Counter[str]:
    """The words of elements and strings; where an element starts or ends, so does a word."""
    said = (p if isinstance(p, str) else " ".join(p.itertext()) for p in parts)
    return Counter(unicodedata.normalize("NFC", " ".join(said)).split())


@pytest.fixture(scope="module")
def pieces(chapter: etree._Element) -> dict[str, etree._Element]:
    front = chapter.find(f"{NS}front")
    names = ("name", "book", "email", "orcid")
    return {name: next(front.iter(f"{NS}{name}")) for name in names}


@pytest.fixture(scope="module")
def authors(chapter: etree._Element, pieces: dict[str, etree._Element]) -> Counter[str]:
    """The author's words: the chapter without the volume's facts, identifiers and fields."""
    fields = chapter.xpath("//*[local-name()='ref']/*[local-name()!='as-written']")
    return words(chapter) - words(pieces["book"], pieces["email"], pieces["orcid"], *fields)


@pytest.fixture(scope="module")
def opened(built: dict[str, bytes]) -> dict[str, etree._Element]:
    """The roots of the artifacts in XML."""
    with zipfile.ZipFile(io.BytesIO(built["epub"])) as book:
        text = book.read("EPUB/text/chapter.xhtml")
    return {
        "jats": etree.fromstring(built["jats.xml"]),
        "html": etree.fromstring(built["html"]).find("{*}body"),
        "epub": etree.fromstring(text).find("{*}body"),
    }


def orcid_link(pieces: dict[str, etree._Element]) -> str:
    return f"https://orcid.org/{pieces['orcid'].text}"


@pytest.mark.parametrize(("name", "more"), [("html", SKIP), ("epub", "")])
def test_the_words_to_be_read_are_the_authors(
    name: str,
    more: str,
    opened: dict[str, etree._Element],
    authors: Counter[str],
    pieces: dict[str, etree._Element],
) -> None:
    written = words(LABELS, more, pieces["name"], orcid_link(pieces))
    assert words(opened[name]) == authors + written


def test_the_words_of_the_jats_are_the_authors(
    opened: dict[str, etree._Element],
    authors: Counter[str],
    pieces: dict[str, etree._Element],
) -> None:
    book = pieces["book"]
    written = words(book, *book.iter(f"{NS}name"), METADATA, orcid_link(pieces))
    fields = opened["jats"].iter("element-citation")
    assert words(opened["jats"]) - words(*fields) == authors + written


def paragraphs(root: etree._Element) -> list[str]:
    return [squeezed("".join(p.itertext())) for p in root.iter("{*}p")]


@pytest.mark.parametrize("name", ["jats", "html", "epub"])
def test_every_paragraph_stands_word_for_word_in_its_order(
    name: str, chapter: etree._Element, opened: dict[str, etree._Element]
) -> None:
    wanted = paragraphs(chapter.find(f"{NS}body"))
    assert [p for p in paragraphs(opened[name]) if p in set(wanted)] == wanted


def letters(text: str) -> str:
    """Letters, digits and marks; lines, blanks and hyphens are a matter of setting."""
    return re.sub(r"[\s\u00ad\u2010\ufffe\x02-]", "", unicodedata.normalize("NFC", text))


def set_text(pdf: bytes) -> str:
    """The text of all pages as letters, without running heads and folios, which are drawn last."""
    return letters("".join("".join(lines[:-1]) for lines in page_lines(pdf)))


def test_the_letters_of_the_pdf_are_the_authors(
    built: dict[str, bytes],
    chapter: etree._Element,
    authors: Counter[str],
    pieces: dict[str, etree._Element],
) -> None:
    text = set_text(built["pdf"])
    wanted = authors + words(LABELS, pieces["name"], orcid_link(pieces))
    assert Counter(text) == Counter(letters("".join(wanted.elements())))
    for paragraph in paragraphs(chapter.find(f"{NS}body")):
        assert letters(paragraph) in text
