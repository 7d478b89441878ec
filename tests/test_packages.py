"""Packages: what is in them, that it is true, and that a fault in any of it is seen."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool import config
from pubtool.cli import main
from pubtool.diagnostics import Diagnostic, Severity, errors
from pubtool.edition import Edition
from pubtool.packages import PACKAGES, archive, saf
from pubtool.packages.access import access, creative_commons
from pubtool.packages.facts import Gap, where
from pubtool.packages.figures import misfits
from pubtool.packages.invenio import record
from pubtool.packages.package import Artifact, Delivery, ascii_name
from pubtool.packing import Parcel, pack
from pubtool.resources import Image
from pubtool.settings import Packaging
from pubtool.zipped import pack as zipped
from pubtool.zipped import unpack
from tests.conftest import EVERYTHING, REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "chapters" / "chapter-03.xml"
LISTING = REPOSITORY / "tests" / "packages" / "listing.txt"
ZIPPED = sorted(kind.name for kind in PACKAGES.values() if kind.media_type == "application/zip")
NAME = "chapter-03"

CHAPTER = """<chapter xmlns="urn:pubtool:chapter:1" id="c1" xml:lang="en">
  <front><title>A small chapter</title>{people}{abstract}{identifiers}
    <pages first="1" last="2"/><dates published="2026-02-01"/>{licence}</front>
  <body><sec id="s1"><title>One</title><p>Some words.</p></sec></body>
</chapter>
"""
PARTS = {
    "people": "<contributor><name><given>Nigar</given><family>Əliyeva</family></name>"
    "</contributor>",
    "abstract": "<abstract><p>Short.</p></abstract>",
    "identifiers": "<identifiers><doi>10.5555/small.1</doi><url>https://example.org/1</url>"
    "</identifiers>",
    "licence": '<license href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</license>',
}
PROJECT = """[project]
chapters = ["*.xml"]
[book]
title = "A volume"
publisher = "Example Press"
year = "2026"
isbn = { print = "978-0-306-40615-7" }
[crossref]
email = "a@example.org"
"""


def run(
    path: Path, kinds: Sequence[str], out: Path, optional: Sequence[str] = (), **options: bool
) -> list[Parcel | Gap | Diagnostic]:
    settings, findings = config.load(path)
    assert findings == []
    return list(pack(path, kinds, settings, out, optional, **options))


def parcels(results: Sequence[object]) -> dict[str, Parcel]:
    return {one.kind: one for one in results if isinstance(one, Parcel)}


def rules(results: Sequence[object]) -> list[str]:
    return [one.rule for one in results if isinstance(one, Diagnostic)]


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """A project with one small chapter, some of its parts replaced."""

    def make(name: str = "small.xml", project: str = PROJECT, **parts: str) -> Path:
        (tmp_path / "pubtool.toml").write_text(project)
        (tmp_path / name).write_text(CHAPTER.format(**PARTS | parts))
        return tmp_path / name

    return make


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every package of the example."""
    results = run(EXAMPLE, list(PACKAGES), tmp_path_factory.mktemp("packages"))
    assert errors(one for one in results if isinstance(one, Diagnostic)) == []
    return {kind: one.path.read_bytes() for kind, one in parcels(results).items()}


@pytest.fixture(scope="module")
def example(edition_of: Callable[[Path], Edition]) -> Edition:
    return edition_of(EXAMPLE)


@pytest.fixture
def delivery(example: Edition) -> Delivery:
    """The example with artifacts a test can do without."""
    made = {"pdf": b"%PDF", "epub": b"PK", "jats": b"<article/>",
            "mods": b'<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>T</title>'
                    b"</titleInfo></mods>"}  # fmt: skip
    types = {name: Artifact(f".{name}", "text/plain", data) for name, data in made.items()}
    return Delivery(NAME, example, types)


# ── what is in them ──


def test_the_listing_of_every_package(packed: dict[str, bytes], update_golden: bool) -> None:
    told = "".join(
        f"{kind}\n" + "".join(f"  {name}\n" for name in names(data))
        for kind, data in packed.items()
    )
    if update_golden:
        LISTING.write_text(told)
    assert told == LISTING.read_text()


def names(data: bytes) -> list[str]:
    return list(unpack(data)) if zipfile.is_zipfile(io.BytesIO(data)) else ["(one file)"]


@pytest.mark.parametrize("kind", PACKAGES)
def test_every_package_passes_its_own_check(kind: str, packed: dict[str, bytes]) -> None:
    assert PACKAGES[kind].check(packed[kind], "x") == []


