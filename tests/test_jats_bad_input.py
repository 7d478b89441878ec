"""Awkward chapters as JATS and BITS: valid to the official DTDs, and every word as it was."""

from __future__ import annotations

import copy
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from pubtool.checks.dtds import messages, parsed
from pubtool.checks.repository import received
from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.intake import schema
from pubtool.labels import labels_for
from pubtool.resolve import resolve
from pubtool.settings import BookFacts, Person, Settings
from pubtool.source import LANG, local, parse
from pubtool.validate import chapter_findings
from tests.conftest import EVERYTHING, shared

OFFICIAL = {
    ("jats", "1.3"): "",
    ("jats", "1.4"): "jats-1.4-dtd/JATS-archivearticle1-4-mathml3.dtd",
    ("bits", "1.3"): "bits-2.0-dtd/BITS-book2.dtd",
}
HOSTILE = "a<b> & \"c\" 'd' ]]> <!-- e --> <?f g?> &h; {i} %j \\k \u202eqil \U0001d4d0 z\u0308"
# Elements whose text has a form of its own.
TYPED = frozenset({"doi", "url", "orcid", "isbn", "issn", "date", "accessed", "language", "year"})
FREE = {
    "publisher": ("place",),
    "series": ("number",),
    "copyright": ("holder",),
    "abbrev": ("expansion",),
    "contributor": (),
    "cite": ("locator", "prefix", "suffix"),
    "fig": ("number",),
    "sec": ("number",),
    "app": ("number",),
    "chapter": ("number",),
}
AUTHOR = "<contributor><name><given>A.</given><family>B</family></name></contributor>"
CHAPTER = (
    '<chapter xmlns="urn:pubtool:chapter:1" id="c1" xml:lang="{language}"><front>'
    "<title>{title}</title>{rest}</front><body><p>Words.</p></body></chapter>"
)


def chapter(rest: str = AUTHOR, title: str = "A title", language: str = "en") -> bytes:
    return CHAPTER.format(rest=rest, title=title, language=language).encode()


def edition(data: bytes, book: BookFacts | None = None) -> Edition:
    source = parse(data, "c.xml")
    assert errors(chapter_findings(source, schema())) == []
    settings = Settings(book=book or BookFacts())
    labels = labels_for(source.root.get(LANG, ""), {})
    return Edition(resolve(source, settings, labels), settings)


def made(made_from: Edition, format_: str, version: str) -> etree._Element:
    """The artifact, valid, conserved, refused by nobody, escaped once."""
    jats = replace(made_from.settings.jats, version=version)
    ready = replace(made_from, settings=replace(made_from.settings, jats=jats))
    row = formats()[format_]
    result = row.write(ready)
    assert list(result.findings) == []
    assert row.check(result.data, "c.xml", "full") == []
    assert row.conserved(ready, result.data, "c.xml") == []
    assert errors(received(result.data, "c.xml", "generic")) == []
    root = parsed(result.data)
    if OFFICIAL[format_, version]:
        dtd = etree.DTD(str(shared(f"schemas/{OFFICIAL[format_, version]}")))
        assert messages(parsed(result.data), dtd) == []
    assert b"&amp;amp;" not in result.data
    assert b"&amp;lt;" not in result.data
    return root


def person(n: int) -> str:
    return (
        f'<contributor affiliations="a{n}"><name><given>G{n}</given><family>F{n}</family></name>'
        "</contributor>"
    )


MANY = "".join(map(person, range(400))) + "".join(
    f'<affiliation id="a{n}"><institution>I{n}</institution></affiliation>' for n in range(400)
)
AWKWARD = {
    "nobody at all": chapter(""),
    "no DOI and no licence": chapter(),
    "anonymous": chapter("<contributor><anonymous/></contributor>"),
    "corporate author": chapter("<contributor><collab>Board &amp; Sons</collab></contributor>"),
    "one-name authors": chapter(
        "<contributor><name><family>Suna</family></name></contributor>"
        "<contributor><name><family>Ələddin</family></name></contributor>"
    ),
    "400 authors": chapter(MANY),
    "right to left": chapter(title="عنوان الفصل (2026) «نص»", language="ar"),
    "mixed directions": chapter(title='Hebrew <foreign xml:lang="he">שָׁלוֹם</foreign> inside'),
    "markup in titles": chapter(
        "<subtitle>H<sub>2</sub>O <italic>and <bold>so</bold></italic></subtitle>"
        f'<trans-title xml:lang="tr"><sc>Iı</sc> x<sup>2</sup></trans-title>{AUTHOR}',
        title="<italic>Homo</italic> &amp; <monospace>&lt;b></monospace><fn><p>Note.</p></fn>",
    ),
    "hostile title": chapter(title=escape(HOSTILE)),
    "years that are none": chapter(f"{AUTHOR}<book><title>B</title><year>n.d.</year></book>"),
    "ranges of dates": chapter(
        f'{AUTHOR}<dates received="2025-01-02/2025-03-04" published="2026-01-02/2026-02"/>'
    ),
}


