"""What a paragraph style says of its paragraphs: a table of names, and the project's own.

The names are those that Word, LibreOffice, Google Docs and pandoc give their built-in styles, in
English whatever the language of the program is; `[import.styles]` in pubtool.toml adds to them.
"""

from __future__ import annotations

import re

from pubtool.settings import Import

BOX = "pubtool-text-box-"

_ROLES = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "authors": "author",
    "affiliation": "affiliation",
    "abstract": "abstract",
    "keywords": "keywords",
    "key words": "keywords",
    "bibliography": "references",
    "references": "references",
    "toc heading": "contents",
    **{f"toc {n}": "contents" for n in range(1, 10)},
    **{f"contents {n}": "contents" for n in range(1, 10)},
    "contents heading": "contents",
    "caption": "caption",
    "image caption": "caption",
    "table caption": "caption",
    "figure caption": "caption",
    "captioned figure": "",
    "illustration": "caption",
    "figure": "caption",
    "table": "caption",
    "quote": "disp-quote",
    "intense quote": "disp-quote",
    "block text": "disp-quote",
    "quotations": "disp-quote",
    "epigraph": "epigraph",
    "source code": "code",
    "html preformatted": "code",
    "preformatted text": "code",
    "verse": "verse-group",
}  # fmt: skip
ELEMENTS = frozenset({"disp-quote", "epigraph", "code", "verse-group"})
# What [import.styles] may name.
ROLES = frozenset(
    {"title", "subtitle", "author", "affiliation", "abstract", "keywords", "references", "caption"}
    | {"contents"}
) | ELEMENTS  # fmt: skip
INLINE = frozenset(
    {"italic", "bold", "sc", "sub", "sup", "underline", "strike", "monospace", "term"}
)
_HEADING = re.compile(r"heading-?([1-6])")


def role_of(style: str, settings: Import) -> str:
    """The role of a style's paragraphs: “title”, “abstract”, “disp-quote” …, or ""."""
    own = settings.styles.get(style, "")
    role = own or _ROLES.get(style.lower(), "")
    return role if role in ROLES else ""


def element_of(style: str, settings: Import) -> str:
    """The element that a style makes of a paragraph, or ""."""
    role = role_of(style, settings)
    return role if role in ELEMENTS else ""


def level_of(style: str, settings: Import) -> int:
    """The level of a heading that [import.styles] says a style is ("heading-2"), or 0."""
    match = _HEADING.fullmatch(settings.styles.get(style, ""))
    return int(match[1]) if match else 0