@pytest.mark.parametrize("kind", ZIPPED)
def test_names_are_ascii_and_times_the_same(kind: str, packed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(packed[kind])) as opened:
        assert opened.testzip() is None
        for one in opened.infolist():
            assert one.filename.isascii()
            assert one.date_time == (1980, 1, 1, 0, 0, 0)


def test_made_again_elsewhere_and_alone_a_package_has_the_same_bytes(
    packed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder, time zone and language; of fewer packages at once."""
    shutil.copytree(EXAMPLE.parent.parent, tmp_path / "copy")
    monkeypatch.setenv("TZ", "Asia/Baku")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    kinds = ["crossref", "clockss", "zenodo", "sword-mets"]
    again = parcels(run(tmp_path / "copy/chapters/chapter-03.xml", kinds, tmp_path / "out"))
    assert {kind: one.path.read_bytes() for kind, one in again.items()} == {
        kind: packed[kind] for kind in kinds
    }
    assert {kind: one.md5 for kind, one in again.items()} == {
        kind: hashlib.md5(packed[kind], usedforsecurity=False).hexdigest() for kind in kinds
    }


def test_the_files_of_all_packages_are_the_same_artifacts(packed: dict[str, bytes]) -> None:
    seen: dict[str, set[bytes]] = {}
    for kind in ZIPPED:
        for name, data in unpack(packed[kind]).items():
            if name.endswith((".pdf", ".epub", ".jats.xml", ".bits.xml")):
                seen.setdefault(name.rpartition("/")[2], set()).add(data)
    assert {name: len(versions) for name, versions in seen.items()} == {
        f"{NAME}.pdf": 1, f"{NAME}.epub": 1, f"{NAME}.jats.xml": 1, f"{NAME}.bits.xml": 1,
    }  # fmt: skip


def test_the_xml_names_no_file_that_is_not_in_every_package(packed: dict[str, bytes]) -> None:
    bits = unpack(packed["clockss"])[f"{NAME}/{NAME}.bits.xml"]
    uris = etree.fromstring(bits).iter("self-uri")
    assert {one.get("content-type") for one in uris} == {"landing-page"}


def values(data: bytes) -> list[tuple[str, str]]:
    root = etree.fromstring(data)
    return [(f"{e.get('element')}.{e.get('qualifier')}", e.text or "") for e in root]


def test_dspace_finds_the_facts_of_the_chapter(packed: dict[str, bytes]) -> None:
    files = unpack(packed["dspace-saf"])
    said = values(files["item_1/dublin_core.xml"])
    for one in (
        ("contributor.author", "Şıxlı, Ülviyyə"),
        ("contributor.editor", "Günaydınoğlu, Ömer Işık"),
        ("date.issued", "2026-03-16"),
        ("identifier.uri", "https://doi.org/10.5555/kehreba.ink.03"),
        ("relation.ispartofseries", "Studies in Paper and Distance; 4"),
        ("rights.uri", "https://creativecommons.org/licenses/by/4.0/"),
        ("type.none", "Book chapter"),
    ):
        assert one in said
    assert ("accessRights.none", "open access") in values(files["item_1/metadata_dcterms.xml"])
    assert files["item_1/contents"].decode().splitlines() == [
        f"{NAME}.pdf\tbundle:ORIGINAL\tdescription:PDF\tprimary:true",
        f"{NAME}.epub\tbundle:ORIGINAL\tdescription:EPUB",
        f"{NAME}.jats.xml\tbundle:ORIGINAL\tdescription:JATS XML",
        "license.txt\tbundle:LICENSE",
    ]


# The elements and qualifiers of DSpace 6 to 9's registry "dc" that a chapter may need.
REGISTRY = {
    "title", "title.alternative", "contributor.author", "contributor.editor", "contributor.other",
    "contributor.illustrator", "date.issued", "date.submitted", "description.abstract",
    "description.sponsorship", "subject", "publisher", "language.iso", "type", "identifier.uri",
    "identifier.citation", "identifier.isbn", "relation.ispartof", "relation.ispartofseries",
    "rights", "rights.uri", "rights.holder",
}  # fmt: skip


def test_dspace_has_every_field_registered() -> None:
    assert {row.target for row in saf.DC} <= REGISTRY


def test_the_bag_is_whole_by_the_tools_of_any_unix(
    packed: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(packed["bagit"])) as opened:
        opened.extractall(tmp_path)
    bag = tmp_path / f"{NAME}.bagit"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=bag, check=True)
    information = (bag / "bag-info.txt").read_text()
    payload = [one for one in (bag / "data").rglob("*") if one.is_file()]
    total = sum(one.stat().st_size for one in payload)
    assert f"Payload-Oxum: {total}.{len(payload)}\n" in information
    assert "External-Identifier: https://doi.org/10.5555/kehreba.ink.03\n" in information
    assert "Access: open access\n" in information


@pytest.mark.parametrize("kind", ["sword-simplezip", "oapen", "clockss", "zenodo"])
def test_checksums_are_those_md5sum_finds(
    kind: str, packed: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(packed[kind])) as opened:
        opened.extractall(tmp_path)
    listing = [archive.CHECKSUMS]
    subprocess.run(["md5sum", "--quiet", "--strict", "-c", *listing], cwd=tmp_path, check=True)
    lines = (tmp_path / archive.CHECKSUMS).read_text().splitlines()
    assert len(lines) == len([one for one in tmp_path.rglob("*") if one.is_file()]) - 1


def test_the_manifest_of_mets_counts_every_file(packed: dict[str, bytes]) -> None:
    files = unpack(packed["sword-mets"])
    root = etree.fromstring(files["mets.xml"])
    space = {"m": "http://www.loc.gov/METS/", "o": "http://www.loc.gov/mods/v3"}
    listed = {
        one.find("m:FLocat", space).get("{http://www.w3.org/1999/xlink}href"): one.get("CHECKSUM")  # type: ignore[union-attr]
        for one in root.iterfind(".//m:file", space)
    }
    assert listed == {n: archive.md5(data) for n, data in files.items() if n != "mets.xml"}
    assert root.get("PROFILE") == "DSpace METS SIP Profile 1.0"
    assert root.get("OBJID") == "doi:10.5555/kehreba.ink.03"
    conditions = [one.text for one in root.iterfind(".//o:accessCondition", space)]
    assert "open access" in conditions


def test_zenodo_gets_a_record_of_the_chapter(packed: dict[str, bytes]) -> None:
    item = json.loads(unpack(packed["zenodo"])["metadata.json"])
    metadata = item["metadata"]
    assert item["access"] == {"record": "public", "files": "public"}
    assert item["pids"]["doi"] == {"identifier": "10.5555/kehreba.ink.03", "provider": "external"}
    assert metadata["resource_type"] == {"id": "publication-section"}
    assert metadata["creators"][0]["person_or_org"] == {
        "type": "personal",
        "family_name": "Şıxlı",
        "given_name": "Ülviyyə",
        "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
    }
    assert [one["role"]["id"] for one in metadata["contributors"]] == ["editor", "editor"]
    assert metadata["publication_date"] == "2026-03-16"
    assert metadata["rights"] == [{"id": "cc-by-4.0"}]
    assert metadata["languages"] == [{"id": "eng"}]
    assert metadata["additional_descriptions"][0]["lang"] == {"id": "tur"}
    assert metadata["funding"] == [
        {
            "funder": {"name": "Foundation for Unhurried Research"},
            "award": {"number": "FUR-2023-118", "title": {"en": "FUR-2023-118"}},
        }
    ]
    assert item["custom_fields"]["imprint:imprint"] == {
        "title": "Ink across Two Seas: Print, Post and Readers around the Caucasus, 1850–1930",
        "isbn": "9789995249014",
        "pages": "41-50",
        "place": "Bakı",
    }


# ── who may read ──


def with_package(edition: Edition, **said: Any) -> Edition:
    return replace(edition, settings=replace(edition.settings, package=Packaging(**said)))


def without_licence(edition: Edition) -> Edition:
    record = replace(edition.chapter.record, license_href="", license_text="")
    return replace(edition, chapter=replace(edition.chapter, record=record))


def test_files_are_open_only_where_somebody_says_so(example: Edition) -> None:
    unsaid = without_licence(example)
    assert access(example).sentence == "open access"
    assert access(unsaid).sentence == "restricted access"
    assert access(with_package(unsaid, access="open")).sentence == "open access"
    assert access(with_package(example, access="restricted")).sentence == "restricted access"
    embargo = access(with_package(example, embargo="2027-03-31", access="open"))
    assert embargo.sentence == "embargoed access, until 2027-03-31"
    assert embargo.closed


def test_an_embargo_is_stated_wherever_there_is_a_place_for_it(delivery: Delivery) -> None:
    edition = with_package(delivery.edition, embargo="2027-03-31")
    held = replace(delivery, edition=edition)
    item = saf.build(held)
    assert ("available.none", "2027-03-31") in values(item["item_1/metadata_dcterms.xml"])
    assert item["item_1/contents"].decode().count("permissions:-r 'Administrator'") == 3
    assert record(edition)["access"] == {
        "record": "public",
        "files": "restricted",
        "embargo": {"active": True, "until": "2027-03-31"},
    }
    for kind, file in (("sword-mets", "mets.xml"), ("bagit", f"{NAME}.bagit/bag-info.txt")):
        assert b"embargoed access, until 2027-03-31" in PACKAGES[kind].build(held)[file]


def test_the_collections_are_in_the_item(delivery: Delivery) -> None:
    edition = with_package(delivery.edition, collections=("123456789/4", "123456789/9"))
    item = saf.build(replace(delivery, edition=edition))
    assert item["item_1/collections"] == b"123456789/4\n123456789/9\n"


def test_without_a_licence_there_is_no_file_about_it(delivery: Delivery) -> None:
    item = saf.build(replace(delivery, edition=without_licence(delivery.edition)))
    assert "item_1/license.txt" not in item
    assert b"LICENSE" not in item["item_1/contents"]
    assert "rights" not in record(without_licence(delivery.edition))["metadata"]


@pytest.mark.parametrize(
    ("href", "id_"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "cc-by-4.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/3.0", "cc-by-nc-nd-3.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.tr", "cc-by-sa-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("https://creativecommons.org/licenses/by/3.0/igo/", ""),
        ("https://example.org/licence", ""),
    ],
)
def test_licences_by_their_names(href: str, id_: str) -> None:
    assert creative_commons(href) == id_


@pytest.mark.parametrize("said", ['embargo = "31.3.2027"', 'access = "closed"', "colections = []"])
def test_a_setting_that_makes_no_sense_is_told(said: str, small: Callable[..., Path]) -> None:
    path = small(project=f"{PROJECT}[package]\n{said}\n")
    _, findings = config.load(path)
    assert [one.rule for one in findings] in (["PT012"], ["PT010"])


# ── every fault is seen ──

Files = dict[str, bytes]


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {n: data for n, data in files.items() if n != name}


def changed(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[name]
        return {**files, name: files[name].replace(old, new)}

    return change


def added(name: str) -> Callable[[Files], Files]:
    return lambda files: {**files, name: b"stray"}


def secured(name: str, user: str) -> Callable[[Files], Files]:
    """The PDF with security settings: a password to open it, or only to change it."""

    def change(files: Files) -> Files:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[name])) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="press", user=user))
        return with_sums({**files, name: out.getvalue()})

    return change


def record_without(*path: str | int) -> Callable[[Files], Files]:
    """metadata.json without a field, its checksum put right: only the record's check can see it."""

    def change(files: Files) -> Files:
        item = json.loads(files["metadata.json"])
        inner: Any = item
        for name in path[:-1]:
            inner = inner[name]
        del inner[path[-1]]
        return with_sums({**files, "metadata.json": json.dumps(item).encode()})

    return change


def with_sums(files: Files) -> Files:
    return archive.with_checksums(without(archive.CHECKSUMS)(files))


def then_sums(change: Callable[[Files], Files]) -> Callable[[Files], Files]:
    return lambda files: with_sums(change(files))


EMBARGOED = b'"files": "public", "embargo": {"active": true, "until": "2027-01-01"}'
SAF, BAG, BITS = "item_1/", f"{NAME}.bagit/", f"{NAME}/{NAME}.bits.xml"
PAYLOAD = f"{BAG}data/{NAME}/{NAME}"
FAULTS = [
    ("dspace-saf", without(SAF + "dublin_core.xml"), "there is no dublin_core.xml"),
    ("dspace-saf", without(SAF + "contents"), "there is no contents"),
    ("dspace-saf", without(f"{SAF}{NAME}.epub"), "is in contents but not in the item"),
    ("dspace-saf", added(SAF + "stray.txt"), "“stray.txt” is not in contents"),
    ("dspace-saf", added("loose.txt"), "loose.txt: it is no folder of an item"),
    ("dspace-saf", changed(SAF + "contents", b"\tprimary:true", b""), "not one primary file"),
    (
        "dspace-saf",
        changed(SAF + "contents", b"bundle:LICENSE", b""),
        "“license.txt” has no bundle",
    ),
    (
        "dspace-saf",
        changed(SAF + "dublin_core.xml", b'"issued"', b'"isued"'),
        "no field dc.date.isued",
    ),
    ("dspace-saf", changed(SAF + "dublin_core.xml", b'"title"', b'"type"'), "has no title"),
    (
        "dspace-saf",
        changed(SAF + "dublin_core.xml", "Kəhrəba Press".encode(), b" "),
        "has an empty publisher",
    ),
    ("dspace-saf", changed(SAF + "dublin_core.xml", b"</dublin_core>", b""), "is not XML"),
    (
        "dspace-saf",
        changed(SAF + "metadata_dcterms.xml", b'"dcterms"', b'"dc"'),
        "of the schema dcterms",
    ),
    ("dspace-saf", lambda files: {**files, SAF + "collections": b"\n"}, "collections is empty"),
    ("sword-simplezip", without(f"{NAME}.pdf"), "no file that ends in .pdf"),
    ("sword-simplezip", without(f"{NAME}.qdc.xml"), "no file that ends in .qdc.xml"),
    ("sword-simplezip", added("stray.txt"), "“stray.txt” is not in checksums.md5"),
    ("sword-simplezip", added("in/stray.txt"), "lies in a folder"),
    ("sword-simplezip", without("checksums.md5"), "there is no checksums.md5"),
    ("sword-simplezip", changed(f"{NAME}.jats.xml", b"Proofs", b"Prufs"), "has another checksum"),
    ("sword-mets", without("mets.xml"), "there is no mets.xml"),
    ("sword-mets", without(f"{NAME}.epub"), "is in mets.xml but not in the package"),
    ("sword-mets", added("stray.txt"), "“stray.txt” is not in mets.xml"),
    ("sword-mets", changed(f"{NAME}.jats.xml", b"Proofs", b"Prufs"), "has another checksum"),
    ("sword-mets", changed("mets.xml", b'SIZE="', b'SIZE="9'), "has another size"),
    ("sword-mets", changed("mets.xml", b"DSpace METS SIP Profile 1.0", b"My Profile"), "PROFILE"),
    (
        "sword-mets",
        changed("mets.xml", b'LOCTYPE="URL"', b'LOCTYPE="DOI"'),
        "no FLocat with LOCTYPE URL",
    ),
    ("sword-mets", changed("mets.xml", b' USE="CONTENT"', b""), "a fileGrp has no USE"),
    (
        "sword-mets",
        changed("mets.xml", b'DMDID="dmd"', b'DMDID="dnd"'),
        "DMDID “dnd” leads nowhere",
    ),
    ("sword-mets", changed("mets.xml", b' DMDID="dmd"', b""), "the item has no description"),
    (
        "sword-mets",
        changed("mets.xml", b'FILEID="file-pdf"', b'FILEID="pdf"'),
        "FILEID “pdf” leads nowhere",
    ),
    ("sword-mets", changed("mets.xml", b"file-epub", b"file-pdf"), "is there twice"),
    ("sword-mets", changed("mets.xml", b"structMap", b"structMaps"), "there is no <structMap>"),
    ("sword-mets", changed("mets.xml", b"metsHdr", b"metsHead"), "METS has no <metsHead> here"),
    ("sword-mets", changed("mets.xml", b"<titleInfo", b"<x><titleInfo"), "is not XML"),
    ("sword-mets", changed("mets.xml", b"titleInfo", b"titel"), "its MODS has no title"),
    ("sword-mets", changed("mets.xml", b"http://www.loc.gov/METS/", b"urn:x"), "is no METS"),
    ("bagit", without(f"{PAYLOAD}.pdf"), "no valid bag"),
    ("bagit", added(f"{BAG}data/stray.txt"), "no valid bag"),
    ("bagit", changed(f"{PAYLOAD}.jats.xml", b"Proofs", b"Prufs"), "no valid bag"),
    ("bagit", changed(f"{BAG}bag-info.txt", b"open", b"shut"), "no valid bag"),
    ("bagit", without(f"{BAG}bagit.txt"), "no valid bag"),
    ("bagit", without(f"{BAG}manifest-sha256.txt"), "no valid bag"),
    ("bagit", changed(f"{BAG}bagit.txt", b"1.0", b"one"), "no valid bag"),
    ("bagit", added("loose.txt"), "a bag is one folder"),
    ("oapen", without(f"{NAME}.onix.xml"), "it needs one ONIX file"),
    ("oapen", without(f"{NAME}.pdf"), "it needs one PDF"),
    (
        "oapen",
        changed(f"{NAME}.onix.xml", b'release="3.0"', b'release="2.1"'),
        "no message in ONIX 3.0",
    ),
    (
        "oapen",
        changed(f"{NAME}.onix.xml", b"ContentItem>", b"Item>"),
        "does not describe the chapter",
    ),
    ("oapen", changed(f"{NAME}.onix.xml", b"</ONIXMessage>", b""), "is not XML"),
    ("oapen", secured(f"{NAME}.pdf", user="reader"), "no PDF with security settings"),
    ("oapen", secured(f"{NAME}.pdf", user=""), "no PDF with security settings"),
    ("oapen", added("stray.txt"), "is not in checksums.md5"),
    ("clockss", without(f"{NAME}/{NAME}.pdf"), "it needs one BITS file and one PDF of its name"),
    ("clockss", without(f"{NAME}/images/routes.svg"), "the image “images/routes.svg” is missing"),
    ("clockss", changed(BITS, b"self-uri", b"uri"), "has no address of the chapter"),
    ("clockss", changed(BITS, b"book-title>", b"title>"), "has no title of the book"),
    ("clockss", changed(BITS, b"isbn", b"issn"), "has no ISBN of the book"),
    ("clockss", changed(BITS, b'book-part-id-type="doi"', b'book-part-id-type="x"'), "has no DOI"),
    ("clockss", changed(BITS, b"</book-part-wrapper>", b""), "is not XML"),
    ("clockss", without("checksums.md5"), "there is no checksums.md5"),
    ("zenodo", without("metadata.json"), "there is no metadata.json"),
    ("zenodo", changed("metadata.json", b"{", b"["), "is not JSON"),
    ("zenodo", then_sums(changed("metadata.json", b'"metadata"', b'"data"')), "is no record"),
    ("zenodo", record_without("metadata", "title"), "has no title"),
    ("zenodo", record_without("metadata", "creators"), "has no creators"),
    ("zenodo", record_without("metadata", "publication_date"), "has no publication_date"),
    ("zenodo", record_without("metadata", "creators", 0, "person_or_org"), "without a name"),
    ("zenodo", record_without("access", "files"), "does not say who may read"),
    (
        "zenodo",
        then_sums(changed("metadata.json", b'"files": "public"', EMBARGOED)),
        "an embargo without closed files",
    ),
    ("zenodo", added("files/in/stray.txt"), "lies outside files/"),
    ("zenodo", lambda files: {n: d for n, d in files.items() if "/" not in n}, "no file to upload"),
]


@pytest.mark.parametrize(
    ("kind", "spoil", "message"), FAULTS, ids=[f"{k}: {m}" for k, _, m in FAULTS]
)
def test_a_fault_is_seen(
    kind: str, spoil: Callable[[Files], Files], message: str, packed: dict[str, bytes]
) -> None:
    found = PACKAGES[kind].check(zipped(spoil(unpack(packed[kind]))), "x.zip")
    assert {one.rule for one in found} == {"PT824"}
    assert any(message in one.message for one in found), [one.message for one in found]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"doi_batch_id", b"batch", "no <doi_batch_id>"),
        (b"<timestamp>", b"<timestamp>on ", "not a number"),
        (b"resource", b"res", "no <resource>"),
        (b"doi>", b"id>", "the chapter has no <doi>"),
        (b"</doi_batch>", b"", "is not XML"),
    ],
)
def test_a_fault_of_a_deposit_is_seen(
    old: bytes, new: bytes, message: str, packed: dict[str, bytes]
) -> None:
    found = PACKAGES["crossref"].check(packed["crossref"].replace(old, new), "x.xml")
    assert any(message in one.message for one in found)


