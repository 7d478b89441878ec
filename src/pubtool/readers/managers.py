"""The file of a reference manager in: BibTeX, RIS or CSL-JSON becomes a list of references.

Alone it becomes a `<references>` element, to be put into a chapter. With a manuscript
(`--bibliography`, or `[project] bibliography`), `merge` gives its fields to the references of the
manuscript's own list that it knows, and adds those that the text cites.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found, in_order
from pubtool.model import child, q
from pubtool.readers import Imported
from pubtool.readers.draft import element, serialise
from pubtool.readers.ledger import Ledger
from pubtool.readers.references.exchange import read_references
from pubtool.record import reference
from pubtool.settings import Settings
from pubtool.source import decode, local, read_bytes
from pubtool.text import fold


def read(data: bytes, file: str, settings: Settings) -> Imported:
    """The references of a file as `<references>`.

    Each has its fields, and a wording that pandoc made of them. An entry that cannot be read is
    left out and named (PT686). Raises Unreadable: PT002 if it is not UTF-8, PT605 if it is empty.
    """
    ledger = Ledger(file)
    refs = read_references(decode(data, file), PurePath(file).suffix.lower(), ledger)
    if not refs:
        raise Unreadable(found("PT605", Place(file), _nothing(ledger)))
    ledger.guess(0, f"the wording of {len(refs)} references is made of their fields (Chicago)")
    return Imported(serialise(element("references", refs)), in_order(ledger.findings))


def _nothing(ledger: Ledger) -> str:
    faults = "; ".join(d.message for d in ledger.findings[:3])
    return f"there is no reference in it{': ' if faults else ''}{faults}"


def merge(root: etree._Element, files: Iterable[str], ledger: Ledger, limit: int) -> set[str]:
    """Take the references of files into a chapter; the ids of those its own list has not.

    A reference of the list that a file knows by its DOI, or by name, year and title, gets the
    file's fields; its wording and its id stay. Raises Unreadable (PT002, PT003) for a file.
    """
    own = {key: ref for ref in root.iter(q("ref")) for key in _keys(ref)}
    taken = {e.get("id", "") for e in root.iter() if e.get("id")}
    added = []
    for file in files:
        text = decode(read_bytes(Path(file), file, limit), file)
        theirs = Ledger(file)
        for ref in read_references(text, PurePath(file).suffix.lower(), theirs):
            known = next((own[key] for key in _keys(ref) if key in own), None)
            if known is not None:
                _complete(known, ref)
                _point(root, ref.get("id", ""), known.get("id", ""))
            elif ref.get("id") not in taken:
                added.append(ref)
        ledger.findings += theirs.findings
    if added:
        _list(root).extend(added)
    return {ref.get("id", "") for ref in added}


def _keys(ref: etree._Element) -> list[tuple[str, ...]]:
    """What two references of one work have in common."""
    r = reference(ref)
    doi = [("doi", r.get("doi").lower())] if r.get("doi") else []
    name = r.names[0].collab or r.names[0].family if r.names else ""
    title = fold(r.get("title"))
    return [*doi, *([("work", fold(name), r.year[:4], title)] if title and r.year else [])]


def _complete(known: etree._Element, ref: etree._Element) -> None:
    """The fields of `ref` in the place of those read from the wording."""
    for part in list(known):
        if local(part) != "as-written":
            known.remove(part)
    known.set("type", ref.get("type", "other"))
    for n, part in enumerate(p for p in list(ref) if local(p) != "as-written"):
        known.insert(n, part)


def _point(root: etree._Element, old: str, new: str) -> None:
    """Let what cites a reference by its key in the file cite the one in the list."""
    for cite in root.iter(q("cite")):
        ids = cite.get("ref", "").split()
        cite.set("ref", " ".join(new if id_ == old else id_ for id_ in ids))


def _list(root: etree._Element) -> etree._Element:
    """The list of references, made if there is none."""
    found_ = next(root.iter(q("references")), None)
    if found_ is not None:
        return found_
    back = child(root, "back")
    if back is None:
        back = element("back")
        root.append(back)
    made = element("references")
    back.append(made)
    return made
