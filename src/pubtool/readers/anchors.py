"""Links within a manuscript: bookmarks and the places that point at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from pubtool.model import plain, q
from pubtool.readers.ledger import Ledger
from pubtool.readers.offered import hoped
from pubtool.readers.references.exchange import id_of
from pubtool.source import local
from pubtool.text import squeeze

# The beginning of the bookmark that stands for the key of a reference.
BIBITEM = "bibitem-"
# What an xref may point at, and the beginning of the id of one that has none yet.
_TARGETS = {
    "sec": "sec", "fig": "fig", "fig-group": "fig", "table-wrap": "tab", "disp-formula": "eq",
    "fn": "fn", "app": "app", "boxed-text": "box",
}  # fmt: skip


def link(
    root: etree._Element, ledger: Ledger, cited: Mapping[str, str], *, offered: bool = False
) -> None:
    """Give bookmarked elements ids and let the cross-references point at them.

    A link to an entry of the list of references is a citation.
    `cited` has the ids of references by the keys under which front ends cite them; `offered`
    says that a bibliography is still to be read, which may have the others (`offered.settle`).

    A reference to what has no number (a paragraph, a word) keeps its words only (PT615).
    """
    taken = {element.get("id", "") for element in root.iter() if local(element) != "anchor"}
    ids = {name: _id(target, taken) for name, target in _anchored(root)}
    cited_by = {
        anchor.get("id", ""): reference.get("id", "")
        for reference in root.iter(q("ref"))
        for anchor in reference.iter(q("anchor"))
    }
    _link_citations(root, ledger, cited, offered)
    for anchor in list(root.iter(q("anchor"))):
        unwrap(anchor)
    for entry in root.iter(q("as-written")):
        entry.text = (entry.text or "").lstrip()
    for pointer in list(root.iter(q("xref"))):
        name = pointer.get("rid", "").removeprefix("#")
        if not pointer.get("rid", "").startswith("#"):
            continue
        if name in cited_by:
            pointer.tag = q("cite")
            pointer.set("ref", cited_by[name])
            del pointer.attrib["rid"]
        elif name in ids:
            pointer.set("rid", ids[name])
        else:
            ledger.report("PT615", 0, f"“{plain(pointer)}” points at “{name}”, no numbered part")
            unwrap(pointer)


def _link_citations(
    root: etree._Element, ledger: Ledger, cited: Mapping[str, str], offered: bool
) -> None:
    """Citations by a key get the id of the reference that has it (PT619)."""
    keys = {
        **cited,
        **{
            anchor.get("id", "").removeprefix(BIBITEM): reference.get("id", "")
            for reference in root.iter(q("ref"))
            for anchor in reference.iter(q("anchor"))
        },
    }
    for cite in list(root.iter(q("cite"))):
        wanted = cite.get("ref", "").split()
        missing = [id_[1:] for id_ in wanted if id_.startswith("#") and id_[1:] not in keys]
        if missing and not offered:
            said = ", ".join(id_.lstrip("#") for id_ in wanted)
            ledger.report("PT619", 0, f"“{said}” is cited, but no reference has that key")
            cite.text = cite.text if cite.text or len(cite) else _in_words(cite)
            unwrap(cite)
            continue
        if missing:
            hoped(cite, _in_words(cite))
        known = {**{key: id_of(key) for key in missing}, **keys}
        cite.set("ref", " ".join(known.get(id_.lstrip("#"), id_) for id_ in wanted))


def _in_words(cite: etree._Element) -> str:
    """A citation by keys with all it says: "[see kaya2001, p. 4]"."""
    said = ", ".join(id_.lstrip("#") for id_ in cite.get("ref", "").split())
    place = f"{cite.get('label', 'p.')} {cite.get('locator')}" if cite.get("locator") else ""
    after = [part for part in (said, place, cite.get("suffix", "").lstrip(", ")) if part]
    return f"[{squeeze(' '.join([cite.get('prefix', ''), ', '.join(after)]))}]"


def _anchored(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for element in list(root.iter()):
        name = element.attrib.pop("anchor", "") or (
            element.get("id", "") if local(element) == "anchor" else ""
        )
        target = _target(element) if name else None
        if target is not None:
            yield str(name), target


def _target(element: etree._Element) -> etree._Element | None:
    """The nearest thing around a bookmark that can be pointed at."""
    here: etree._Element | None = element
    part = ""
    while here is not None:
        if local(here) in _TARGETS:
            headed = local(here) not in ("sec", "app") or part == "title"
            return here if headed else None
        part = local(here)
        here = here.getparent()
    return None


def _id(target: etree._Element, taken: set[str]) -> str:
    """The id of an element; one that has none gets the next of its kind."""
    id_ = target.get("id")
    if id_ is None:
        stem = _TARGETS[local(target)]
        id_ = next(name for n in count(1) if (name := f"{stem}{n}") not in taken)
        taken.add(id_)
        target.set("id", id_)
    return id_


def unwrap(element: etree._Element) -> None:
    """Take an element away; its content and the words after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    before = parent[at - 1] if at else None

    def add(text: str | None) -> None:
        if before is not None:
            before.tail = (before.tail or "") + (text or "")
        else:
            parent.text = (parent.text or "") + (text or "")

    add(element.text)
    tail, inside = element.tail, list(element)
    element.tail = None
    parent[at : at + 1] = inside
    before = inside[-1] if inside else before
    add(tail)
