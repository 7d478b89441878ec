"""The 35 facts a repository wants of a chapter, in JATS and in BITS, against the chapter's record.

A fact is an XPath and what the chapter says it must find: capitals, number and order are held.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from lxml import etree

from pubtool import config, intake
from pubtool.checks.dtds import messages, parsed
from pubtool.checks.repository import received
from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.model import Chapter, Record, child, plain, q
from pubtool.resources import jats_dtd
from pubtool.settings import JATS_PROFILES
from tests.conftest import REPOSITORY, shared

VOLUME = """
[book]
place = "Bakı"
country = "AZ"
isbn = { print = "978-0-306-40615-7" }
license = "https://creativecommons.org/licenses/by/4.0/"
copyright-holder = "The author"
copyright-year = "2026"
"""
PLACES = {
    "jats": {
        "m": "/article/front/article-meta",
        "b": "/article/front/article-meta/related-object[@source-type='book']",
    },
    "bits": {
        "m": "/book-part-wrapper/book-part/book-part-meta",
        "b": "/book-part-wrapper/book-meta",
    },
}
WHO = "{m}/contrib-group[not(@content-type)]/contrib"
CITED = "//ref//element-citation"
NAMESPACES = {"ali": "http://www.niso.org/schemas/ali/1.0/"}
Said = Callable[[Chapter], Sequence[str]]


@dataclass(frozen=True)
class Fact:
    """A path in JATS and, where it differs, in BITS; `rare` if a good chapter may lack it."""

    name: str
    path: str
    said: Said
    bits: str = ""
    bits_said: Said | None = None
    rare: bool = False


def record(get: Callable[[Record], Sequence[str]]) -> Said:
    return lambda chapter: get(chapter.record)


def texts(name: str) -> Said:
    """The text of every element of the chapter of that name."""
    return lambda chapter: [plain(e) for e in chapter.root.iter(q(name))]


def of_sections(name: str) -> Said:
    """The title or label of every section."""
    return lambda chapter: [
        "".join(part.itertext())
        for section in chapter.root.iter(q("sec"))
        if (part := child(section, name)) is not None
    ]


def fields(*names: str) -> Said:
    """Fields of the references, as they stand in them."""
    return record(lambda r: [x.get(n) for x in r.references for n in names])


FACTS = (
    Fact(
        "title in its own case",
        "{m}/title-group/article-title",
        record(lambda r: [r.title]),
        "{m}/title-group/title",
    ),
    Fact(
        "surname and given names apart",
        f"{WHO}/name/surname | {WHO}/name/given-names",
        record(lambda r: [n for c in r.contributors for n in (c.name.family, c.name.given)]),
    ),
    Fact(
        "ORCID as https URI",
        f"{WHO}/contrib-id[@contrib-id-type='orcid']",
        record(lambda r: [f"https://orcid.org/{c.orcid}" for c in r.contributors if c.orcid]),
    ),
    Fact(
        "e-mail where visible",
        f"{WHO}/email",
        record(lambda r: [m.address for c in r.contributors for m in c.emails if m.visible]),
        rare=True,
    ),
    Fact(
        "corresponding author",
        f"{WHO}[@corresp='yes']/name/surname",
        record(lambda r: [c.name.family for c in r.contributors if c.corresponding]),
        rare=True,
    ),
    Fact(
        "institution",
        "{m}/aff/institution-wrap/institution",
        record(lambda r: [a.institution for a in r.affiliations]),
    ),
    Fact(
        "department",
        "{m}/aff/institution[@content-type='dept']",
        record(lambda r: [d for a in r.affiliations for d in a.departments]),
    ),
    Fact(
        "country with ISO code",
        "//aff/country/@country | {b}/descendant::publisher-loc/country/@country",
        record(lambda r: [*(a.country_code for a in r.affiliations), r.book.country]),
    ),
    Fact(
        "author linked to affiliation",
        f"{WHO}/xref[@ref-type='aff' and @rid=//aff/@id]/@rid",
        record(lambda r: [id_ for c in r.contributors for id_ in c.affiliations]),
    ),
    Fact("biography in bio", f"{WHO}/bio", texts("bio")),
    Fact("abstract", "{m}/abstract | {m}/trans-abstract", texts("abstract")),
    Fact("every keyword", "{m}/kwd-group/kwd", texts("keyword")),
    Fact(
        "book title",
        "{b}/source",
        record(lambda r: [r.book.title, r.book.subtitle]),
        "{b}/book-title-group/*[self::book-title or self::subtitle]",
    ),
    Fact(
        "book editors",
        "{m}/contrib-group[@content-type='volume-editors']/contrib/*[not(self::contrib-id)]",
        record(lambda r: [e.name.collab or e.name.family + e.name.given for e in r.book.editors]),
        "{b}/contrib-group[@content-type='volume-editors']/contrib/*[not(self::contrib-id)]",
    ),
    Fact(
        "ISBN",
        "{m}/isbn[@publication-format]",
        record(lambda r: [isbn.number for isbn in r.book.isbns]),
        "{b}/isbn[@publication-format]",
    ),
    Fact(
        "publisher",
        "{b}/publisher-name",
        record(lambda r: [r.book.publisher]),
        "{b}/publisher/publisher-name",
    ),
    Fact("year", "{m}/pub-date/year", record(lambda r: [r.date[:4]])),
    Fact("first page", "{m}/fpage", record(lambda r: [r.first_page])),
    Fact("last page", "{m}/lpage", record(lambda r: [r.last_page])),
    Fact(
        "chapter number",
        "{m}//custom-meta[meta-name='chapter-number']/meta-value",
        record(lambda r: [r.number]),
        "{m}/title-group/label",
    ),
    Fact(
        "citation line",
        "{m}//custom-meta[meta-name='citation-line']/meta-value",
        record(lambda r: [r.citation_line]),
    ),
    Fact("licence", "{m}/permissions/license/ali:license_ref", record(lambda r: [r.license_href])),
    Fact(
        "copyright holder and year",
        "{m}/permissions/copyright-year | {m}/permissions/copyright-holder",
        record(lambda r: [r.copyright_year, r.copyright_holder]),
    ),
    Fact(
        "root language",
        "/article/@xml:lang",
        record(lambda r: [r.language]),
        "/book-part-wrapper/book-part/@xml:lang",
    ),
    Fact("every section with its title", "//sec/title", of_sections("title")),
    Fact("section labels apart from titles", "//sec/label", of_sections("label")),
    Fact(
        "all references in the list",
        "//back/ref-list/ref/@id",
        record(lambda r: [x.id for x in r.references]),
    ),
    Fact(
        "every reference structured",
        "//ref[.//element-citation[.//year and source]]/@id",
        record(lambda r: [x.id for x in r.references if x.structured]),
    ),
    Fact("publishers in references", f"{CITED}/publisher-name", fields("publisher")),
    Fact(
        "reference titles in their own case",
        f"{CITED}/*[self::source or self::article-title or self::part-title]",
        fields("title", "container-title"),
    ),
    Fact(
        "full dates in references",
        f"{CITED}/*[self::date or self::string-date]/@iso-8601-date",
        fields("date"),
    ),
    Fact(
        "every citation an xref that resolves",
        "//xref[@ref-type='bibr']/@rid",
        lambda chapter: [e.get("ref", "") for e in chapter.root.iter(q("cite"))],
    ),
    Fact(
        "citation text as written",
        "//xref[@ref-type='bibr' and not(@specific-use)]",
        lambda c: [plain(e) for e in c.root.iter(q("cite")) if e.get("generated") != "yes"],
    ),
    Fact(
        "article type or part type",
        "/article[@article-type='chapter-article']/@article-type",
        record(lambda r: ["chapter-article"]),
        "/book-part-wrapper/book-part/@book-part-type",
        record(lambda r: [r.type]),
    ),
)
# Facts that the seed has once its references are parsed and its citations linked.
CHAPTER = (
    '<chapter xmlns="urn:pubtool:chapter:1" id="c{n}" number="{n}" xml:lang="en"><front>'
    "<title>Chapter {n}</title><identifiers><doi>10.5555/{n}</doi></identifiers></front>"
    "<body><p>Words {n}.</p></body></chapter>"
)
EMPTY = "//*[not(node())][not(self::anonymous or self::xref or self::self-uri)]"


def made(edition: Edition, format_: str) -> etree._Element:
    return parsed(formats()[format_].write(edition).data)


def held(root: etree._Element, path: str, format_: str) -> list[str]:
    """What a path finds in an artifact, without white space."""
    found = root.xpath(path.format(**PLACES[format_]), namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [bare("".join(e.itertext()) if isinstance(e, etree._Element) else str(e)) for e in found]


def bare(text: str) -> str:
    return "".join(text.split())


def wanted(fact: Fact, chapter: Chapter, format_: str) -> list[str]:
    say = (fact.bits_said if format_ == "bits" else None) or fact.said
    return [bare(text) for text in say(chapter) if text]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that knows the volume's facts."""
    made_at = tmp_path_factory.mktemp("seed")
    (made_at / "pubtool.toml").write_text(VOLUME)
    return made_at


