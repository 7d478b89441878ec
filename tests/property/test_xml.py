"""Generated chapters in every XML format: valid to the official DTDs, refused by no receiver."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from lxml import etree

from pubtool.checks.dtds import messages, parsed
from pubtool.checks.repository import received
from pubtool.diagnostics import errors
from pubtool.formats import formats
from tests.conftest import shared
from tests.property.strategies import chapters
from tests.property.test_chapters import edition, examples

OFFICIAL = {
    ("jats", "1.4"): "jats-1.4-dtd/JATS-archivearticle1-4-mathml3.dtd",
    ("bits", "1.3"): "bits-2.0-dtd/BITS-book2.dtd",
}


@cache
def official(format_: str, version: str) -> etree.DTD | None:
    """The official DTD; that of JATS 1.3 is the one every export is checked with anyhow."""
    path = OFFICIAL.get((format_, version))
    return etree.DTD(str(shared(f"schemas/{path}"))) if path else None


@pytest.mark.parametrize(("format_", "version"), [("jats", "1.3"), *OFFICIAL])
@examples(100)
@given(data=chapters())
def test_every_xml_format_is_valid(format_: str, version: str, data: bytes) -> None:
    made_from = edition(data)
    jats = replace(made_from.settings.jats, version=version)
    ready = replace(made_from, settings=replace(made_from.settings, jats=jats))
    made = formats()[format_].write(ready).data
    assert errors(formats()[format_].check(made, "c.xml", "full")) == []
    dtd = official(format_, version)
    assert dtd is None or messages(parsed(made), dtd) == []
    assert errors(received(made, "c.xml", "generic")) == []
