"""Metadata: valid by the receivers' own schemas, and read back to the same values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pymarc
import pytest
from lxml import etree

from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import expanded, formats
from tests import schemas
from tests.conftest import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "chapters" / "chapter-03.xml"
METADATA = [row.name for row in formats().values() if row.group == "metadata"]
TITLE = (
    "Proofs by post: three printers and their letters between İstanbul, Tiflis and Bakı, 1889–1908"
)
BOOK = "Ink across Two Seas: Print, Post and Readers around the Caucasus, 1850–1930"
AUTHORS = ["Şıxlı, Ülviyyə", "Gökırmak, İsmail Çağdaş"]
EDITORS = ["Hüseynzadə, Şəfiqə", "Günaydınoğlu, Ömer Işık"]
ISBNS = ["9789995249014", "9789995249021"]
DOI = "10.5555/kehreba.ink.03"


@pytest.fixture(scope="module")
def example(edition_of: Callable[[Path], Edition]) -> Edition:
    return edition_of(EXAMPLE)


@pytest.fixture(scope="module")
def made(example: Edition) -> dict[str, bytes]:
    """Every metadata format of the example, about which nothing was found."""
    told = {name: formats()[name].write(example) for name in METADATA}
    assert {name: one.findings for name, one in told.items() if one.findings} == {}
    return {name: one.data for name, one in told.items()}


def xpath(data: bytes, path: str, **namespaces: str) -> list[str]:
    found = etree.fromstring(data).xpath(path, namespaces=namespaces)
    assert isinstance(found, list)
    return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]


@pytest.mark.schemas
@pytest.mark.parametrize("name", sorted(schemas.NEEDS))
def test_the_receivers_schema_has_no_objection(name: str, made: dict[str, bytes]) -> None:
    assert schemas.messages(name, made[name]) == []


@pytest.mark.schemas
@pytest.mark.parametrize("name", sorted(schemas.NEEDS))
def test_nor_to_a_chapter_with_every_element(name: str, everything: Edition) -> None:
    from dataclasses import replace

    from pubtool.settings import Crossref

    settings = replace(everything.settings, crossref=Crossref(email="a@example.org"))
    told = formats()[name].write(replace(everything, settings=settings))
    assert errors(told.findings) == []
    assert schemas.messages(name, told.data) == []


@pytest.mark.schemas
def test_the_whole_volume_is_deposited_by_option(example: Edition) -> None:
    from dataclasses import replace

    crossref = replace(example.settings.crossref, book=True)
    record = example.chapter.record
    book = replace(record.book, url="https://example.org/ink", series_issn="2049-3630")
    chapter = replace(example.chapter, record=replace(record, book=book))
    whole = replace(example, chapter=chapter, settings=replace(example.settings, crossref=crossref))
    told = formats()["crossref"].write(whole)
    assert told.findings == ()
    assert schemas.messages("crossref", told.data) == []
    path = "//c:book_series_metadata/c:doi_data/c:doi"
    assert xpath(told.data, path, c=CROSSREF) == ["10.5555/kehreba.ink"]


# ── the chapter stays a chapter of a book, editors stay editors ──

CROSSREF = "http://www.crossref.org/schema/5.5.0"
ONIX = "http://ns.editeur.org/onix/3.0/reference"
MODS = "http://www.loc.gov/mods/v3"
DATACITE = "http://datacite.org/schema/kernel-4"


def test_crossref(made: dict[str, bytes]) -> None:
    def said(path: str) -> list[str]:
        return xpath(made["crossref"], path, c=CROSSREF, ai=AI, jats=JATS)

    item = "/c:doi_batch/c:body/c:book[@book_type='edited_book']/c:content_item"
    assert said(f"{item}[@component_type='chapter']/c:titles/c:title") == [TITLE]
    assert said(f"{item}//*[@contributor_role='author']/c:surname") == ["Şıxlı", "Gökırmak"]
    editors = "//c:book_metadata//*[@contributor_role='editor']/c:surname"
    assert said(editors) == ["Hüseynzadə", "Günaydınoğlu"]
    assert said(f"{item}/c:doi_data/c:doi") == [DOI]
    assert said("//c:book_metadata/c:doi_data") == []
    assert said(f"{item}/c:pages/*") == ["41", "50"]
    assert said("//c:book_metadata/c:isbn") == ISBNS
    assert said("//ai:license_ref") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert len(said("//jats:abstract/@xml:lang")) == 2
    assert len(said("//c:citation_list/c:citation/c:unstructured_citation")) == 12
    assert said("//c:timestamp") == ["20260316000001"]


AI = "http://www.crossref.org/AccessIndicators.xsd"
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"


def test_onix(made: dict[str, bytes]) -> None:
    def said(path: str) -> list[str]:
        return xpath(made["onix"], path, o=ONIX)

    item = "(//o:Product)[1]//o:ContentItem"
    assert said("//o:Product/o:ProductIdentifier[o:ProductIDType='15']/o:IDValue") == ISBNS
    assert said(f"{item}[o:TextItem/o:TextItemType='03']/o:TitleDetail[1]//o:TitleText") == [TITLE]
    names = "/o:Contributor[o:ContributorRole='{}']/o:PersonNameInverted"
    assert said(item + names.format("A01")) == AUTHORS
    assert said("(//o:Product)[1]/o:DescriptiveDetail" + names.format("B01")) == EDITORS
    assert said(f"{item}//o:PageRun/*") == ["41", "50"]


def test_mods(made: dict[str, bytes]) -> None:
    def said(path: str) -> list[str]:
        return xpath(made["mods"], path, m=MODS)

    host = "/m:mods/m:relatedItem[@type='host']"
    assert said("/m:mods/m:titleInfo[not(@type)]/m:title") == [TITLE]
    assert said("/m:mods/m:name/m:namePart[@type='family']") == ["Şıxlı", "Gökırmak"]
    assert said(f"{host}/m:titleInfo/m:title") == [BOOK.partition(": ")[0]]
    editors = f"{host}/m:name[m:role/m:roleTerm='editor']/m:namePart[@type='family']"
    assert said(editors) == ["Hüseynzadə", "Günaydınoğlu"]
    assert said(f"{host}/m:part/m:extent/*") == ["41", "50"]


def test_datacite(made: dict[str, bytes]) -> None:
    item = json.loads(made["datacite-json"])
    assert item["types"]["resourceTypeGeneral"] == "BookChapter"
    assert [one["name"] for one in item["creators"]] == AUTHORS
    editors = [c["name"] for c in item["contributors"] if c["contributorType"] == "Editor"]
    assert editors == EDITORS
    (host,) = item["relatedItems"]
    assert (host["relatedItemType"], host["relationType"]) == ("Book", "IsPublishedIn")
    assert (host["firstPage"], host["lastPage"]) == ("41", "50")
    assert xpath(made["datacite"], "//d:creatorName", d=DATACITE) == AUTHORS
    assert xpath(made["datacite"], "//d:relatedItem//d:title", d=DATACITE) == [BOOK]
    assert xpath(made["datacite"], "/d:resource/d:identifier", d=DATACITE) == [DOI]


def test_datacite_xml_is_what_datacites_own_writer_makes(made: dict[str, bytes]) -> None:
    schemas.available("datacite")
    schema45 = pytest.importorskip("datacite.schema45")
    theirs = schema45.dump_etree(json.loads(made["datacite-json"]))

    def leaves(root: etree._Element) -> list[tuple[str, str]]:
        return sorted(
            (etree.QName(e).localname, " ".join((e.text or "").split()))
            for e in root.iter("*")
            if not len(e) and "related" not in str(e.tag) and (e.text or "").strip()
        )

    ours = etree.fromstring(made["datacite"])
    assert set(leaves(theirs)) - {("identifier", DOI)} <= set(leaves(ours))


@pytest.mark.parametrize("name", ["marc", "marcxml"])
def test_pymarc_reads_the_same_values(name: str, made: dict[str, bytes], tmp_path: Path) -> None:
    if name == "marc":
        (record,) = pymarc.MARCReader(made[name], force_utf8=True)
    else:
        (tmp_path / "one.xml").write_bytes(made[name])
        (record,) = pymarc.parse_xml_to_array(str(tmp_path / "one.xml"))
    assert record is not None
    assert str(record.leader)[6:8] == "aa"
    assert record["100"]["a"] == AUTHORS[0]
    assert record["100"]["4"] == "aut"
    others = [(field["a"], field["4"]) for field in record.get_fields("700")]
    assert others == [(AUTHORS[1], "aut"), *((name, "edt") for name in EDITORS)]
    assert record["245"]["a"] == TITLE
    host = record["773"]
    assert (host["t"], host["g"]) == (BOOK, "pages 41-50")
    assert host.get_subfields("z") == ISBNS
    assert record["024"]["a"] == DOI
    assert len(str(record["008"].data)) == 40
    assert str(record["008"].data)[35:38] == "eng"


def test_pybtex_reads_the_same_values(made: dict[str, bytes]) -> None:
    schemas.available("pybtex")
    from pybtex.database import parse_string
    from pybtex.richtext import Text

    (entry,) = parse_string(made["bibtex"].decode(), "bibtex").entries.values()
    assert entry.type == "incollection"

    def said(field: str) -> str:
        return str(Text.from_latex(entry.fields[field]))

    assert (said("title"), said("booktitle")) == (TITLE, BOOK)
    for role, expected in (("author", AUTHORS), ("editor", EDITORS)):
        names = [
            f"{' '.join(p.last_names)}, {' '.join([*p.first_names, *p.middle_names])}"
            for p in entry.persons[role]
        ]
        assert names == expected
    assert (entry.fields["pages"], entry.fields["doi"]) == ("41--50", DOI)
    assert entry.fields["isbn"] == ISBNS[0]


def test_rispy_reads_the_same_values(made: dict[str, bytes]) -> None:
    schemas.available("rispy")
    import rispy

    (entry,) = rispy.loads(made["ris"].decode())
    assert entry["type_of_reference"] == "CHAP"
    assert (entry["title"], entry["secondary_title"]) == (TITLE, BOOK)
    assert (entry["authors"], entry["secondary_authors"]) == (AUTHORS, EDITORS)
    assert (entry["start_page"], entry["end_page"], entry["doi"]) == ("41", "50", DOI)


def test_csl_and_schema_org(made: dict[str, bytes]) -> None:
    (item,) = json.loads(made["csl-json"])
    assert (item["type"], item["title"], item["container-title"]) == ("chapter", TITLE, BOOK)
    assert [f"{n['family']}, {n['given']}" for n in item["editor"]] == EDITORS
    assert item["issued"] == {"date-parts": [[2026, 3, 16]]}
    page = json.loads(made["schema-org"])
    assert (page["@type"], page["isPartOf"]["@type"]) == ("Chapter", "Book")
    assert [one["familyName"] for one in page["isPartOf"]["editor"]] == [
        "Hüseynzadə",
        "Günaydınoğlu",
    ]
    assert "editor" not in page


def test_dublin_core(made: dict[str, bytes]) -> None:
    names = {"dc": "http://purl.org/dc/elements/1.1/", "t": "http://purl.org/dc/terms/"}
    assert xpath(made["oai-dc"], "//dc:creator", **names) == AUTHORS
    assert xpath(made["oai-dc"], "//dc:contributor", **names) == EDITORS
    assert xpath(made["oai-dc"], "//dc:type", **names) == ["info:eu-repo/semantics/bookPart"]
    assert xpath(made["qdc"], "//t:isPartOf", **names)[0] == BOOK
    assert len(xpath(made["qdc"], "//t:abstract/@xml:lang", **names)) == 2


def test_the_page_tells_machines(example: Edition) -> None:
    page = etree.fromstring(formats()["html"].write(example).data)

    def meta(name: str) -> list[str]:
        found = page.xpath("//*[@name=$name]/@content", name=name)
        assert isinstance(found, list)
        return [str(one) for one in found]

    assert meta("citation_author") == AUTHORS
    assert meta("citation_editor") == EDITORS
    assert meta("citation_inbook_title") == [BOOK]
    assert (meta("citation_firstpage"), meta("citation_doi")) == (["41"], [DOI])
    coins = str(page.xpath("string(//*[@class='Z3988']/@title)"))
    assert "rft.genre=bookitem" in coins
    assert f"rft_id=info%3Adoi%2F{DOI.replace('/', '%2F')}" in coins


def test_asking_for_a_group_is_not_asking_for_each() -> None:
    names, optional = expanded(["jats", "metadata", "crossref"])
    assert names == ["jats", *METADATA]
    assert optional == set(METADATA) - {"crossref"}
    every = [name for name, row in formats().items() if not row.by_name]
    assert expanded(["all"]) == (every, frozenset(every))