@pytest.mark.parametrize("kind", ZIPPED)
@pytest.mark.parametrize("name", ["item_1/şəkil.png", "../up.txt", "/root.txt", "a b.txt"])
def test_an_unsafe_name_is_seen(kind: str, name: str, packed: dict[str, bytes]) -> None:
    found = PACKAGES[kind].check(zipped({**unpack(packed[kind]), name: b"x"}), "x.zip")
    assert any("no safe file name" in one.message for one in found)


@pytest.mark.parametrize("kind", ZIPPED)
def test_what_is_no_whole_zip_is_seen(kind: str, packed: dict[str, bytes]) -> None:
    for data in (b"", b"not a ZIP", packed[kind][: len(packed[kind]) // 2]):
        found = PACKAGES[kind].check(data, "x.zip")
        assert [one.rule for one in found] == ["PT824"]
        assert "no whole ZIP" in found[0].message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_seen(packed: dict[str, bytes]) -> None:
    out = io.BytesIO(packed["zenodo"])
    with zipfile.ZipFile(out, "a") as opened:
        opened.writestr("metadata.json", b"{}")
    found = PACKAGES["zenodo"].check(out.getvalue(), "x.zip")
    assert any("“metadata.json” is in it 2 times" in one.message for one in found)


# ── what is refused ──

BROKEN = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template><xsl:template match="*[local-name()='publisher_name']"/>
</xsl:stylesheet>"""


def failing(small: Callable[..., Path]) -> Path:
    path = small(project=f'{PROJECT}[format.crossref]\nafter = "house.xsl"\n')
    (path.parent / "house.xsl").write_text(BROKEN)
    return path


def test_an_artifact_that_failed_is_not_packed(small: Callable[..., Path], tmp_path: Path) -> None:
    out, path = tmp_path / "out", small()
    made = parcels(run(path, ["crossref"], out))["crossref"].path
    assert made.exists()
    results = run(failing(small), ["crossref"], out)
    assert "PT820" in rules(results)
    assert parcels(results) == {}
    assert not made.exists(), "the package of an earlier run lies there still"


def test_a_chapter_with_open_queries_is_not_packed(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    out, open_ = tmp_path / "out", "<abstract><p>Short.<query>How short?</query></p></abstract>"
    made = parcels(run(small(), ["crossref"], out))["crossref"].path
    silenced = f'{PROJECT}[check.rules]\nPT201 = "off"\n'
    results = run(small(abstract=open_, project=silenced), ["crossref"], out)
    assert rules(results) == ["PT821"]
    assert not made.exists()
    assert list(out.glob("*.zip")) == []


def test_what_is_forced_is_told_as_a_warning(small: Callable[..., Path], tmp_path: Path) -> None:
    path = failing(small)
    text = path.read_text().replace("Short.", "Short.<query>How?</query>")
    path.write_text(text)
    results = run(path, ["crossref"], tmp_path / "out", force=True)
    told = {one.rule: one.severity for one in results if isinstance(one, Diagnostic)}
    assert told["PT820"] == told["PT821"] == Severity.WARNING
    assert "crossref" in parcels(results)


def test_an_artifact_that_failed_keeps_others_from_nothing(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    """What fails is a note for a kind asked for as one of many; the other kinds are made."""
    results = run(failing(small), ["crossref", "dspace-saf"], tmp_path / "out", ["crossref"])
    told = {one.rule: one.severity for one in results if isinstance(one, Diagnostic)}
    assert told["PT820"] == Severity.NOTE
    assert set(parcels(results)) == {"dspace-saf"}


def test_a_chapter_that_is_none_is_told_once(small: Callable[..., Path], tmp_path: Path) -> None:
    results = run(small(abstract="<nonsense/>"), ["crossref", "zenodo"], tmp_path / "out")
    assert rules(results) == ["PT101"]


def test_a_chapter_without_a_doi(small: Callable[..., Path], tmp_path: Path) -> None:
    path, out = small(identifiers=""), tmp_path / "out"
    results = run(path, ["crossref", "clockss"], out)
    missing = {(one.package, one.fact) for one in results if isinstance(one, Gap) and one.must}
    assert missing == {
        ("crossref", "DOI"), ("crossref", "URL"), ("clockss", "DOI"), ("clockss", "URL"),
    }  # fmt: skip
    assert parcels(results) == {}
    assert not out.exists(), "something was written"


def test_all_of_a_chapter_without_a_doi_is_all_that_can_be_made(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    path, out = small(identifiers=""), tmp_path / "out"
    results = run(path, list(PACKAGES), out, optional=list(PACKAGES))
    assert set(parcels(results)) == set(PACKAGES) - {"crossref", "clockss"}
    said = [one.finding if isinstance(one, Gap) else one for one in results]
    assert errors(one for one in said if isinstance(one, Diagnostic)) == []
    item = json.loads(unpack((out / "small.zenodo.zip").read_bytes())["metadata.json"])
    assert "pids" not in item


def test_an_anonymous_work(small: Callable[..., Path], tmp_path: Path) -> None:
    path = small(people="<contributor><anonymous/></contributor>")
    made = parcels(run(path, ["dspace-saf", "zenodo"], tmp_path / "out"))
    item = json.loads(unpack(made["zenodo"].path.read_bytes())["metadata.json"])
    creators = item["metadata"]["creators"]
    assert creators == [{"person_or_org": {"type": "organizational", "name": ":unkn"}}]
    said = values(unpack(made["dspace-saf"].path.read_bytes())["item_1/dublin_core.xml"])
    assert "contributor.author" not in dict(said)


def test_the_cover_of_the_publisher_goes_to_oapen(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    path = small(project=f'{PROJECT}[epub]\ncover = "cover.png"\n')
    shutil.copy(REPOSITORY / "tests/rules/good/images/dot.png", path.parent / "cover.png")
    made = parcels(run(path, ["oapen"], tmp_path / "out"))
    files = unpack(made["oapen"].path.read_bytes())
    assert files["small.cover.png"] == (path.parent / "cover.png").read_bytes()


def test_four_hundred_authors(small: Callable[..., Path], tmp_path: Path) -> None:
    people = "".join(
        f"<contributor><name><given>Given {n}</given><family>Ə{n}</family></name></contributor>"
        for n in range(400)
    )
    kinds = ["dspace-saf", "zenodo", "sword-mets", "crossref", "clockss"]
    made = parcels(run(small(people=people), kinds, tmp_path / "out"))
    assert list(made) == kinds
    item = json.loads(unpack(made["zenodo"].path.read_bytes())["metadata.json"])
    families = [one["person_or_org"]["family_name"] for one in item["metadata"]["creators"]]
    assert families == [f"Ə{n}" for n in range(400)]
    said = values(unpack(made["dspace-saf"].path.read_bytes())["item_1/dublin_core.xml"])
    assert [text for name, text in said if name == "contributor.author"] == [
        f"Ə{n}, Given {n}" for n in range(400)
    ]


def test_diacritics_in_the_name_of_the_file(small: Callable[..., Path], tmp_path: Path) -> None:
    made = parcels(run(small("bölüm-8 şərh.xml"), ["dspace-saf"], tmp_path / "out"))
    path = made["dspace-saf"].path
    assert path.name == "bolum-8-sarh.dspace-saf.zip"
    assert "item_1/bolum-8-sarh.pdf" in unpack(path.read_bytes())


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("chapter-03", "chapter-03"),
        ("Chapter_3", "Chapter_3"),
        ("bölüm-8", "bolum-8"),
        ("İstanbul ığdır", "istanbul-igdir"),
        ("2nd part", "x2nd-part"),
    ],
)
def test_names_in_ascii(stem: str, name: str) -> None:
    assert ascii_name(stem) == name


def test_names_without_ascii_letters_stay_apart() -> None:
    names = {ascii_name(stem) for stem in ("глава-8", "раздел-8", "თავი-8", "x8")}
    assert len(names) == 4
    assert all(name.isascii() for name in names)


def test_images_above_the_chapter_are_packed_and_those_outside_refused(example: Edition) -> None:
    image = Image("x", Path("x"), b"x", "image/png")
    hrefs = [
        "images/a.png",
        "../images/b.png",
        "../../c.png",
        "images/şəkil.png",
        "images/a%20b.png",
    ]
    edition = replace(example, images=dict.fromkeys(hrefs, image))
    assert misfits(edition, "name") == ["../../c.png", "images/şəkil.png", "images/a%20b.png"]
    assert PACKAGES["bagit"].unfit is not None
    assert PACKAGES["bagit"].unfit(edition) == misfits(edition, "name")


def test_a_chapter_with_every_element_is_packed(tmp_path: Path) -> None:
    """Once its queries are answered."""
    shutil.copytree(EVERYTHING.parent, tmp_path / "everything")
    path = tmp_path / "everything" / EVERYTHING.name
    path.write_text(re.sub("<query.*?</query>", "", path.read_text(), flags=re.S))
    results = run(path, list(PACKAGES), tmp_path / "out", optional=list(PACKAGES))
    assert "PT824" not in rules(results)
    assert set(parcels(results)) >= {"dspace-saf", "sword-mets", "bagit", "zenodo"}


# ── the command ──


def command(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["package", *arguments])


def test_what_is_missing_is_told_in_a_table(small: Callable[..., Path], tmp_path: Path) -> None:
    path = small(identifiers="")
    result = command(str(path), "--for", "crossref", "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    lines = [line.split("  ") for line in result.stdout.splitlines() if line]
    assert [cell.strip() for cell in lines[0] if cell] == [
        "package", "missing", "why it is needed", "where to say it",
    ]  # fmt: skip
    assert [cell.strip() for cell in lines[1] if cell] == [
        "crossref",
        "DOI",
        "must",
        "it is what the deposit registers",
        "the chapter’s <identifiers>",
    ]


def test_a_package_that_is_not_known(small: Callable[..., Path]) -> None:
    result = command(str(small()), "--for", "zenod")
    assert result.exit_code == 2
    assert "did you mean “zenodo”?" in result.output


def test_programs_get_what_is_missing_as_findings(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    path = str(small(identifiers=""))
    result = command(path, "--for", "crossref", "-o", out, "--output-format", "json")
    assert [row["rule"] for row in json.loads(result.stderr)] == ["PT822", "PT822"]


def test_chapters_whose_packages_would_have_one_name(small: Callable[..., Path]) -> None:
    small("bolum.xml")
    path = small("bölüm.xml")
    arguments = [str(path.parent / "bolum.xml"), str(path), "--for", "crossref"]
    result = command(*arguments, "-o", str(path.parent / "out"))
    assert result.exit_code == 1
    assert "PT009" in result.stderr
    assert (path.parent / "out" / "bolum.crossref-deposit.xml").exists()


def test_the_documentation_knows_every_kind_and_every_fact() -> None:
    page = (REPOSITORY / "docs" / "packages.md").read_text()
    for kind in PACKAGES.values():
        facts = ", ".join(f"**{n.fact}**" if n.must else n.fact for n in kind.facts)
        assert f"| `{kind.name}` | `{kind.suffix}` |" in page
        assert f"| `{kind.name}` | {facts} |" in page


def test_every_need_says_where_its_fact_stands() -> None:
    for kind in PACKAGES.values():
        for need in kind.facts:
            assert where(need)
            assert need.why
