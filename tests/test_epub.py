"""The EPUB: what its package says is true, its contents are its headings, epubcheck is silent.

And the office formats, which come from the same document: read back, they hold every word.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from pubtool import tools, zipped
from pubtool.checks.attendant import messages
from pubtool.checks.epub import conserved
from pubtool.conservation import chapter_words
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.settings import Epub, Settings
from pubtool.source import LANG, fragment
from pubtool.text import word_differences
from pubtool.writers import epub, office
from pubtool.writers.pandoc_document import words as document_words
from tests.conftest import EVERYTHING
from tests.test_bad_input import pubtool
from tests.test_html import edition_from

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
HEADINGS = [f"{XHTML}h{n}" for n in range(1, 7)]


VOLUME = [
    "urn:isbn:9780306406157",
    "urn:isbn:9781861972712",
    "https://doi.org/10.5555/invented.2026",
]


def files_of(edition: Edition) -> dict[str, bytes]:
    made = epub.write(edition)
    assert made.findings == ()
    return zipped.unpack(made.data)


@pytest.fixture(scope="module")
def book(everything: Edition) -> dict[str, bytes]:
    return files_of(everything)


@pytest.fixture(scope="module")
def package(book: dict[str, bytes]) -> etree._Element:
    return fragment(book["EPUB/package.opf"])


@pytest.fixture(scope="module")
def text(book: dict[str, bytes]) -> etree._Element:
    return fragment(book[epub.TEXT])


@pytest.fixture(scope="module")
def nav(book: dict[str, bytes]) -> etree._Element:
    return fragment(book["EPUB/nav.xhtml"])


def said(e: etree._Element) -> str:
    return " ".join("".join(e.itertext()).split())


def values(package: etree._Element, name: str) -> list[str]:
    """The texts of Dublin Core elements, or of `meta` with a property, in order."""
    metas = (e for e in package.iter(f"{OPF}meta") if e.get("property") == name)
    return [said(e) for e in (*package.iter(f"{DC}{name}"), *metas)]


def refined(package: etree._Element, element: etree._Element) -> dict[str, str]:
    """What refines an element of the metadata."""
    target = f"#{element.get('id')}"
    return {
        e.get("property", ""): said(e)
        for e in package.iter(f"{OPF}meta")
        if e.get("refines") == target
    }


# ── the whole ──


def test_epubcheck_says_nothing_of_any_severity(everything: Edition) -> None:
    data = epub.write(everything).data
    assert messages(data) == []
    assert conserved(everything, data, "c.epub") == []


def test_the_same_chapter_gives_the_same_bytes(everything: Edition) -> None:
    first = epub.write(everything).data
    epub.write(edition_from("<p>Between.</p>"))
    assert epub.write(everything).data == first


def test_an_export_that_started_java_ends_cleanly(tmp_path: Path) -> None:
    """Java's threads must be gone before the interpreter is."""
    shutil.copytree(EVERYTHING.parent, tmp_path, dirs_exist_ok=True)
    cache = str(tmp_path / "cache")
    done = pubtool("export", "chapter.xml", "-f", "epub", cwd=tmp_path, XDG_CACHE_HOME=cache)
    assert (done.returncode, "FATAL" in done.stderr) == (0, False)
    assert "passed" in done.stdout


# ── metadata ──


def test_people_have_their_roles_sorting_names_and_iDs(package: etree._Element) -> None:
    people = [*package.iter(f"{DC}creator"), *package.iter(f"{DC}contributor")]
    told = [(said(e), refined(package, e)) for e in people]
    assert [(name, facts["role"], facts["file-as"]) for name, facts in told] == [
        ("Nigar Şəhla Əliyeva Jr.", "aut", "Əliyeva, Nigar Şəhla, Jr."),
        ("Işık Çağlayan", "aut", "Çağlayan, Işık"),
        ("Caspian Manuscript Group", "aut", "Caspian Manuscript Group"),
        ("Ömer Güneş", "edt", "Güneş, Ömer"),
        ("Board of the Series", "pbd", "Board of the Series"),
    ]
    orcid = "dcterms:identifier"
    assert [facts.get(orcid, "")[-19:] for _, facts in told] == [
        "0000-0002-1825-0097",
        "",
        "",
        "0000-0001-5109-3700",
        "",
    ]


