"""Resolve: numbers, words of references and citations, inherited facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pubtool.citation import citation_line, cite_text
from pubtool.conservation import chapter_words
from pubtool.edition import Edition
from pubtool.labels import LABELS, labels_for
from pubtool.model import Name, Reference, children, q
from pubtool.record import record
from pubtool.resolve import resolve
from pubtool.rules import place_of
from pubtool.settings import BookFacts, Numbering, Person, Settings
from pubtool.source import local, parse

CHAPTER = """<chapter xmlns="urn:pubtool:chapter:1" id="c" xml:lang="{lang}" number="8">
<front><title>On margins: a long title that goes on and on and on and on and on</title>
<contributor><name><given>Ömer Şəhla</given><family>Güneş</family></name></contributor>
<pages first="127" last="133"/></front>
<body>{body}</body></chapter>"""


def resolved(body: str, lang: str = "en", settings: Settings | None = None):
    source = parse(CHAPTER.format(body=body, lang=lang).encode(), "c.xml")
    return resolve(source, settings or Settings(), labels_for(lang, {}))


FIG = '<fig id="{}"><graphic href="a.png"/></fig>'


def test_figures_and_notes_are_counted_in_order() -> None:
    chapter = resolved(
        f"<p>a<fn><p>n</p></fn></p>{FIG.format('f1')}<p>b<fn><p>m</p></fn></p>{FIG.format('f2')}"
    )
    said = [e.text for e in chapter.root.iter(q("label"))]
    assert said == ["1", "Figure 1", "2", "Figure 2"]


def test_a_number_the_author_gave_is_kept() -> None:
    chapter = resolved('<fig id="f" number="8.3"><graphic href="a.png"/></fig>')
    assert [e.text for e in chapter.root.iter(q("label"))] == ["Figure 8.3"]


def test_numbers_can_carry_the_chapter() -> None:
    settings = Settings(numbering=Numbering(by_chapter=True, sections=True))
    chapter = resolved(
        f'<sec kind="introduction"><title>I</title></sec>'
        f"<sec><title>A</title>{FIG.format('f')}<sec><title>B</title></sec></sec>",
        settings=settings,
    )
    assert [e.text for e in chapter.root.iter(q("label"))] == ["8.1", "Figure 8.1", "8.1.1"]


def test_sections_are_not_numbered_unasked() -> None:
    chapter = resolved('<sec><title>A</title></sec><sec number="2"><title>B</title></sec>')
    assert [e.text for e in chapter.root.iter(q("label"))] == ["2"]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Figure 1"), ("tr", "Şekil 1"), ("az", "Şəkil 1"), ("xx", "Figure 1")]
)
def test_references_speak_the_language_of_the_chapter(lang: str, said: str) -> None:
    chapter = resolved(f'<p><xref rid="f"/></p>{FIG.format("f")}', lang)
    xref = next(chapter.root.iter(q("xref")))
    assert (xref.text, xref.get("generated"), xref.get("kind")) == (said, "yes", "fig")


def test_the_words_of_an_author_in_a_reference_stay() -> None:
    chapter = resolved(f'<p><xref rid="f">the map</xref></p>{FIG.format("f")}')
    xref = next(chapter.root.iter(q("xref")))
    assert (xref.text, xref.get("generated")) == ("the map", None)


def test_ids_are_given_and_never_taken_twice() -> None:
    chapter = resolved('<p id="sec1">x</p><sec><title>A</title></sec>')
    ids = [e.get("id") for e in chapter.root.iter("*") if e.get("id")]
    assert len(ids) == len(set(ids))


def test_places_survive(everything: Edition) -> None:
    chapter = everything.chapter
    lines = Path(chapter.file).read_text().splitlines()
    for element in chapter.root.iter("{urn:pubtool:chapter:1}*"):
        if local(element) != "label" and element.get("generated") is None:
            place = place_of(element, chapter.file)
            assert lines[place.line - 1][place.column - 1 :].startswith(f"<{local(element)}")


def test_resolving_loses_and_invents_no_word(everything: Edition) -> None:
    unresolved = parse(Path(everything.chapter.file).read_bytes(), "c.xml").root
    before = chapter_words(replace(everything.chapter, root=unresolved))
    assert len(before) > 300
    assert chapter_words(everything.chapter) == before


BOOK = Reference("r", "book", (Name("I.", "Aliyev"),), {"year": "2009", "title": "Roads"}, "…")
GROUP = Reference("g", "webpage", (Name(collab="Archive"),), {"date": "2012-08-24"}, "…")
NONE = Reference("n", "book", (), {"title": "Annals"}, "…")
THREE = Reference("t", "book", (Name("", "A"), Name("", "B"), Name("", "C")), {"year": "1"}, "…")


@pytest.mark.parametrize(
    ("references", "options", "said"),
    [
        ([BOOK], {"locator": "186"}, "(Aliyev, 2009, p.\u00a0186)"),
        ([BOOK], {"locator": "186–190"}, "(Aliyev, 2009, pp.\u00a0186–190)"),
        ([BOOK], {"narrative": True}, "Aliyev (2009)"),
        ([BOOK, GROUP], {}, "(Aliyev, 2009; Archive, 2012)"),
        ([NONE], {}, "(Annals, n.d.)"),
        ([THREE], {}, "(A et al., 1)"),
        ([BOOK], {"prefix": "see", "suffix": "my italics"}, "(see Aliyev, 2009, my italics)"),
        ([BOOK], {"locator": "3", "label": "chapter"}, "(Aliyev, 2009, chap.\u00a03)"),
        ([BOOK], {"locator": "3–5", "label": "verse"}, "(Aliyev, 2009, verses\u00a03–5)"),
    ],
)
def test_empty_citations_get_their_words(
    references: list[Reference], options: dict[str, str], said: str
) -> None:
    assert cite_text(references, LABELS["en"], **options) == said  # type: ignore[arg-type]


FACTS = BookFacts(
    title="A volume",
    publisher="Press",
    year="2026",
    license="https://example.org/l",
    editor=(Person("Ali", "Kaya"), Person("Ayşe", "Demir")),
    isbn={"print": "978-0-306-40615-7"},
)


def test_the_volume_is_inherited_and_the_citation_line_made_from_it() -> None:
    settings = Settings(book=FACTS)
    chapter = resolved("<p>x</p>", settings=settings)
    facts = chapter.record
    assert [e.name.display for e in facts.book.editors] == ["Ali Kaya", "Ayşe Demir"]
    assert facts.license_href == "https://example.org/l"
    assert facts.citation_line == (
        "Güneş, Ö. Ş. (2026). On margins: a long title that goes on and on and on and on and on. "
        "In A. Kaya & A. Demir (Eds.), A volume (pp.\u00a0127–133). Press."
    )
    line = children(chapter.front, "citation-line")
    assert [e.get("generated") for e in line] == ["yes"]


def test_a_chapter_of_another_volume_takes_no_foreign_subtitle() -> None:
    source = parse(
        CHAPTER.format(body="<p/>", lang="en")
        .replace("</front>", "<book><title>Another</title></book></front>")
        .encode(),
        "c.xml",
    )
    book = record(source.root, BookFacts(title="A volume", subtitle="Its subtitle")).book
    assert (book.title, book.subtitle) == ("Another", "")


def test_without_a_volume_no_citation_line_is_invented() -> None:
    assert resolved("<p>x</p>").record.citation_line == ""
    assert citation_line(resolved("<p>x</p>").record, LABELS["en"]) == ""


def test_the_running_head_is_the_lead_of_a_long_title() -> None:
    chapter = resolved("<p>x</p>")
    assert (chapter.running_author, chapter.running_title) == ("Ömer Şəhla Güneş", "On margins")


def test_every_language_has_every_label() -> None:
    for language, table in LABELS.items():
        assert set(table) == set(LABELS["en"]), language
