"""Official schemas that development packages carry, and what they say about a file.

A package that is not installed skips a test, but fails it under CI=true. Each schema is loaded once
a process; Crossref's, which is XSD 1.1, takes ten seconds. No package carries those of MARCXML and
of qualified Dublin Core: those files are read back by pymarc and by their elements.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

NEEDS = {
    "crossref": ("commonmeta", "xmlschema"),
    "csl-json": ("commonmeta", "jsonschema"),
    "schema-org": ("commonmeta", "jsonschema"),
    "datacite-json": ("datacite", "jsonschema"),
    "onix": ("onixcheck",),
    "datacite": ("validator",),
    "mods": ("eulxml", "commonmeta"),
    "oai-dc": ("eulxml", "commonmeta"),
}
# What the schemas import from the network, from packages that have it, or made here.
XML_XSD = ("commonmeta", "resources/crossref/standard-modules/xml.xsd")
IMPORTED = {
    "http://www.loc.gov/mods/xml.xsd": XML_XSD,
    "http://www.w3.org/2001/03/xml.xsd": XML_XSD,
    "http://www.loc.gov/standards/xlink/xlink.xsd": ("eulxml", "schema_data/xlink.xsd"),
}
# The fifteen elements of Dublin Core as DCMI's simpledc20021212.xsd has them, in no package.
ELEMENTS = (
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
)
SIMPLE_DC = f"""
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:dc="http://purl.org/dc/elements/1.1/"
  targetNamespace="http://purl.org/dc/elements/1.1/" elementFormDefault="qualified">
  <import namespace="http://www.w3.org/XML/1998/namespace"
    schemaLocation="http://www.w3.org/2001/03/xml.xsd"/>
  <complexType name="literal"><simpleContent><extension base="string">
    <attribute ref="xml:lang"/></extension></simpleContent></complexType>
  {"".join(f'<element name="{name}" type="dc:literal"/>' for name in ELEMENTS)}
</schema>"""


def messages(name: str, data: bytes) -> list[str]:
    """What the official schema of a format objects to."""
    for package in NEEDS[name]:
        available(package)
    return CHECKS[name](data)


def available(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        message = f"{package} is not installed: make test installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def inside(package: str, relative: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / relative


@cache
def _crossref() -> Any:
    import xmlschema

    folder = inside("commonmeta", "resources/crossref")
    standard = folder / "standard-modules"
    local = {
        "http://www.w3.org/2009/01/xml.xsd": standard / "xml.xsd",
        "http://www.w3.org/Math/XMLSchema/mathml3/mathml3.xsd": standard / "mathml3/mathml3.xsd",
    }
    return xmlschema.XMLSchema11(
        str(folder / "crossref5.5.0.xsd"),
        allow="local",
        uri_mapper=lambda address: str(local.get(address, address)),
    )


def crossref(data: bytes) -> list[str]:
    return [f"{e.path}: {e.reason}" for e in _crossref().iter_errors(data.decode())]


class Imported(etree.Resolver):
    """What a schema imports, from packages instead of the network."""

    def resolve(self, url: str, public: str, context: Any) -> Any:
        if "simpledc" in url:
            return self.resolve_string(SIMPLE_DC, context)
        known = IMPORTED.get(url)
        return self.resolve_filename(str(inside(*known)), context) if known else None


@cache
def _xsd(package: str, relative: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Imported())
    return etree.XMLSchema(etree.parse(str(inside(package, relative)), parser))


def xsd(package: str, relative: str) -> Callable[[bytes], list[str]]:
    def check(data: bytes) -> list[str]:
        schema = _xsd(package, relative)
        return [] if schema.validate(etree.fromstring(data)) else [str(e) for e in schema.error_log]

    return check


def datacite(data: bytes) -> list[str]:
    """DataCite 4.6 as ETH Zürich's package has it, but for what that library asks of its own.

    There a licence is required; in DataCite's specification (4.6, property 16) it is optional.
    """
    root = etree.fromstring(data)
    kernel = f"{{{root.nsmap[None]}}}"
    if root.find(f"{kernel}rightsList") is None:
        etree.SubElement(etree.SubElement(root, f"{kernel}rightsList"), f"{kernel}rights")
    return xsd("validator", "schema/metadata.xsd")(etree.tostring(root))


def mods(data: bytes) -> list[str]:
    """MODS 3.6, the newest in a package, without what 3.7 added: identifiers of persons."""
    root = etree.fromstring(data)
    root.set("version", "3.6")
    etree.strip_elements(root, "{*}nameIdentifier", with_tail=False)
    return xsd("eulxml", "schema_data/mods.xsd")(etree.tostring(root))


@cache
def _json(package: str, relative: str) -> Any:
    from jsonschema import Draft7Validator, Draft201909Validator

    schema = json.loads(inside(package, relative).read_text())
    schema.pop("id", None)
    newer = "2019-09" in schema["$schema"]
    return (Draft201909Validator if newer else Draft7Validator)(schema)


def json_schema(package: str, relative: str) -> Callable[[bytes], list[str]]:
    def check(data: bytes) -> list[str]:
        return [e.message for e in _json(package, relative).iter_errors(json.loads(data))]

    return check


CHECKS: dict[str, Callable[[bytes], list[str]]] = {
    "crossref": crossref,
    "onix": xsd("onixcheck", "schema/xsd3.0/ONIX_BookProduct_3.0_reference.xsd"),
    "datacite": datacite,
    "mods": mods,
    "oai-dc": xsd("eulxml", "schema_data/oai_dc.xsd"),
    "csl-json": json_schema("commonmeta", "resources/csl-data.json"),
    "schema-org": json_schema("commonmeta", "resources/schema_org-v0.1.json"),
    "datacite-json": json_schema("datacite", "schemas/datacite-v4.5.json"),
}
