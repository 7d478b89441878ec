"""BITS: valid in pubtool's profile of BITS 2.0, and holding every word of the chapter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pubtool.checks import dtds
from pubtool.checks.jats import conserved
from pubtool.diagnostics import Diagnostic
from pubtool.resources import builtin, jats_dtd

__all__ = ["check", "conserved", "dtd"]

ROOT = "book-part-wrapper"
PROFILE = "bits-profile.dtd"


class _Modules(etree.Resolver):
    """Finds the profile in pubtool's folder and the modules of JATS beside the JATS DTD."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        name = (system_url or "").rpartition("/")[2]
        path = builtin("schema") / name if name == PROFILE else self.folder / name
        if path.is_file():
            return self.resolve_filename(str(path), context)
        # Entities for single characters, which no artifact uses and Biopython leaves out.
        return self.resolve_string("", context)


@cache
def dtd() -> etree.DTD:
    """The profile with the JATS modules beneath it, loaded once. Raises ToolMissing.

    To be called first while no other thread parses anything: when that ends, lxml forgets the way
    by which libxml2 finds the modules here.
    """
    parser = etree.XMLParser(load_dtd=True, resolve_entities=True, no_network=True)
    parser.resolvers.add(_Modules(jats_dtd().parent))
    document = f'<!DOCTYPE {ROOT} SYSTEM "{PROFILE}"><{ROOT}/>'
    loaded = etree.fromstring(document, parser).getroottree().docinfo.externalDTD
    assert loaded is not None  # noqa: S101  (the document above names one)
    return loaded


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Well-formed and valid (PT715); the DTDs are cheap, so every level uses them."""
    return dtds.held_to(data, name, "PT715", dtd, ROOT)
