"""JATS and BITS against the rules of their receivers, `schema/repository.sch`.

A rule's `role` says how grave it is to everybody, its `flag` who asks for it and, with an
exclamation mark, who refuses the file without it. So one compiled stylesheet serves every profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from pubtool import house
from pubtool.checks import dtds
from pubtool.diagnostics import Diagnostic, found
from pubtool.resources import builtin
from pubtool.source import Source
from pubtool.text import squeeze

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
GENERIC = "generic"
IDS = {"error": "PT712", "warning": "PT713", "note": "PT714"}
_VERSION = re.compile(r" v(\d+\.\d+) ")


@cache
def rules() -> etree.XSLT:
    """The rules as a stylesheet, compiled once: some 25 ms, and 40 ms for lxml's compiler."""
    compiled = house.rules(builtin("schema") / "repository.sch")
    assert isinstance(compiled, etree.XSLT), compiled  # noqa: S101  (it is our own file)
    return compiled


def received(data: bytes, name: str, profile: str) -> list[Diagnostic]:
    """What the receivers of a profile would say of a valid artifact (PT712, PT713, PT714)."""
    source = Source(name, data, dtds.parsed(data))
    version = _VERSION.search(source.root.getroottree().docinfo.public_id or "")
    doctype = etree.XSLT.strparam(version[1] if version else "")
    report = rules()(source.root, doctype=doctype)
    return list(_findings(source, report.getroot(), profile))


def _findings(source: Source, report: etree._Element, profile: str) -> Iterator[Diagnostic]:
    for said in report.iter(f"{SVRL}failed-assert"):
        grave = severity(said.get("role", ""), said.get("flag", ""), profile)
        if grave is None:
            continue
        hit = source.root.xpath(said.get("location", "/*"))
        element = hit[0] if isinstance(hit, list) and isinstance(hit[0], etree._Element) else None
        yield found(
            IDS[grave],
            source.place(element),
            squeeze(said.findtext(f"{SVRL}text")),
            hint=squeeze(said.findtext(f"{SVRL}diagnostic-reference")),
        )


def severity(role: str, flag: str, profile: str) -> str | None:
    """How grave a rule is to the receiver of a profile; None if it is not asked for there."""
    asks = flag.split()
    if f"{profile}!" in asks:
        return "error"
    return role if role == "error" or profile in (GENERIC, *asks) else None
