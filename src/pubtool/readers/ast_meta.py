"""What pandoc calls metadata: title, authors, abstract, keywords, references, language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pubtool.readers.ast_go import Go, Node, text_of
from pubtool.readers.blocks import Block, Line
from pubtool.readers.draft import inside
from pubtool.readers.marks import Marks
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import squeeze

_ROLES = {
    "title": "title", "subtitle": "subtitle", "author": "author", "creator": "author",
    "authors": "author", "affiliation": "affiliation", "abstract": "abstract",
    "keywords": "keywords", "keyword": "keywords", "subject": "keywords",
}  # fmt: skip
# Values that say how pandoc or a web page works, and nothing about the chapter.
_TECHNICAL = frozenset(
    """lang language dir references bibliography csl toc viewport generator header-includes
    classoption documentclass
    geometry fontsize link-citations nocite identifier cover-image css output
    belongs-to-collection group-position numbersections papersize linestretch mainfont book
    suppress-bibliography reference-section-title numbering""".split()
)
_ORDER = tuple(dict.fromkeys(_ROLES))
# Parts of an author in a table: what each is for the opening of a chapter.
_OF_AUTHOR = ("affiliation", "institute", "orcid", "email", "correspondence")


def language_of(meta: dict[str, Node]) -> str:
    """The language that the metadata name, or ""."""
    return squeeze(text(meta["lang"])) if "lang" in meta else ""


def text(value: Any, between: str = "; ") -> str:
    """A value as text, whatever kind it is; `between` stands between those of a list."""
    kind, c = value["t"], value.get("c")
    if kind == "MetaString":
        return str(c)
    if kind == "MetaBool":
        return str(c).lower()
    if kind == "MetaMap":
        return between.join(text(v, between) for v in c.values())
    if kind == "MetaList":
        return between.join(text(v, between) for v in c)
    return text_of(c)


def meta_blocks(meta: dict[str, Node], marks: Marks, go: Go) -> list[Block]:
    """The front matter as blocks with roles; what has no place is set aside (PT606)."""
    made = [
        block
        for name in _ORDER
        if name in meta
        for block in _field(_ROLES[name], meta[name], marks, go)
    ]
    for name, value in meta.items():
        said = squeeze(text(value))
        if name not in _ROLES and name not in _TECHNICAL and said:
            go.ledger.set_aside(0, said, f"is the manuscript's “{name}”")
        elif name in _TECHNICAL:
            go.ledger.sign(text(value, " "))
    return made


def _field(role: str, value: Any, marks: Marks, go: Go) -> Iterator[Block]:
    if role == "keywords":
        yield from _keywords(value, go)
        return
    for item in value["c"] if value["t"] == "MetaList" else [value]:
        if item["t"] == "MetaMap":
            yield from _person(role, item["c"], marks, go)
        else:
            yield from _plain(role, item, marks, go)


def _keywords(value: Any, go: Go) -> Iterator[Block]:
    said = squeeze(text(value))
    if said:
        yield Block((Line(0, said),), role="keywords")


def _person(role: str, item: dict[str, Any], marks: Marks, go: Go) -> Iterator[Block]:
    """An author with name, affiliation and addresses, each on a line of its own."""
    if "name" in item:
        yield from _plain(role, item["name"], marks, go)
    else:
        parts = [squeeze(text(item[key])) for key in ("given", "family") if key in item]
        if any(parts):
            yield Block((Line(0, " ".join(parts)),), role=role)
    for key, value in item.items():
        said = squeeze(text(value))
        if key in _OF_AUTHOR and said:
            yield Block((Line(0, said),), role="affiliation")
        elif key not in ("name", "given", "family") and said:
            go.ledger.set_aside(0, said, f"is the author's “{key}”")


def _plain(role: str, item: Any, marks: Marks, go: Go) -> Iterator[Block]:
    if item["t"] == "MetaBlocks":
        for made in go.blocks(item["c"]):
            content: list[XmlNode] = [made]
            if local(made) == "p":
                content = inside(made)
            yield Block((Line(0, squeeze(marks.flatten(content))),), role=role)
    else:
        content = go.inlines(item["c"]) if item["t"] == "MetaInlines" else [text(item)]
        said = squeeze(marks.flatten(content))
        if said:
            yield Block((Line(0, said),), role=role)
