"""Notes: what may stand in one, and whether it is a footnote or an endnote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from pubtool.model import plain, q
from pubtool.readers.ast_go import Go, Node
from pubtool.readers.draft import element, inside
from pubtool.readers.marks import parted
from pubtool.rules import XmlNode
from pubtool.source import local

# The first character of an endnote; `readers.docx` and `readers.odt` put it there.
ENDNOTE = "\ue0fe"
_RUNNING = ("{*}p", "{*}td", "{*}th", "{*}title", "{*}verse-line", "{*}alt")
_IN_NOTES = frozenset({"p", "disp-quote", "list", "verse-group"})


def note(nodes: list[Node], go: Go) -> list[XmlNode]:
    """A note; a note without a word in it is nothing."""
    blocks = [part for made in go.blocks(nodes) for part in _parts(made)]
    kind = _take_kind(blocks)
    fitting = list(fit(blocks, _IN_NOTES, "a note", go))
    if not any("".join(part.itertext()).strip() or len(part) for part in fitting):
        return []
    return [element("fn", fitting, kind=kind)]


def _parts(made: etree._Element) -> list[etree._Element]:
    return parted(made) if local(made) == "p" else [made]


def _take_kind(blocks: Iterable[etree._Element]) -> str:
    """The kind of a note by its mark, which is taken out, with the blank a number leaves."""
    first = next(iter(blocks), None)
    if first is None:
        return ""
    kind = "endnote" if ENDNOTE in "".join(first.itertext()) else ""
    for part in first.iter("*") if kind else ():
        part.text = (part.text or "").replace(ENDNOTE, "")
        part.tail = (part.tail or "").replace(ENDNOTE, "")
    first.text = (first.text or "").lstrip()
    return kind


def fit(
    blocks: Iterable[etree._Element], allowed: frozenset[str], where: str, go: Go
) -> Iterator[etree._Element]:
    """The blocks that may stand somewhere; of others the words, as paragraphs (PT614)."""
    for made in blocks:
        name = local(made)
        if name in allowed:
            yield made
        elif name == "disp-formula":
            made.tag = q("inline-formula")
            yield element("p", made)
        elif name == "code":
            yield element("p", element("monospace", made.text or ""))
        else:
            message = f"<{name}> cannot stand in {where}; its words are kept as paragraphs"
            go.ledger.report("PT614", go.place, message)
            yield from flat(made)


def flat(made: etree._Element) -> Iterator[etree._Element]:
    """The words of any block as paragraphs, one for each piece of running text in it."""
    held = list(made.iter(*_RUNNING))
    for part in held or [made]:
        if any(ancestor in held for ancestor in part.iterancestors()):
            continue
        if plain(part):
            yield element("p", inside(part))