def test_the_volume_and_the_series_are_collections(package: etree._Element) -> None:
    metas = [e for e in package.iter(f"{OPF}meta") if e.get("property") == "belongs-to-collection"]
    assert [(said(e), *refined(package, e).values()) for e in metas] == [
        ("Everything in one volume: Essays on completeness", "set", VOLUME[-1], "3"),
        ("Studies in Completeness", "series", "urn:issn:2049-3630", "7"),
    ]
    assert values(package, "dcterms:identifier")[-4:-1] == VOLUME


def test_titles_say_of_what_kind_they_are(package: etree._Element) -> None:
    titles = [(said(e), refined(package, e)["title-type"]) for e in package.iter(f"{DC}title")]
    assert titles == [
        ("Every element of a chapter: a test of nothing lost", "main"),
        ("With names from Şəki, İzmir and Gəncə", "subtitle"),
        ("Every element", "short"),
    ]


def test_rights_description_and_subjects_in_their_languages(package: etree._Element) -> None:
    assert values(package, "rights") == [
        "Open access under the Creative Commons Attribution licence.",
        "Copyright remains with the authors.",
    ]
    tagged = [*package.iter(f"{DC}description"), *package.iter(f"{DC}subject")]
    assert [e.get(LANG) for e in tagged] == ["en", "en", "en", "tr"]


def test_a_description_is_in_the_language_of_the_chapter() -> None:
    abstracts = "".join(
        f'<abstract xml:lang="{tag}"><p>{tag}.</p></abstract>' for tag in ("en", "tr")
    )
    front = f"<title>T</title>{abstracts}"
    package = fragment(files_of(edition_from(front=front, language="tr"))["EPUB/package.opf"])
    assert values(package, "description") == ["tr."]
    assert values(package, "language") == ["tr", "en"]


def test_identifier_dates_language_and_subjects(package: etree._Element) -> None:
    assert values(package, "identifier") == ["https://doi.org/10.5555/invented.2026.03"]
    assert values(package, "date") == ["2026-02-01"]
    assert values(package, "dcterms:modified") == ["2026-02-01T00:00:00Z"]
    assert values(package, "language") == [package.get(LANG), "tr"] == ["en", "tr"]
    assert values(package, "subject") == ["codicology", "marginal notes", "yazmalar"]
    assert values(package, "pageBreakSource") == ["urn:isbn:9780306406157"]


def test_nothing_is_invented_for_a_chapter_that_says_little() -> None:
    package = fragment(files_of(edition_from())["EPUB/package.opf"])
    assert values(package, "identifier")[0].startswith("urn:uuid:")
    for unsaid in ("date", "publisher", "rights", "source", "creator", "subject", "description"):
        assert values(package, unsaid) == []


def test_two_chapters_do_not_share_an_identifier() -> None:
    one, other = edition_from(), edition_from(front="<title>Other</title>")
    assert epub.identifier(one) != epub.identifier(other)


# ── reading ──


def test_contents_are_the_headings_word_for_word(text: etree._Element, nav: etree._Element) -> None:
    contents = next(e for e in nav.iter(f"{XHTML}nav") if e.get(TYPE) == "toc")
    links = {a.get("href", "").partition("#")[2]: said(a) for a in contents.iter(f"{XHTML}a")}
    sections = {e.get("aria-labelledby"): e.get("id") for e in text.iter(f"{XHTML}section")}
    headings = {sections[h.get("id")]: said(h) for h in text.iter(*HEADINGS) if h.get("id")}
    assert links == {**headings, "notes": links["notes"]}
    assert next(iter(links)) == "ch03"
    assert len(links) == 17


