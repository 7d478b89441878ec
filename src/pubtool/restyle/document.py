"""What citeproc is asked: every citation and every reference of a chapter, as pandoc's document."""

from __future__ import annotations

import base64
from typing import Any

from lxml import etree

from pubtool.model import Chapter, Reference, plain, q
from pubtool.restyle.styles import Style
from pubtool.text import fold
from pubtool.writers.metadata_csl import reference

Node = dict[str, Any]
API = [1, 23, 1]
# A title keeps its case: a style's own would make names of people and places small.
TITLES = frozenset({"title", "container-title", "collection-title", "volume-title"})


def document(chapter: Chapter, style: Style) -> Node:
    """A paragraph for each citation that can be rendered, then the list of references."""
    known = structured(chapter)
    data = base64.b64encode(style.data).decode()
    meta = {
        "lang": _string(chapter.record.language),
        "citation-style": _string(f"data:application/xml;base64,{data}"),
        "references": _list([_value(_item(ref, chapter)) for ref in known.values()]),
        "nocite": {"t": "MetaInlines", "c": [_cite([_citation("*")])]},
    }
    asked = [] if style.notes else cites(chapter)
    blocks = [{"t": "Para", "c": [_cite(_citations(cite, known))]} for cite in asked]
    return {"pandoc-api-version": API, "meta": meta, "blocks": blocks}


def structured(chapter: Chapter) -> dict[str, Reference]:
    """The references that have fields, by id."""
    return {ref.id: ref for ref in chapter.record.references if ref.structured}


def cites(chapter: Chapter) -> list[etree._Element]:
    """The citations all of whose references have fields."""
    known = structured(chapter)
    every = chapter.root.iter(q("cite"))
    return [c for c in every if (ids := c.get("ref", "").split()) and set(ids) <= set(known)]


def _item(ref: Reference, chapter: Chapter) -> dict[str, Any]:
    """A CSL item in the chapter's language, by which citeproc makes capitals of the style's words.

    In the language of the work, "In" would become "İn" before a Turkish title, and "içinde"
    "Içinde" before an English one.
    """
    item = {**reference(ref), "language": chapter.record.language}
    return {key: _Title(value) if key in TITLES else value for key, value in item.items()}


class _Title(str):
    """Text whose capitals stay as they are."""


def _value(value: Any) -> Node:
    """A value of CSL-JSON as pandoc's metadata."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: _value(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return _list([_value(inner) for inner in value])
    if isinstance(value, _Title):
        return {"t": "MetaInlines", "c": [_span(str(value))]}
    return {"t": "MetaInlines", "c": [_text(str(value))]}


def _list(values: list[Node]) -> Node:
    return {"t": "MetaList", "c": values}


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _text(text: str) -> Node:
    return {"t": "Str", "c": text}


def _span(text: str) -> Node:
    return {"t": "Span", "c": [["", ["nocase"], []], [_text(text)]]}


def _cite(citations: list[Node]) -> Node:
    return {"t": "Cite", "c": [citations, []]}


def _citation(id_: str, mode: str = "NormalCitation", prefix: str = "", suffix: str = "") -> Node:
    return {
        "citationId": id_,
        "citationPrefix": [_text(prefix)] if prefix else [],
        "citationSuffix": [_text(suffix)] if suffix else [],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _citations(cite: etree._Element, known: dict[str, Reference]) -> list[Node]:
    """The citations of one `<cite>`: the prefix before the first, the locator after the last."""
    ids = cite.get("ref", "").split()
    made = [_citation(id_) for id_ in ids]
    made[0] = _citation(ids[0], _mode(cite, known[ids[0]]), cite.get("prefix", ""))
    suffix = _suffix(cite)
    made[-1]["citationSuffix"] = _tokens(suffix)
    return made


def _tokens(text: str) -> list[Node]:
    """Words with spaces between them: a locator is recognised word by word."""
    tokens: list[Node] = []
    for word in text.split():
        tokens += [{"t": "Space"}, _text(word)]
    return tokens[1:]


def _suffix(cite: etree._Element) -> str:
    """The place as citeproc reads it; after the braces, words that it is to leave alone.

    Each kind of place has its own name as a word for it (`styles.add_places`), which the style
    prints in its own way.
    """
    locator, label, suffix = (cite.get(name, "") for name in ("locator", "label", "suffix"))
    more = f", {suffix}" if suffix else ""
    if locator and not label:
        return f", {locator}{more}"
    place = f"{label} {_in_braces(locator)}" if locator else ""
    return f"{{{place}}}{more}" if place or more else ""


def _in_braces(locator: str) -> str:
    """A locator without the braces that would end it too early."""
    return locator.translate({ord("{"): "(", ord("}"): ")"})


def is_narrative(cite: etree._Element) -> bool:
    """True for a citation whose author stands in the sentence: "Öncü (2005)"."""
    return cite.get("mode") == "narrative" or _is_narrative(written(cite))


def written(cite: etree._Element) -> str:
    """What the author wrote in a citation, "" if pubtool did."""
    return "" if cite.get("generated") == "yes" else plain(cite)


def _mode(cite: etree._Element, ref: Reference) -> str:
    """Narrative, parenthetical, or the year alone, as the author's wording shows."""
    if is_narrative(cite):
        return "AuthorInText"
    words = written(cite)
    if words and ref.names and not names(ref) & set(fold(words).split()):
        return "SuppressAuthor"
    return "NormalCitation"


def names(ref: Reference) -> set[str]:
    """The words of the names of a reference, folded."""
    return {word for name in ref.names for word in fold(name.collab or name.family).split()}


def _is_narrative(written: str) -> bool:
    return written.endswith((")", "]")) and not written.startswith(("(", "[")) and "(" in written
