r"""Bibliographies that come with a manuscript, and the keys by which it cites them.

pandoc's `bibliography` in the header of Markdown (Pandoc User's Guide, "Specifying bibliographic
data"), and LaTeX's `\bibliography` and `\addbibresource`, which pandoc puts there, name files;
they are read as those of `--bibliography` are, but only from the manuscript's own folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from lxml import etree

from pubtool.model import q
from pubtool.readers.ast_meta import text
from pubtool.readers.ledger import Ledger
from pubtool.readers.references.exchange import FORMATS
from pubtool.text import squeeze

# The words of a citation whose key may yet turn out to be no reference's.
_WRITTEN = "written"
_OPENED = "opened"


def named(meta: dict[str, Any], file: str, ledger: Ledger) -> tuple[str, ...]:
    """The files that the header of a manuscript names; PT690 for one that cannot be read."""
    folder = Path(file).resolve().parent
    return tuple(
        str(folder / name)
        for name in (squeeze(name) for name in _names(meta.get("bibliography")))
        if name and _is_readable(name, folder, ledger)
    )


def _names(value: Any) -> Iterator[str]:
    if value is not None:
        yield from (text(v) for v in (value["c"] if value["t"] == "MetaList" else [value]))


def _is_readable(name: str, folder: Path, ledger: Ledger) -> bool:
    why = ""
    if not (folder / name).resolve().is_relative_to(folder):
        why = "lies outside the manuscript's folder"
    elif PurePath(name).suffix.lower() not in FORMATS:
        why = "is no .bib, .ris or CSL-JSON (.json) file"
    elif not (folder / name).is_file():
        why = "is not beside the manuscript"
    if why:
        ledger.report(
            "PT690", 0, f"“{name}”, a bibliography that the manuscript names, {why}", name
        )
    return not why


def hoped(cite: etree._Element, words: str) -> None:
    """Remember the words of a citation until all references are there."""
    cite.set(_WRITTEN, words)


def settle(root: etree._Element, ledger: Ledger) -> None:
    """Citations whose key is no reference's are their words again (PT619)."""
    known = {ref.get("id") for ref in root.iter(q("ref"))}
    for cite in list(root.iter(q("cite"))):
        words = cite.attrib.pop(_WRITTEN, None)
        missing = [id_ for id_ in cite.get("ref", "").split() if id_ not in known]
        parent = cite.getparent()
        if words is None or not missing or parent is None:
            continue
        message = f"“{words}” cites “{', '.join(missing)}”, which no reference is called"
        ledger.report("PT619", int(parent.sourceline or 0), message)
        cite.text = str(words)
        cite.tag = _OPENED
        etree.strip_tags(parent, _OPENED)