def test_printed_pages_are_listed_where_they_start(
    text: etree._Element, nav: etree._Element
) -> None:
    pages = next(e for e in nav.iter(f"{XHTML}nav") if e.get(TYPE) == "page-list")
    breaks = {e.get("id"): e.get("data-page") for e in text.iter() if e.get(TYPE) == "pagebreak"}
    listed = {a.get("href", "").partition("#")[2]: said(a) for a in pages.iter(f"{XHTML}a")}
    assert listed == breaks
    assert list(listed.values()) == ["41", "57"]


def test_every_note_is_called_and_leads_back(text: etree._Element) -> None:
    calls = [e for e in text.iter(f"{XHTML}a") if e.get("role") == "doc-noteref"]
    backs = [e for e in text.iter(f"{XHTML}a") if e.get("role") == "doc-backlink"]
    notes = {e.get("id"): e for e in text.iter(f"{XHTML}aside")}
    assert [said(e) for e in calls] == [said(e) for e in backs] == ["1", "2"]
    for call, back in zip(calls, backs, strict=True):
        note = notes[call.get("href", "").removeprefix("#")]
        assert back in note.iter()
        assert back.get("href") == f"#{call.get('id')}"
        assert back.get("aria-label")


def test_languages_are_said_as_xml_and_as_html_say_them(text: etree._Element) -> None:
    tagged = {said(e): e.get("lang") for e in text.iter() if e.get("lang")}
    assert tagged["ığdır İstanbul"] == "tr"
    assert tagged["Gəncə"] == "az"
    assert all(e.get("lang") == e.get(LANG) for e in text.iter())


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("az", "ltr")])
def test_a_chapter_from_right_to_left_says_so(language: str, direction: str) -> None:
    book = files_of(edition_from(language=language))
    for name in (epub.TEXT, "EPUB/nav.xhtml", "EPUB/text/title.xhtml", "EPUB/text/cover.xhtml"):
        root = fragment(book[name])
        assert (root.get("lang"), root.get("dir")) == (language, direction)
    spine = next(fragment(book["EPUB/package.opf"]).iter(f"{OPF}spine"))
    assert spine.get("page-progression-direction") == direction
    title = fragment(book["EPUB/cover.svg"]).find(".//{*}text")
    assert title is not None
    assert title.get("x") == {"rtl": "1110", "ltr": "90"}[direction]


def test_an_entry_of_the_index_keeps_its_place(text: etree._Element) -> None:
    (mark,) = [e for e in text.iter(f"{XHTML}span") if e.get("class") == "index-term"]
    assert (mark.get("data-index"), mark.get("data-see")) == ("formula → inline", "mathematics")
    assert mark.tail == " A line"


def test_landmarks_are_of_every_part_there_is(nav: etree._Element) -> None:
    part = next(e for e in nav.iter(f"{XHTML}nav") if e.get(TYPE) == "landmarks")
    assert {a.get(TYPE) for a in part.iter(f"{XHTML}a")} == set(
        "cover titlepage toc bodymatter abstract introduction conclusion endnotes acknowledgments "
        "appendix glossary bibliography".split()
    )


# ── accessibility: only what is true ──

FIGURE = '<fig id="f"><graphic href="images/dot.png"/>{alt}<caption><p>A dot.</p></caption></fig>'
ALT, LONG = "<alt>A dot</alt>", "<long-desc><p>A round black dot.</p></long-desc>"
ORNAMENT = '<fig decorative="yes"><graphic href="images/dot.png"/></fig>'
SMALL = '<p>Here <inline-graphic href="images/dot.png" decorative="yes"/> it ends.</p>'
MATHS = '<disp-formula><mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math></disp-formula>'
PAGE = '<p>Before <page-break number="12"/> after.</p>'
ALWAYS = {"displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"}
PAGES = {"pageBreakMarkers", "pageNavigation"}
CLAIMS = [
    ("<p>Words.</p>", ["textual"], ["textual"], set()),
    (FIGURE.format(alt=ALT), ["textual", "visual"], ["textual"], {"alternativeText"}),
    (FIGURE.format(alt=""), ["textual", "visual"], ["textual,visual"], set()),
    (
        FIGURE.format(alt=ALT + LONG),
        ["textual", "visual"],
        ["textual"],
        {"alternativeText", "longDescription"},
    ),
    (ORNAMENT, ["textual"], ["textual"], set()),
    (SMALL, ["textual"], ["textual"], set()),
    (
        FIGURE.format(alt=ALT) + SMALL + ORNAMENT,
        ["textual", "visual"],
        ["textual"],
        {"alternativeText"},
    ),
    (MATHS, ["textual"], ["textual"], {"MathML"}),
    (PAGE, ["textual"], ["textual"], PAGES),
]


