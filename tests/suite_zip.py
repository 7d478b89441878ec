"""A schema suite to add: the JATS 1.3 DTD of the Biopython package, in a ZIP as NLM's are."""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.resources import jats_dtd
from pubtool.zipped import pack

FOLDER = "JATS-Archiving-1-3-MathML3-DTD"


def suite_zip(more: Mapping[str, bytes] | None = None) -> bytes:
    """The suite, with more files if a test wants to spoil it."""
    files = {
        f"{FOLDER}/{path.name}": path.read_bytes()
        for path in sorted(jats_dtd().parent.iterdir())
        if path.name.startswith(("JATS-", "BITS-", "mathml", "xmlspecchars"))
    }
    return pack({**files, **(more or {})})
