"""Pandoc's document model: the whole chapter, and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pubtool.writers.pandoc_floats  # noqa: F401  (its rules register themselves)
from pubtool.conservation import FORMULA
from pubtool.edition import Edition
from pubtool.labels import label_in
from pubtool.rules import Go
from pubtool.text import words as fold
from pubtool.writers import pandoc_nodes as n
from pubtool.writers.pandoc_ast import AstGo, ast
from pubtool.writers.pandoc_matter import abstracts, biographies, colophon, opener

_WHOLE = ast.extend(text=n.whole)
_STANDING_ALONE = frozenset({"Para", "Plain", "Header", "CodeBlock", "LineBlock", "Div", "Figure"})


def document(
    edition: Edition, *, mathml: bool, embed: bool, whole: bool = False
) -> tuple[dict[str, Any], AstGo]:
    """The chapter as a pandoc document, and the run that made it with its findings.

    `whole` leaves text in one piece, where pandoc is to break no lines.
    """
    chapter = edition.chapter
    label = partial(label_in, chapter.record.language, chapter.labels, edition.settings.labels)
    options = {"images": edition.images, "label": label, "mathml": mathml, "embed": embed}
    go: AstGo = Go(_WHOLE if whole else ast, chapter, options)
    blocks = [
        *opener(chapter.front, go),
        *abstracts(chapter.front, go),
        *go.blocks(chapter.body),
        *(go.blocks(chapter.back) if chapter.back is not None else []),
        *biographies(chapter.front, go),
        *colophon(chapter.front, go),
    ]
    record = chapter.record
    authors = [n.text(c.name.display) for c in record.authors if c.name.display]
    meta = {
        "title": {"t": "MetaInlines", "c": n.text(record.full_title)},
        "lang": {"t": "MetaString", "c": record.language},
        "author": {"t": "MetaList", "c": [{"t": "MetaInlines", "c": a} for a in authors]},
    }
    return {"pandoc-api-version": n.API_VERSION, "meta": meta, "blocks": blocks}, go


def as_json(made: dict[str, Any]) -> bytes:
    """The document as pandoc reads it."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def words(made: dict[str, Any]) -> list[str]:
    """The author's words in a document; notes after the text."""
    notes: list[Any] = []
    text = "".join(_spoken(made["blocks"], notes))
    while notes:
        inner: list[Any] = []
        text += " " + "".join(_spoken(notes, inner))
        notes = inner
    return fold(text)


def _spoken(node: Any, notes: list[Any]) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _spoken(part, notes)
    elif isinstance(node, dict):
        yield from _node(node, notes)


def _node(node: dict[str, Any], notes: list[Any]) -> Iterator[str]:
    kind, content = node["t"], node.get("c", "")
    mark = _mark(content)
    if mark == "separator" or kind in ("Space", "SoftBreak", "LineBreak"):
        yield " "
    elif mark == "yes":
        return
    elif kind == "Str":
        yield content
    elif kind in ("Math", "RawInline"):
        yield f" {FORMULA} "
    elif kind == "Note":
        notes.append(content)
    elif kind in ("Code", "CodeBlock"):
        yield content[1] if kind == "Code" else f" {content[1]} "
    elif kind == "Image":
        yield from (" ", *_spoken(content[1], notes), " ")
    else:
        edge = " " if kind in _BLOCKS else ""
        yield edge
        yield from _inside(kind, content, notes)
        yield edge


_BLOCKS = _STANDING_ALONE | {"BulletList", "OrderedList", "DefinitionList", "BlockQuote", "Table"}


def _inside(kind: str, content: Any, notes: list[Any]) -> Iterator[str]:
    """What a node holds, its parts apart where they stand apart on the page."""
    apart = kind in ("LineBlock", "DefinitionList", "Table")
    for part in content if isinstance(content, list) else []:
        yield from _parts(part, notes) if apart else _spoken(part, notes)


def _parts(part: Any, notes: list[Any]) -> Iterator[str]:
    """Lines, terms and cells: lists within lists, each standing alone."""
    if isinstance(part, list):
        for inner in part:
            yield from _parts(inner, notes)
        yield " "
    else:
        yield from _spoken(part, notes)


def _mark(content: Any) -> str | None:
    """The data-generated mark among a node's attributes, wherever its kind keeps them."""
    for part in content if isinstance(content, list) else []:
        if isinstance(part, list) and len(part) == 3 and isinstance(part[0], str):
            return dict(part[2]).get("data-generated") if isinstance(part[2], list) else None
    return None
