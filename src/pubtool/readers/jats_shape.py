"""Fitting what rules return into what a chapter allows: lines, paragraphs, blocks, sections.

JATS lets figures stand in paragraphs and lists in table cells; a chapter does not. Paragraphs are
parted around blocks; where only text may stand, blocks are opened and a line break parts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pubtool.model import child, q
from pubtool.readers.draft import element
from pubtool.readers.jats_run import Element, Reading, tail_free
from pubtool.rules import XmlNode, fill
from pubtool.source import MATHML, local

BLOCKS = frozenset(
    """
    p list def-list disp-quote epigraph verse-group fig fig-group table-wrap disp-formula code
    boxed-text media
    """.split()
)
_IN_NOTES = frozenset({"p", "disp-quote", "list", "verse-group"})
_IN_EPIGRAPHS = frozenset({"p", "verse-group"})
_MIXED = frozenset(
    """
    p title subtitle short-title trans-title keyword citation-line attrib verse-line term th td
    source as-written italic bold sc sub sup underline strike monospace foreign abbrev xref cite
    ext-link see container-title volume-title note license series
    """.split()
)
# Blocks with a number → the label that says it where the block has been opened.
_NUMBERED = {"fig": "figure", "fig-group": "figure", "table-wrap": "table", "boxed-text": "box"}
# Elements whose content is text already; the others hold blocks or parts.
_LINES = frozenset("p title attrib verse-line term th td source code alt".split())


def is_block(node: XmlNode) -> bool:
    """True for a block of the chapter."""
    return not isinstance(node, str) and local(node) in BLOCKS


def trimmed(nodes: list[XmlNode]) -> list[XmlNode]:
    """Nodes without the space that parted them from something that did not follow."""
    return nodes[:-1] if nodes and isinstance(nodes[-1], str) and not nodes[-1].strip() else nodes


def is_blank(nodes: Iterable[XmlNode]) -> bool:
    """True if there is nothing but white space."""
    return all(isinstance(node, str) and not node.strip() for node in nodes)


def runs(nodes: Iterable[XmlNode]) -> Iterator[tuple[bool, list[XmlNode]]]:
    """Runs of text and inline elements (False) and of blocks and sections (True)."""
    for apart, group in groupby(nodes, lambda n: is_block(n) or _is(n, "sec")):
        run = list(group)
        if apart or not is_blank(run):
            yield apart, run


def _is(node: XmlNode, *names: str) -> bool:
    return not isinstance(node, str) and local(node) in names


def blocks(nodes: Iterable[XmlNode], **attributes: str) -> list[XmlNode]:
    """Blocks only: text between them becomes paragraphs, of which the first has `attributes`."""
    made: list[XmlNode] = []
    begun = False
    for apart, run in runs(nodes):
        if apart or (not attributes and all(_is(n, "page-break") or is_blank([n]) for n in run)):
            made += [tail_free(n) for n in run if not isinstance(n, str)]
        else:
            said = {"continued": "yes"} if begun and attributes else {}
            made.append(element("p", run, **(said if begun else attributes)))
            begun = True
    return made


def without_sections(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """Blocks where no section may stand: its title becomes a paragraph in bold."""
    made: list[XmlNode] = []
    for node in blocks(nodes):
        if isinstance(node, str) or local(node) != "sec":
            made.append(node)
            continue
        _simplified(go, where, "sec")
        made += without_sections(_opened(node), go, where)
    return made


def _opened(section: Element) -> list[XmlNode]:
    head = child(section, "title")
    rest: list[XmlNode] = [e for e in section if e is not head]
    title = [] if head is None else content(head)
    number = section.get("number", "")
    words = title if not number else [f"{number} ", *title]
    return rest if is_blank(words) else [element("p", element("bold", words)), *rest]


def some(nodes: list[XmlNode]) -> list[XmlNode]:
    """At least one block, because the schema wants one."""
    return nodes or [element("p")]


def flow(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """Blocks, then sections: a block after a section goes to the end of that section."""
    made: list[XmlNode] = []
    last: Element | None = None
    for node in blocks(nodes):
        if isinstance(node, str):
            continue
        if local(node) == "sec":
            last = node
            made.append(node)
        elif last is None:
            made.append(node)
        else:
            message = "text after a section now stands at the end of that section"
            go.note("PT655", where, message)
            _end_of(last).append(node)
    return made


def _end_of(section: Element) -> Element:
    inner = section.findall(q("sec"))
    return _end_of(inner[-1]) if inner else section


def inline(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """Text and inline elements only; blocks are opened, parted by line breaks."""
    made: list[XmlNode] = []
    opened = False
    for apart, run in runs(nodes):
        if not apart:
            made += [element("break")] if opened else []
            made += run
            opened = False
            continue
        for node in run:
            if isinstance(node, str):
                continue
            for line in _lines(node, go, where):
                made += [element("break")] if made else []
                made += line
                opened = True
    return made


def _lines(node: Element, go: Reading, where: Element) -> Iterator[list[XmlNode]]:
    """The lines of text in a block."""
    name = local(node)
    number = node.get("number", "")
    if name == "disp-formula":
        yield [_in_line(node), *([f" ({number})"] if number else [])]
        return
    if name != "p":
        _simplified(go, where, name, node.get("href", ""))
    if number and name in _NUMBERED:
        yield [go.labels[_NUMBERED[name]].format(n=number)]
    for inner in _texts(node):
        if local(inner) in ("disp-formula", "graphic"):
            yield [_in_line(inner)]
        else:
            line = content(inner)
            if not is_blank(line):
                yield line


def _texts(node: Element) -> Iterator[Element]:
    if local(node) in _LINES or local(node) in ("disp-formula", "graphic"):
        yield node
        return
    for inner in node:
        yield from _texts(inner)


def _in_line(node: Element) -> Element:
    """A formula or image set apart as one in the line."""
    if local(node) == "graphic":
        return element("inline-graphic", href=node.get("href", ""))
    node.tag = q("inline-formula")
    node.attrib.pop("number", None)
    return tail_free(node)


def _simplified(go: Reading, where: Element, name: str, file: str = "") -> None:
    message = f"<{name}> cannot stand in <{local(where)}> of a chapter; its text is kept"
    go.note("PT656", where, message, file)


def content(e: Element) -> list[XmlNode]:
    """The text and children of an element of the chapter, taken out of it."""
    made: list[XmlNode] = [e.text] if e.text else []
    e.text = None
    for inner in list(e):
        tail = inner.tail
        e.remove(inner)
        made.append(tail_free(inner))
        made += [tail] if tail else []
    return made


def paragraphs(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """Paragraphs only; other blocks become paragraphs of their text."""
    return _only(frozenset({"p"}), nodes, go, where)


def note_blocks(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """What a note may hold."""
    return some(_only(_IN_NOTES, nodes, go, where))


def epigraph_blocks(nodes: Iterable[XmlNode], go: Reading, where: Element) -> list[XmlNode]:
    """What an epigraph may hold."""
    return some(_only(_IN_EPIGRAPHS, nodes, go, where))


def _only(
    names: frozenset[str], nodes: Iterable[XmlNode], go: Reading, where: Element
) -> list[XmlNode]:
    made: list[XmlNode] = []
    for node in without_sections(nodes, go, where):
        if isinstance(node, str):
            continue
        if local(node) in names:
            made.append(node)
        elif local(node) == "page-break":
            made.append(element("p", node))
        else:
            made += [element("p", line) for line in _lines(node, go, where)]
    return made


def only_lines(root: Element, go: Reading) -> None:
    """Open every block that came to stand where only a line of text may, the innermost first."""
    for holder in reversed(list(root.iter("*"))):
        if local(holder) in _MIXED and any(local(e) in BLOCKS for e in holder):
            fill(holder, inline(content(holder), go, holder))


def filled(name: str, nodes: Iterable[XmlNode], **attributes: str) -> Element:
    """An element around nodes."""
    made = element(name, **attributes)
    fill(made, list(nodes))
    return made


def is_math(e: Element) -> bool:
    """True for MathML."""
    return str(e.tag).startswith(f"{{{MATHML}}}") or local(e) == "math"
