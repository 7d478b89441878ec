"""Odd chapters in every metadata format: valid, or a clear diagnostic; nothing escaped twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pymarc
import pytest
from lxml import etree

from pubtool import intake, pipeline
from pubtool.checks.metadata import said
from pubtool.diagnostics import Diagnostic, errors
from pubtool.edition import Edition, Made
from pubtool.formats import formats
from pubtool.settings import BookFacts, Crossref, Person, Settings
from tests import schemas
from tests.test_metadata import METADATA

HOSTILE = "A <b>&amp; \"x\" 'y' ]]> {\\} %$#_~^ <!-- --> \\textbf{z} and B"
BOOK = BookFacts(
    id="vol-1",
    title="A volume",
    publisher="Example Press",
    place="Bakı",
    country="AZ",
    year="2026",
    isbn={"print": "978-0-306-40615-7"},
    license="https://creativecommons.org/licenses/by/4.0/",
    editor=(Person(given="Ali", family="Öncü"),),
)
AUTHOR = "<contributor><name><given>Nigar</given><family>Əliyeva</family></name></contributor>"
IDS = "<identifiers><doi>10.5555/x.1</doi><url>https://example.org/1</url></identifiers>"
VALID = pytest.mark.parametrize("name", METADATA)


def edition(
    folder: Path,
    title: str = "Plain",
    people: str = AUTHOR,
    ids: str = IDS,
    more: str = "",
    book: BookFacts = BOOK,
    language: str = "en",
) -> Edition:
    """A chapter of the volume; what is passed is markup."""
    path = folder / "c.xml"
    path.write_text(
        f'<chapter xmlns="urn:pubtool:chapter:1" id="c1" xml:lang="{language}" number="1"><front>'
        f"<title>{title}</title>{people}{ids}"
        f'<pages first="1" last="9"/>{more}</front><body><p>Words.</p></body></chapter>'
    )
    settings = Settings(root=folder, book=book, crossref=Crossref(email="a@example.org"))
    source, findings = intake.load(path, settings)
    assert errors(findings) == []
    return intake.edition(source, settings)[0]


def made(name: str, given: Edition) -> Made:
    """A format that must be made, valid and with every fact of the chapter."""
    format_ = formats()[name]
    told = format_.write(given)
    assert errors(told.findings) == []
    assert format_.check(told.data, "c", "full") == []
    assert format_.conserved(given, told.data, "c") == []
    if name in schemas.NEEDS:
        assert schemas.messages(name, told.data) == []
    return told


def close(text: str) -> str:
    return "".join(text.split())


@VALID
def test_no_doi(name: str, tmp_path: Path) -> None:
    given = edition(tmp_path, ids="")
    told = formats()[name].write(given)
    if name in ("crossref", "datacite"):
        assert told.left_out
        assert told.data == b""
        first = errors(told.findings)[0]
        assert "cannot be made without the DOI" in first.message
        assert "<identifiers>" in first.hint
    else:
        made(name, given)


def test_no_doi_by_name_is_an_error_and_in_a_group_a_note(tmp_path: Path) -> None:
    given = edition(tmp_path, ids="")
    out, path = tmp_path / "build", tmp_path / "c.xml"
    out.mkdir()
    (out / "c.crossref.xml").write_text("of an earlier export")

    def export(optional: tuple[str, ...]) -> list[Diagnostic]:
        told = pipeline.export(path, ["crossref"], given.settings, out, "full", optional)
        return [one for one in told if isinstance(one, Diagnostic) and one.rule == "PT771"]

    assert {one.severity for one in export(())} == {"error"}
    assert {one.severity for one in export(("crossref",))} == {"note"}
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("name", ["jats", "bits", *METADATA])
def test_what_is_missing_is_told_once_of_each_artifact(name: str, tmp_path: Path) -> None:
    given = edition(tmp_path, ids="", book=BookFacts(title="A volume", year="2026"))
    told = pipeline.export(tmp_path / "c.xml", [name], given.settings, tmp_path, "full", [name])
    findings = [f for one in told for f in getattr(one, "findings", [one])]
    messages = [f.message for f in findings if isinstance(f, Diagnostic)]
    for fact in ("licence", "DOI", "ISBN", "URL", "publisher", "place of publication"):
        assert sum(fact in message for message in messages) <= 1, messages
    if name in ("jats", "bits", "crossref", "datacite"):
        assert any("licence" in message for message in messages)


@VALID
def test_no_licence(name: str, tmp_path: Path) -> None:
    told = made(name, edition(tmp_path, book=replace(BOOK, license="")))
    assert b"creativecommons" not in told.data
    asks = name in ("crossref", "datacite", "datacite-json", "oai-dc", "qdc")
    assert any("no licence" in one.message for one in told.findings) == asks


@VALID
def test_an_anonymous_work(name: str, tmp_path: Path) -> None:
    told = made(name, edition(tmp_path, people="<contributor><anonymous/></contributor>"))
    said_ = {"crossref": b"<anonymous ", "datacite": b":unkn", "onix": b"<UnnamedPersons>02<"}
    assert said_.get(name, b"") in told.data


@VALID
def test_a_corporate_author(name: str, tmp_path: Path) -> None:
    group = "Commission, Wind and Sons"
    told = made(
        name, edition(tmp_path, people=f"<contributor><collab>{group}</collab></contributor>")
    )
    said_ = {
        "crossref": "<organization",
        "bibtex": f"{{{{{group}}}}}",
        "marc": group,
        "mods": 'type="corporate"',
        "csl-json": '"literal"',
        "onix": "<CorporateName>Commission",
    }
    assert said_.get(name, "Commission") in told.data.decode()


@VALID
def test_an_author_of_one_name(name: str, tmp_path: Path) -> None:
    people = "<contributor><name><family>Nəsimi</family></name></contributor>"
    made(name, edition(tmp_path, people=people))


@VALID
def test_four_hundred_authors(name: str, tmp_path: Path) -> None:
    people = "".join(
        f"<contributor><name><given>G{i}</given><family>Family{i}</family></name></contributor>"
        for i in range(400)
    )
    told = made(name, edition(tmp_path, people=people))
    assert "Family399" in said(told.data)


def test_a_record_too_long_for_binary_marc_is_told(tmp_path: Path) -> None:
    long = f"<abstract><p>{'word ' * 2500}</p></abstract>"
    told = formats()["marc"].write(edition(tmp_path, more="", people=AUTHOR + long, ids=IDS))
    assert told.left_out
    assert "field 520 is longer than 9999 bytes" in errors(told.findings)[0].message
    made("marcxml", edition(tmp_path, people=AUTHOR + long, ids=IDS))


@VALID
def test_a_title_from_the_right(name: str, tmp_path: Path) -> None:
    title = "דפוס ודואר: “Şəki” בקווקז"
    told = made(name, edition(tmp_path, title=title, language="he"))
    assert close(title) in said(told.data)


@VALID
def test_markup_in_a_title(name: str, tmp_path: Path) -> None:
    title = "H<sub>2</sub>O in <italic>Şəki</italic><fn><p>A note.</p></fn> <sc>ce</sc>"
    told = made(name, edition(tmp_path, title=title))
    assert "H2OinŞəkice" in said(told.data)
    assert "A note" not in told.data.decode()
    if name == "crossref":
        assert "H<sub>2</sub>O in <i>Şəki</i> <scp>ce</scp>" in told.data.decode()


@VALID
def test_hostile_text_in_every_field(name: str, tmp_path: Path) -> None:
    h = escape(HOSTILE)
    people = (
        f'<contributor affiliations="a"><name><given>{h}</given><family>{h}</family></name>'
        f'</contributor><affiliation id="a"><department>{h}</department>'
        f'<institution>{h}</institution><city>{h}</city><country code="AZ">{h}</country>'
        f"</affiliation><abstract><p>{h}</p></abstract><keywords><keyword>{h}</keyword></keywords>"
    )
    book = replace(BOOK, title=HOSTILE, subtitle=HOSTILE, publisher=HOSTILE, series=HOSTILE,
                   place=HOSTILE, copyright_holder=HOSTILE,
                   editor=(Person(given=HOSTILE, family=HOSTILE),))  # fmt: skip
    funding = f"<funding><funder>{h}</funder><award>{h}</award></funding>"
    given = edition(tmp_path, title=h, people=people, more=funding, book=book)
    text = made(name, given).data.decode()
    # Everything reads back as it was written: no entity or command is left over.
    assert close(HOSTILE) in said(made(name, given).data)
    assert "&amp;amp;amp;" not in text
    assert "&amp;lt;" not in text


def test_marc_reads_hostile_text_back(tmp_path: Path) -> None:
    given = edition(tmp_path, title=escape(HOSTILE))
    (record,) = pymarc.MARCReader(made("marc", given).data, force_utf8=True)
    assert record is not None
    assert record["245"]["a"] == HOSTILE


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("year", "n.d.", "date"), ("publisher", "", "publisher"), ("title", "", "book title")],
)
def test_crossref_names_what_it_needs(field: str, value: str, says: str, tmp_path: Path) -> None:
    told = formats()["crossref"].write(edition(tmp_path, book=replace(BOOK, **{field: value})))
    assert told.left_out
    assert [f"without the {says}" in one.message for one in errors(told.findings)] == [True]


def test_an_isbn_with_a_wrong_check_digit_is_not_passed_on(tmp_path: Path) -> None:
    book = replace(BOOK, isbn={"print": "978-0-306-40615-8"})
    told = made("crossref", edition(tmp_path, book=book))
    assert b'<noisbn reason="monograph"/>' in told.data
    assert any("no ISBN" in one.message for one in told.findings)


def test_a_broken_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "mods.xml").write_text("{{ nothing.at.all }}")
    told = formats()["mods"].write(edition(tmp_path))
    assert [one.rule for one in errors(told.findings)] == ["PT802"]


def test_a_name_too_long_for_crossref_is_told(tmp_path: Path) -> None:
    people = f"<contributor><name><family>{'x' * 201}</family></name></contributor>"
    told = formats()["crossref"].write(edition(tmp_path, people=people))
    (finding,) = formats()["crossref"].check(told.data, "c", "full")
    assert "<surname> is longer than 200 characters" in finding.message


def test_json_in_a_page_cannot_end_its_script(tmp_path: Path) -> None:
    title = escape("</script><script>alert(1)</script> & more")
    page = formats()["html"].write(edition(tmp_path, title=title)).data
    (script,) = etree.fromstring(page).iter("{*}script")
    assert b"</script><script>" not in page
    assert "\\u003c/script\\u003e" in (script.text or "")