@pytest.fixture(scope="module")
def told(folder: Path, seed: Path) -> list[dict[str, str]]:
    """What the import of the real chapter had to say."""
    command = [sys.executable, "-m", "pubtool", "import", str(seed), "-o", "ch08.xml"]
    command += ["--output-format", "json"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=folder)
    findings: list[dict[str, str]] = json.loads(done.stderr)
    return findings


@pytest.fixture(scope="module")
def imported(folder: Path, told: list[dict[str, str]]) -> Edition:
    """The real chapter, imported."""
    return loaded(folder / "ch08.xml")


def loaded(chapter: Path) -> Edition:
    settings, _ = config.load(chapter)
    source, findings = intake.load(chapter, settings)
    assert errors(findings) == []
    return intake.edition(source, settings)[0]


@pytest.fixture(scope="module")
def example() -> Edition:
    """The example that comes with pubtool."""
    return loaded(next((REPOSITORY / "examples").glob("chapters/*.xml")))


@pytest.fixture(params=["everything", "imported", "example"])
def edition(request: pytest.FixtureRequest) -> Edition:
    made_from = request.getfixturevalue(request.param)
    assert isinstance(made_from, Edition)
    return made_from


@pytest.mark.parametrize("format_", ["jats", "bits"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_golden_chapter_carries_the_fact(fact: Fact, format_: str, everything: Edition) -> None:
    assert wanted(fact, everything.chapter, format_), "the golden chapter has every fact"
    carries(everything, fact, format_)


@pytest.mark.parametrize("format_", ["jats", "bits"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_real_chapter_carries_the_fact(fact: Fact, format_: str, imported: Edition) -> None:
    there = wanted(fact, imported.chapter, format_)
    assert there or fact.rare, "a real chapter has this fact"
    carries(imported, fact, format_)


@pytest.mark.parametrize("format_", ["jats", "bits"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_the_example_carries_the_fact(fact: Fact, format_: str, example: Edition) -> None:
    assert wanted(fact, example.chapter, format_), "the example has every fact"
    carries(example, fact, format_)


def test_there_are_thirty_five_facts() -> None:
    """The last of them is that nothing is empty in the metadata."""
    assert len(FACTS) + 1 == 35


def carries(edition: Edition, fact: Fact, format_: str) -> None:
    path = (fact.bits if format_ == "bits" else "") or fact.path
    got, said = held(made(edition, format_), path, format_), wanted(fact, edition.chapter, format_)
    # Notes stand at the end of an artifact, so what is found anywhere has another order there.
    assert sorted(got) == sorted(said)
    assert path.startswith("//") or got == said


def test_the_real_chapter_is_linked_and_structured(imported: Edition) -> None:
    root = made(imported, "jats")
    # Fifteen citations, of which one fits two references and is left to the editor.
    assert len(held(root, "//xref[@ref-type='bibr']", "jats")) == 14
    assert len(held(root, "//ref[.//element-citation]", "jats")) == 13


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_all_citations_are_linked_once_the_editor_has_chosen(
    format_: str, folder: Path, told: list[dict[str, str]]
) -> None:
    """What the import says of the fifteenth citation is all that an editor needs to link it."""
    (finding,) = [finding for finding in told if finding["rule"] == "PT683"]
    said = re.match(r"“(?P<words>.+)” fits 2 references: (?P<first>[\w-]+) ", finding["message"])
    assert said is not None
    words = (folder / "ch08.xml").read_text()
    assert words.count(said["words"]) == 1
    link = f'<cite ref="{said["first"]}">{said["words"]}</cite>'
    chapter = folder / "chosen.xml"
    chapter.write_text(words.replace(said["words"], link))
    edition = loaded(chapter)
    root = made(edition, format_)
    assert len(held(root, "//xref[@ref-type='bibr' and @rid=//ref/@id]", format_)) == 15
    assert len(held(root, "//ref[.//element-citation]", format_)) == 13
    assert bare(said["words"]) in held(root, f"//xref[@rid='{said['first']}']", format_)


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_nothing_is_empty_in_the_metadata(format_: str, edition: Edition) -> None:
    root = made(edition, format_)
    metadata = {"jats": "/article/front", "bits": "//*[contains(name(), '-meta')]"}[format_]
    assert held(root, f"({metadata}){EMPTY}", format_) == []
    assert root.xpath("//back[not(*)] | //body[not(*)]") == []


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_no_journal_and_no_issn_is_made_up(format_: str, imported: Edition) -> None:
    assert made(imported, format_).xpath("//journal-meta | //issn | //journal-id") == []


@pytest.mark.parametrize("citations", ["both", "element", "mixed"])
@pytest.mark.parametrize(
    ("format_", "version", "dtd"),
    [
        ("jats", "1.3", "1.3"),
        ("jats", "1.4", "jats-1.4-dtd/JATS-archivearticle1-4-mathml3.dtd"),
        ("bits", "1.3", "bits-2.0-dtd/BITS-book2.dtd"),
    ],
)
def test_the_official_dtd_has_nothing_to_say(
    format_: str, version: str, dtd: str, citations: str, edition: Edition
) -> None:
    official = jats_dtd() if dtd == "1.3" else shared(f"schemas/{dtd}")
    jats = replace(edition.settings.jats, version=version, citations=citations)
    made_from = replace(edition, settings=replace(edition.settings, jats=jats))
    data = formats()[format_].write(made_from).data
    assert messages(parsed(data), etree.DTD(str(official))) == []
    assert formats()[format_].check(data, "c.xml", "full") == []
    assert formats()[format_].conserved(made_from, data, "c.xml") == []
    if format_ == "jats":
        assert f'dtd-version="{version}"'.encode() in data
        assert f"MathML3 v{version} ".encode() in data


@pytest.mark.parametrize("profile", JATS_PROFILES)
@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_no_receiver_refuses_the_golden_chapter(
    format_: str, profile: str, everything: Edition
) -> None:
    assert errors(received(formats()[format_].write(everything).data, "c.xml", profile)) == []


@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_no_rule_is_broken(format_: str, edition: Edition) -> None:
    assert errors(received(formats()[format_].write(edition).data, "c.xml", "generic")) == []


def test_the_book_is_the_same_in_each_of_its_chapters(tmp_path: Path) -> None:
    """Ingenta: book metadata identical in every chapter of a book."""
    (tmp_path / "pubtool.toml").write_text(VOLUME)
    books = set()
    for n in "12":
        (tmp_path / f"c{n}.xml").write_text(CHAPTER.replace("{n}", n))
        settings, _ = config.load(tmp_path)
        source, _ = intake.load(tmp_path / f"c{n}.xml", settings)
        root = made(intake.edition(source, settings)[0], "bits")
        books.add(etree.tostring(root[0]))
        assert root[0].tag == "book-meta"
    assert len(books) == 1
