"""Official schemas that development packages carry, and what they say about a file.

A package that is not installed skips a test, but fails it under CI=true. Each schema is loaded once
a process; Crossref's, which is XSD 1.1, takes ten seconds.
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
}


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


@cache
def _onix() -> etree.XMLSchema:
    path = inside("onixcheck", "schema/xsd3.0/ONIX_BookProduct_3.0_reference.xsd")
    return etree.XMLSchema(etree.parse(str(path)))


def onix(data: bytes) -> list[str]:
    schema = _onix()
    return [] if schema.validate(etree.fromstring(data)) else [str(e) for e in schema.error_log]


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
    "onix": onix,
    "csl-json": json_schema("commonmeta", "resources/csl-data.json"),
    "schema-org": json_schema("commonmeta", "resources/schema_org-v0.1.json"),
    "datacite-json": json_schema("datacite", "schemas/datacite-v4.5.json"),
}
