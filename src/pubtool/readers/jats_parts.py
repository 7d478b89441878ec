"""JATS and BITS: which chapters a document holds, and what stands outside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtool.readers.jats_run import Element, child, children, every
from pubtool.readers.jats_terms import CHAPTER_TYPES, CHAPTERS, SUB_ARTICLES
from pubtool.readers.jats_words import NESTED, text_in
from pubtool.source import local
from pubtool.text import ascii_id, squeeze

_META = ("article-meta", "front-stub", "book-part-meta")
_VOLUME = ("book-meta", "collection-meta", "journal-meta")
_BODIES = ("body", "named-book-part-body")
_WRAPPERS = frozenset(
    "book book-part-wrapper book-body book-back front-matter book-app-group body back".split()
)
_SHOWN = 12


@dataclass(frozen=True)
class Part:
    """An article, a chapter, or an article inside another: `name` is what --part asks for."""

    name: str
    element: Element
    root: Element

    @property
    def meta(self) -> list[Element]:
        """Its own meta-data."""
        holders = [self.element, *children(self.element, "front")]
        return [m for h in holders for m in children(h, *_META)]

    @property
    def volume(self) -> list[Element]:
        """The meta-data of the book or journal around it, the nearest first."""
        around = [self.element, *self.element.iterancestors()]
        fronts = [f for a in around for f in [a, *children(a, "front")]]
        return [v for f in fronts for v in children(f, *_VOLUME)]

    @property
    def body(self) -> Element | None:
        """Its text."""
        return child(self.element, *_BODIES)

    @property
    def back(self) -> list[Element]:
        """What follows its text."""
        return [p for b in children(self.element, "back") for p in b if local(p) not in NESTED]

    @property
    def title(self) -> str:
        """Its title, as a list of parts shows it."""
        heads = [t for m in self.meta for t in every(m, "article-title", "title")]
        return text_in(heads[0]) if heads else ""

    @property
    def type(self) -> str:
        """What the chapter is in the volume."""
        said = self.element.get("book-part-type", "").lower()
        own = CHAPTERS.get(local(self.element), "chapter")
        return said if said in CHAPTER_TYPES else own


def parts_of(root: Element) -> list[Part]:
    """Every part that is a chapter of its own; a book-part that only holds others is none."""
    found = [root] if local(root) == "article" else []
    names = SUB_ARTICLES if found else frozenset(CHAPTERS)
    found += [e for e in root.iter("*") if local(e) in names and _has_text(e)]
    taken: set[str] = set()
    return [Part(_name(e, n, taken), e, root) for n, e in enumerate(found, 1)]


def _has_text(e: Element) -> bool:
    """True if there is text in it outside the parts inside it."""
    inner = any(local(i) in CHAPTERS for i in e.iter("*") if i is not e)
    own = [p for b in children(e, *_BODIES) for p in b if local(p) not in NESTED]
    return bool(own) or not inner


def _name(e: Element, n: int, taken: set[str]) -> str:
    ids = [text_in(i) for m in children(e, "book-part-meta") for i in children(m, "book-part-id")]
    kind = local(e) if local(e) != "article" else "article"
    wanted = [e.get("id", ""), *ids[:1], f"{kind}-{n}"]
    name = next(w for w in wanted if w and w not in taken)
    taken.add(name)
    return name


def listed(parts: Sequence[Part]) -> str:
    """The parts as a message shows them: name and title."""
    shown = [f"{p.name} “{squeeze(p.title)[:60]}”" for p in parts[:_SHOWN]]
    more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    return "; ".join(shown) + more


def outside(root: Element) -> Iterator[Element]:
    """What of a book stands in none of its chapters: a contents list, an index, references."""
    if local(root) in ("article", *CHAPTERS):
        return
    for part in root:
        if (local(part) in CHAPTERS and _has_text(part)) or local(part) in _VOLUME:
            continue
        if local(part) in _WRAPPERS or local(part) in CHAPTERS:
            yield from _outside(part)
        elif text_in(part):
            yield part


def _outside(wrapper: Element) -> Iterator[Element]:
    for part in wrapper:
        if local(part) in CHAPTERS and _has_text(part):
            continue
        if local(part) in _WRAPPERS or local(part) in CHAPTERS:
            yield from _outside(part)
        elif text_in(part):
            yield part


def stem_of(part: Part, parts: Sequence[Part], stem: str) -> str:
    """The file name of a part: that of the document, and its own where there are several."""
    return stem if len(parts) == 1 else f"{stem}-{ascii_id(part.name)}"
