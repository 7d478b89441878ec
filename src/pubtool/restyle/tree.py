"""What citeproc answered, put into the chapter's tree as generated text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from pubtool.citation import author_date
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.model import Chapter, Reference, child, children, plain, q
from pubtool.resolve import GENERATED
from pubtool.restyle.document import cites, is_narrative, names, structured, written
from pubtool.rules import AT
from pubtool.source import local
from pubtool.text import fold

Node = dict[str, Any]
_MARKS = {
    "Emph": "italic",
    "Strong": "bold",
    "SmallCaps": "sc",
    "Superscript": "sup",
    "Subscript": "sub",
    "Underline": "underline",
    "Strikeout": "strike",
}
_BLANKS = frozenset({"Space", "SoftBreak", "LineBreak"})
_QUOTES = {"DoubleQuote": "“{}”", "SingleQuote": "‘{}’"}
# Small words of citations that every style writes in its own way.
_OWN = frozenset("p pp s ss səh seh sah sayfa page pages et al and ve va vb vd b nd ty".split())
# How authors shorten the name of a place that is no page.
_PLACES = frozenset("ch chs chap chaps sec secs vol vols par para paras fig figs n nn l v".split())
_LABELS = "page pp and no-date in ed eds chapter section note figure".split()
# What may not go with the words of a citation.
_KEPT = ("fn", "query", "index-term", "page-break")


def replaced(chapter: Chapter, blocks: list[Node], *, notes: bool) -> list[Diagnostic]:
    """Citations and references in the words of the style; PT760 and PT781 for those that stay."""
    paragraphs = [block for block in blocks if block["t"] == "Para"]
    asked = [] if notes else cites(chapter)
    findings = [
        finding
        for cite, block in zip(asked, paragraphs, strict=True)
        if (finding := _cite(chapter, cite, block["c"][0]["c"][1]))
    ]
    findings += _unasked(chapter, asked, notes)
    return findings + _references(chapter, dict(_entries(blocks)))


def _unasked(chapter: Chapter, asked: list[etree._Element], notes: bool) -> Iterator[Diagnostic]:
    others = [cite for cite in chapter.root.iter(q("cite")) if cite not in asked]
    if notes and others:
        count = "the citation" if len(others) == 1 else f"the {len(others)} citations"
        message = f"the style puts citations into notes: {count} in the text stay as written"
        yield found("PT760", _place(chapter, others[0]), message)
    elif not notes:
        for cite in others:
            message = f"the citation “{plain(cite)}” stays as written: its reference has no fields"
            yield found("PT781", _place(chapter, cite), message)


def _place(chapter: Chapter, element: etree._Element) -> Place:
    line, _, column = element.get(AT, "0:0").partition(":")
    return Place(chapter.file, int(line), int(column))


# ── citations ──


def _cite(chapter: Chapter, cite: etree._Element, inlines: list[Node]) -> Diagnostic | None:
    said = written(cite)
    if said and not _is_wrapped(said):
        inlines = _unwrapped(inlines)
    if is_narrative(cite):
        inlines = _with_author(chapter, cite, inlines)
    told = spoken(inlines)
    lost = _lost(chapter, cite, said, told) if _words(told) else said
    if lost or any(local(inner) in _KEPT for inner in cite.iter("*")):
        message = f"the citation “{plain(cite)}” stays as written: the style would lose “{lost}”"
        return found("PT781", _place(chapter, cite), message)
    _fill(cite, inlines)
    return None


def _with_author(chapter: Chapter, cite: etree._Element, inlines: list[Node]) -> list[Node]:
    """Numbers alone are no subject of a sentence: the names go before them."""
    ref = structured(chapter)[cite.get("ref", "").split()[0]]
    if not ref.names or names(ref) & set(_words(spoken(inlines))):
        return inlines
    who, _ = author_date(ref, chapter.labels)
    return [{"t": "Str", "c": who}, {"t": "Space"}, *inlines]


def _lost(chapter: Chapter, cite: etree._Element, said: str, rendered: str) -> str:
    """The words of a citation that neither the style nor the reference would say."""
    known = structured(chapter)
    refs = [known[id_] for id_ in cite.get("ref", "").split()]
    attributes = (cite.get(name, "") for name in ("locator", "prefix", "suffix"))
    labels = (chapter.labels[name] for name in _LABELS)
    there = {w for text in (rendered, *attributes, *_told(refs), *labels) for w in _words(text)}
    own = _OWN | (_PLACES if cite.get("label") else frozenset())
    return " ".join(w for w in _words(said) if w not in there and w not in own)


def _words(text: str) -> list[str]:
    return fold(text.replace("’", " ").replace("'", " ")).split()


def _told(refs: Iterable[Reference]) -> Iterator[str]:
    for ref in refs:
        yield from ref.fields.values()
        for name in ref.names:
            yield from (name.family, name.given, name.collab, name.initials)


def _is_wrapped(text: str) -> bool:
    return text.startswith(("(", "[")) or text.endswith((")", "]"))


def _unwrapped(inlines: list[Node]) -> list[Node]:
    """Without the brackets around the whole: the author's own stand outside the citation."""
    text = spoken(inlines)
    pairs = {"(": ")", "[": "]"}
    if pairs.get(text[:1]) != text[-1:] or not text:
        return inlines
    first, last = inlines[0], inlines[-1]
    if first["t"] != "Str" or last["t"] != "Str":
        return inlines
    if len(inlines) == 1:
        return [{"t": "Str", "c": first["c"][1:-1]}]
    return [
        {"t": "Str", "c": first["c"][1:]},
        *inlines[1:-1],
        {"t": "Str", "c": last["c"][:-1]},
    ]