@pytest.mark.parametrize(("format_", "version"), OFFICIAL)
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_chapters_are_valid(name: str, format_: str, version: str) -> None:
    made(edition(AWKWARD[name]), format_, version)


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_what_is_not_known_is_not_made_up(format_: str) -> None:
    root = made(edition(AWKWARD["nobody at all"]), format_, "1.3")
    invented = "//contrib | //license | //permissions | //isbn | //issn | //publisher | //pub-date"
    assert root.xpath(invented) == []
    assert root.xpath("//*[@pub-id-type='doi' or @book-part-id-type='doi']") == []


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_400_authors_each_with_their_affiliation(format_: str) -> None:
    root = made(edition(AWKWARD["400 authors"]), format_, "1.3")
    assert [e.text for e in root.iter("surname")] == [f"F{n}" for n in range(400)]
    for n, who in enumerate(root.iter("contrib")):
        assert who.find("xref[@ref-type='aff']").get("rid") == f"a{n}"
    assert len(root.findall(".//aff")) == 400


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_right_to_left_titles_stay_as_they_are(format_: str) -> None:
    root = made(edition(AWKWARD["right to left"]), format_, "1.3")
    title = root.find(".//title-group")[0]
    assert title.text == "عنوان الفصل (2026) «نص»"
    assert root.get(LANG) == "ar"


def test_a_year_that_is_none_is_printed_as_it_is() -> None:
    root = made(edition(AWKWARD["years that are none"]), "jats", "1.3")
    (date,) = root.iter("pub-date")
    assert date.findtext("string-date") == "n.d."
    assert date.get("iso-8601-date") is None


def hostile() -> tuple[bytes, list[str]]:
    """The golden chapter with hostile text in every field, and the names of those fields."""
    root = copy.deepcopy(parse(EVERYTHING.read_bytes(), "c.xml").root)
    spoilt = []
    for element in root.iter("{urn:pubtool:chapter:1}*"):
        if (element.text or "").strip() and local(element) not in TYPED:
            element.text = f"{element.text} {HOSTILE} "
            spoilt.append(local(element))
        if (element.tail or "").strip():
            element.tail = f"{element.tail} {HOSTILE} "
        for name in FREE.get(local(element), ()):
            if element.get(name):
                element.set(name, HOSTILE)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True), spoilt


@pytest.mark.parametrize(("format_", "version"), OFFICIAL)
def test_hostile_text_in_every_field_of_the_chapter(format_: str, version: str) -> None:
    data, spoilt = hostile()
    assert len(set(spoilt)) > 40
    root = made(edition(data), format_, version)
    for path in ("surname", "given-names", "institution", "kwd", "publisher-name", "label"):
        texts = ["".join(e.itertext()) for e in root.iter(path)]
        assert any(HOSTILE in text for text in texts), path


@pytest.mark.parametrize(("format_", "version"), OFFICIAL)
def test_hostile_text_in_every_fact_of_the_book(format_: str, version: str) -> None:
    names = "title subtitle series series_number edition publisher place copyright_holder".split()
    editor = Person(given=HOSTILE, family=HOSTILE, prefix=HOSTILE, suffix=HOSTILE)
    facts = BookFacts(**dict.fromkeys(names, HOSTILE), editor=(editor,), isbn={"print": HOSTILE})
    root = made(edition(chapter(), facts), format_, version)
    assert [e.text for e in root.iter("publisher-name")] == [HOSTILE]
    assert {e.text for e in root.iter("surname")} == {"B", HOSTILE}