@pytest.mark.parametrize(("body", "modes", "sufficient", "features"), CLAIMS)
def test_only_what_is_true_is_claimed(
    body: str,
    modes: list[str],
    sufficient: list[str],
    features: set[str],
    everything: Edition,
) -> None:
    edition = edition_from(body)
    edition = Edition(edition.chapter, edition.settings, everything.images)
    package = fragment(files_of(edition)["EPUB/package.opf"])
    assert values(package, "schema:accessMode") == modes
    assert values(package, "schema:accessModeSufficient") == sufficient
    assert set(values(package, "schema:accessibilityFeature")) == ALWAYS | features
    assert values(package, "schema:accessibilitySummary")[0]
    assert b"conformsTo" not in etree.tostring(package)


SUMMARIES = [
    ("en", "en", "Text with headings"),
    ("tr", "tr", "Başlıklar"),
    ("az", "az", "Başlıqları"),
    ("de", "de", "Text mit Überschriften"),
    ("fr-CA", "fr-CA", "Texte avec titres"),
    ("ar", "en", "Text with headings"),
]


@pytest.mark.parametrize(("language", "written", "begins"), SUMMARIES)
def test_the_summary_is_in_the_language_it_says(language: str, written: str, begins: str) -> None:
    package = fragment(files_of(edition_from(language=language))["EPUB/package.opf"])
    metas = package.iter(f"{OPF}meta")
    summary = next(e for e in metas if e.get("property") == "schema:accessibilitySummary")
    assert summary.get(LANG) == written
    assert said(summary).startswith(begins)


def test_the_summary_can_be_the_publishers() -> None:
    edition = edition_from(project=Settings(epub=Epub(summary="Read aloud by us.")))
    package = fragment(files_of(edition)["EPUB/package.opf"])
    assert values(package, "schema:accessibilitySummary") == ["Read aloud by us."]


# ── office formats, read back ──

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
ALTERNATIVES = ["a dot", "A square in two colours", "Left part", "Right part", "Two cells"]


def pieces(words: list[str]) -> list[str]:
    """Runs of letters and of digits: marks that pubtool wrote may touch the author's words."""
    return re.findall(r"[^\W\d_]+|\d+", " ".join(words))


def lost(edition: Edition, data: bytes, form: str) -> list[str]:
    """The pieces of the chapter's words that pandoc does not read in a document we wrote."""
    given, _ = tools.pandoc([f"--from={form}", "--to=json"], data)
    read = document_words(json.loads(given))
    return word_differences(pieces(chapter_words(edition.chapter)), pieces(read))[0]


def test_a_word_document_holds_every_word(everything: Edition) -> None:
    assert lost(everything, office.docx(everything).data, "docx") == []


def test_an_opendocument_holds_every_word(everything: Edition) -> None:
    """Pandoc's reader does not read alternative texts; they are in the file all the same."""
    made = office.odt(everything)
    read = {*lost(everything, made.data, "odt")}
    assert read <= {*pieces(ALTERNATIVES)}
    content = fragment(zipped.unpack(made.data)["content.xml"])
    assert [e.text for e in content.iter(f"{OFFICE}title")] == ALTERNATIVES


@pytest.mark.parametrize("to", ["typst", "icml"])
def test_what_a_format_cannot_say_is_told(to: str, everything: Edition) -> None:
    findings = formats()[to].write(everything).findings
    assert any(f.rule == "PT752" and all(a in f.message for a in ALTERNATIVES) for f in findings)