# ── references ──


def _entries(blocks: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    """(id, inlines) of each reference in the order of the style."""
    for block in blocks:
        if block["t"] != "Div":
            continue
        id_ = block["c"][0][0]
        if id_.startswith("ref-"):
            yield id_.removeprefix("ref-"), list(_inlines(block["c"][1]))
        else:
            yield from _entries(block["c"][1])


def _inlines(blocks: list[Node]) -> Iterator[Node]:
    for number, block in enumerate(blocks):
        if number:
            yield {"t": "Space"}
        yield from _inlines(block["c"][1]) if block["t"] == "Div" else block["c"]


def _references(chapter: Chapter, entries: dict[str, list[Node]]) -> list[Diagnostic]:
    """Fill the references and put those with fields into the order of the style."""
    parent = chapter.references
    if parent is None:
        return []
    refs = children(parent, "ref")
    by_id = {ref.get("id", ""): ref for ref in refs}
    for id_, inlines in entries.items():
        wording = child(by_id[id_], "as-written")
        if wording is not None:
            _fill(wording, inlines)
    _order(parent, refs, [by_id[id_] for id_ in entries])
    if not entries and structured(chapter):
        message = "the style has no list of references: all of them stay as written"
        return [found("PT781", _place(chapter, parent), message)]
    return [
        found("PT781", _place(chapter, ref), f"the reference “{ref.get('id')}” has no fields")
        for ref in refs
        if ref.get("id") not in entries
    ]


def _order(parent: etree._Element, refs: list[etree._Element], new: list[etree._Element]) -> None:
    """The styled ones in their new order; the others keep their places in the list."""
    following = iter(new)
    order = [next(following) if ref in new else ref for ref in refs]
    start = parent.index(refs[0])
    for ref in refs:
        parent.remove(ref)
    for offset, ref in enumerate(order):
        parent.insert(start + offset, ref)


# ── pandoc's inlines as elements of a chapter ──


def _fill(element: etree._Element, inlines: list[Node]) -> None:
    """Replace what an element holds by generated text; what follows the element stays."""
    for inner in list(element):
        element.remove(inner)
    element.text = None
    _add(element, inlines)
    element.set(GENERATED, "yes")


def _add(parent: etree._Element, inlines: list[Node]) -> None:
    for node in inlines:
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            _append(parent, content)
        elif kind in _BLANKS:
            _append(parent, " ")
        elif kind in _MARKS:
            _add(etree.SubElement(parent, q(_MARKS[kind])), content)
        elif kind == "Link":
            _add(etree.SubElement(parent, q("ext-link"), href=content[2][0]), content[1])
        elif kind == "Quoted":
            start, end = _QUOTES[content[0]["t"]].split("{}")
            _append(parent, start)
            _add(parent, content[1])
            _append(parent, end)
        elif kind in ("Span", "Cite"):
            _add(parent, content[1])


def _append(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def spoken(inlines: list[Node]) -> str:
    """The text of inlines."""
    holder = etree.Element("holder")
    _add(holder, inlines)
    return "".join(holder.itertext())
