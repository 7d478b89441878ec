"""DSpace's Simple Archive Format: one item in a folder, for `dspace import` and its web form.

Sources: DSpace 7 and 8, "Importing and Exporting Items via Simple Archive Format"; its registries
dublin-core-types.xml and dcterms-types.xml, for a field that is not registered stops the import.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from pubtool.diagnostics import Diagnostic
from pubtool.model import Isbn, Localized, Record
from pubtool.packages.access import Access, access, licence_text
from pubtool.packages.archive import opened, tree, wrong
from pubtool.packages.package import Delivery, Files, Need
from pubtool.writers.crosswalk import MUST, Row, Table, fields
from pubtool.writers.crosswalk_facts import Who, doi_link, full_book_title, page_range, sponsored

FORMATS = ("pdf", "epub", "jats")
FACTS = (
    Need("title", "DSpace lists the item by it", must=True),
    Need("date", "DSpace sorts and cites the item by its date of issue"),
    Need("authors or anonymous", "DSpace's index of authors"),
    Need("abstracts", "people decide by it whether to open the file"),
    Need("keywords", "DSpace's index of subjects"),
    Need("publisher", "harvesters such as OpenAIRE ask for it"),
    Need("DOI", "it leads from the item to the version of record"),
    Need("licence", "readers see what they may do with the files"),
    Need("access", "without it the files stay closed to the public"),
    Need("collections", "DSpace must know where the item goes; else name it at the import"),
)
_ITEM = "item_1"
_DESCRIPTIONS = {"pdf": "PDF", "epub": "EPUB", "jats": "JATS XML"}
# A value is a text, or a text with its language.
Value = str | tuple[str, str]


def _name(who: Who) -> str | None:
    return None if who.anonymous else who.name.inverted


def _localized(value: Localized) -> Value:
    return (value.text, value.language)


def _cited(record: Record) -> str:
    """The citation the publisher prints, else where the chapter stands."""
    if record.citation_line:
        return record.citation_line
    book = record.book
    parts = (full_book_title(record), book.place, book.publisher, book.year, page_range(record))
    return ", ".join(part for part in parts if part)


def _series(record: Record) -> str:
    """DSpace wants name and number in one, with a semicolon between."""
    book = record.book
    return "; ".join(part for part in (book.series, book.series and book.series_number) if part)


def _isbn(one: Isbn) -> str:
    return f"urn:isbn:{one.number}"


# Fields of the registry "dc"; after the dot the qualifier.
DC: Table = (
    Row("title", "title", need=MUST),
    Row("title.alternative", "translated titles", _localized, many=True),
    Row("contributor.author", "authors", _name, many=True),
    Row("contributor.editor", "chapter editors", _name, many=True),
    Row("contributor.editor", "book editors", _name, many=True),
    Row("contributor.other", "translators", _name, many=True),
    Row("contributor.other", "other contributors", _name, many=True),
    Row("date.issued", "date"),
    Row("date.submitted", "received"),
    Row("description.abstract", "abstracts", _localized, many=True),
    Row("description.sponsorship", "funding", sponsored, many=True),
    Row("subject", "keywords", _localized, many=True),
    Row("publisher", "publisher"),
    Row("language.iso", "language"),
    Row("type", "record", lambda _: "Book chapter"),
    Row("identifier.uri", "DOI", doi_link),
    Row("identifier.uri", "URL"),
    Row("identifier.citation", "book", _cited),
    Row("relation.ispartof", "book title"),
    Row("relation.ispartof", "book DOI", doi_link),
    Row("relation.ispartof", "ISBN", _isbn, many=True),
    Row("relation.ispartofseries", "record", _series),
    Row("rights", "licence wording"),
    Row("rights.uri", "licence"),
    Row("rights.holder", "copyright"),
)
# Fields of the registry "dcterms" that "dc" has no place for.
DCTERMS: Table = (Row("dateAccepted", "accepted"),)
_DCTERMS_ACCESS = ("accessRights", "available")


def build(delivery: Delivery) -> Files:
    """The item: metadata in two schemas, the list of contents, the licence, the artifacts."""
    edition = delivery.edition
    record, allowed = edition.chapter.record, access(edition)
    licence, collections = licence_text(record), edition.settings.package.collections
    files = {
        "dublin_core.xml": _values("dc", fields(DC, record)),
        "metadata_dcterms.xml": _values(
            "dcterms", [*fields(DCTERMS, record), *_access_fields(allowed)]
        ),
        "contents": _contents(delivery, allowed, licence),
    }
    if collections:
        files["collections"] = "".join(f"{handle}\n" for handle in collections).encode()
    if licence:
        files["license.txt"] = licence.encode()
    files |= delivery.files(FORMATS)
    return {f"{_ITEM}/{name}": data for name, data in files.items()}


def _access_fields(allowed: Access) -> list[tuple[str, Any]]:
    said = zip(_DCTERMS_ACCESS, (allowed.rights, allowed.until), strict=True)
    return [(field, value) for field, value in said if value]


def _values(schema: str, rows: list[tuple[str, Any]]) -> bytes:
    root = etree.Element("dublin_core", schema=schema)
    for field, value in rows:
        text, language = (value, "") if isinstance(value, str) else value
        element, _, qualifier = field.partition(".")
        one = etree.SubElement(root, "dcvalue", element=element, qualifier=qualifier or "none")
        if language:
            one.set("language", language)
        one.text = text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _contents(delivery: Delivery, allowed: Access, licence: str) -> bytes:
    """One line a file: the PDF first and primary; closed files are for administrators alone."""
    closed = "\tpermissions:-r 'Administrator'" if allowed.closed else ""
    lines = [
        f"{delivery.file(name)}\tbundle:ORIGINAL{closed}\tdescription:{_DESCRIPTIONS[name]}"
        f"{'' if number else chr(9) + 'primary:true'}\n"
        for number, name in enumerate(name for name in FORMATS if name in delivery.artifacts)
    ]
    if licence:
        lines.append("license.txt\tbundle:LICENSE\n")
    return "".join(lines).encode("ascii")


# What DSpace's registries hold of the elements used above.
_REGISTERED = {
    "dublin_core.xml": ("dc", {row.target for row in DC}),
    "metadata_dcterms.xml": ("dcterms", {row.target for row in DCTERMS} | set(_DCTERMS_ACCESS)),
}
_OWN = frozenset({"contents", "collections", *_REGISTERED})


def check(data: bytes, name: str) -> list[Diagnostic]:
    """One folder an item, its metadata registered, its contents there and nothing else (PT824)."""
    files, said = opened(data)
    items: dict[str, Files] = {}
    for path, content in files.items():
        folder, _, file = path.partition("/")
        items.setdefault(folder, {})[file] = content
    for folder, inside in items.items():
        said += [f"{folder}: {message}" for message in _item_faults(folder, inside)]
    return wrong(name, said)


def _item_faults(folder: str, files: Files) -> list[str]:
    if not folder.startswith("item_"):
        return ["it is no folder of an item (item_1, item_2 …)"]
    said = [f"there is no {one}" for one in ("dublin_core.xml", "contents") if one not in files]
    for file, (schema, registered) in _REGISTERED.items():
        if file in files:
            said += _metadata_faults(file, files[file], schema, registered)
    if "contents" in files:
        said += _contents_faults(files)
    if not files.get("collections", b"-").strip():
        said.append("collections is empty")
    return said


def _metadata_faults(file: str, data: bytes, schema: str, registered: set[str]) -> list[str]:
    root = tree(data, file)
    if isinstance(root, str):
        return [root]
    if root.tag != "dublin_core" or root.get("schema", "dc") != schema:
        return [f"{file} is not a <dublin_core> of the schema {schema}"]
    said = [f"{file} has an empty {_field(one)}" for one in root if not (one.text or "").strip()]
    said += [
        f"{file}: DSpace has no field {schema}.{_field(one)}"
        for one in root
        if one.tag != "dcvalue" or _field(one) not in registered
    ]
    if schema == "dc" and not any(_field(one) == "title" for one in root):
        said.append(f"{file} has no title")
    return said


def _field(one: etree._Element) -> str:
    qualifier = one.get("qualifier", "none")
    return one.get("element", "") + ("" if qualifier == "none" else f".{qualifier}")


def _contents_faults(files: Files) -> list[str]:
    rows = [line.split("\t") for line in files["contents"].decode("utf-8", "replace").splitlines()]
    listed = [row[0] for row in rows]
    primary = [row[0] for row in rows if "primary:true" in row]
    return [
        *(f"“{one}” is in contents but not in the item" for one in listed if one not in files),
        *(f"“{one}” is not in contents" for one in files if one not in {*_OWN, *listed}),
        *(f"“{row[0]}” has no bundle" for row in rows if not _bundle(row)),
        *(["contents names not one primary file"] if len(primary) != 1 else []),
    ]


def _bundle(row: list[str]) -> bool:
    return any(part.startswith("bundle:") and len(part) > len("bundle:") for part in row[1:])
