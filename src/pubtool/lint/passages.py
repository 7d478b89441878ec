"""The running text of a chapter, each character with its place in the file.

lxml forgets where text stands; rules about commas and quotes need it, and `--fix` changes the file
and not a copy of the tree. So the file is read once more, as a row of tags and text: a `Passage` is
the text of one paragraph, title, cell …, with what stands inside it left in or out as a reader
would hear it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pubtool.diagnostics import Place
from pubtool.model import language_of
from pubtool.source import MATHML, Source, local

# What holds running text of its own.
BLOCKS = frozenset(
    "title subtitle short-title trans-title p verse-line attrib source keyword citation-line "
    "as-written th td alt license copyright department institution city country funder award "
    "prefix given family suffix collab orcid email publisher series".split()
)
# What stands in running text without being part of it: a note and a formula leave a mark …
MARKED = frozenset({"fn", "inline-formula", "inline-graphic"})
# … these leave nothing.
UNHEARD = frozenset({"index-term", "query", "page-break"})
# What says the same as its author or publisher wrote it, letter by letter.
VERBATIM = frozenset({"as-written", "citation-line"})
# Elements whose extent inside a passage rules ask for.
_SPANS = frozenset("cite xref ext-link foreign italic bold abbrev monospace".split())
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<cdata>.*?)\]\]>|</(?P<close>[^\s>]+)\s*>"
    r"|<(?P<open>[^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/)?>|(?P<text>[^<]+)",
    re.S,
)
_ENTITY = re.compile(r"&([^;]+);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi\.org/|doi:\s?|\b10\.\d{4,9}/)[^\s<>()]*[^\s<>().,;:!?\"”’»\]]"
    r"|[\w.+-]{1,64}(?:@|\[at\])[\w.-]+\w"
)
_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """An inline element inside a passage, from character to character."""

    start: int
    end: int
    element: etree._Element


@dataclass
class Passage:
    """The text of one block. Offsets into it lead to places in the file."""

    element: etree._Element
    area: str
    file: File
    # Where the element begins in the file, and where its end tag does.
    first: int
    last: int = 0
    spans: list[Span] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _sources: list[int] = field(default_factory=list)
    _raw: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, source: int, raw: int) -> None:
        """Go on with text that stands in `raw` characters of the file from `source` on.

        Text of another length than it has in the file stands for an entity or an element.
        """
        if not text:
            return
        self._starts.append(self.length)
        self._sources.append(source)
        self._raw.append(raw)
        self._parts.append(text)
        self.length += len(text)

    @property
    def kind(self) -> str:
        """The name of the element, such as p, title, as-written."""
        return local(self.element)

    @property
    def verbatim(self) -> bool:
        """True where the wording is evidence and nobody may touch it."""
        return self.kind in VERBATIM

    @cached_property
    def text(self) -> str:
        """The characters as the reader gets them, white space unfolded."""
        return "".join(self._parts)

    @cached_property
    def prose(self) -> str:
        """The text with addresses and words of fixed width blotted out, of the same length."""
        text = _ADDRESS.sub(lambda m: MARK * len(m[0]), self.text)
        for span in self.spans:
            if local(span.element) == "monospace":
                text = text[: span.start] + MARK * (span.end - span.start) + text[span.end :]
        return text

    @cached_property
    def language(self) -> str:
        """The language tag that holds where the passage starts."""
        return language_of(self.element)

    @property
    def tongue(self) -> str:
        """The language without region and script: "en"."""
        return self.language.lower().partition("-")[0]

    def offset(self, i: int) -> int:
        """The offset in the file of character i, or of the end."""
        if not self._starts:
            return 0
        k = bisect_right(self._starts, min(i, self.length - 1)) - 1
        literal = self._raw[k] == len(self._parts[k])
        return self._sources[k] + (i - self._starts[k] if literal else 0)

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the file characters stand, if no tag stands between them; else None."""
        if start == end:
            return None
        k = bisect_right(self._starts, end - 1) - 1
        literal = self._raw[k] == len(self._parts[k])
        first = self.offset(start)
        last = self.offset(end - 1) + (1 if literal else self._raw[k])
        raw = self.file.text[first:last]
        said = "".join(text for text, _, _ in _pieces(raw, first)) if "&" in raw else raw
        return (first, last) if said == self.text[start:end] else None

    def runs(self) -> list[tuple[int, int, int]]:
        """(first, last, start): the file from first to last holds the characters from start on."""
        rows = zip(self._sources, self._raw, self._starts, strict=True)
        return [(source, source + raw, start) for source, raw, start in rows if raw]

    def place(self, i: int) -> Place:
        """Line and column of character i."""
        return self.file.place(self.offset(i))

    def inside(self, i: int, *names: str) -> Span | None:
        """The inline element of one of these names around character i."""
        near = (span for name in names for span in self._by_name.get(name, ()))
        return next((span for span in near if span.start <= i < span.end), None)

    @cached_property
    def _by_name(self) -> dict[str, list[Span]]:
        groups: dict[str, list[Span]] = {}
        for span in self.spans:
            groups.setdefault(local(span.element), []).append(span)
        return groups


@dataclass
class File:
    """The text of a chapter's file, and where its lines begin."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(m.end() for m in _BREAKS.finditer(self.text))]

    def place(self, offset: int) -> Place:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return Place(self.name, line, offset - self.lines[line - 1] + 1)

    def offset(self, place: Place) -> int | None:
        """The offset of a place; None for the file as a whole and for another file."""
        if place.file != self.name or not 1 <= place.line <= len(self.lines):
            return None
        return self.lines[place.line - 1] + max(place.column, 1) - 1


def passages(source: Source) -> list[Passage]:
    """Every passage of a chapter in the order of their beginnings."""
    file = File(source.file, source.data.decode("utf-8-sig"))
    elements = iter(source.root.iter("*"))
    found: list[Passage] = []
    stack: list[_Open] = [_Open(None, None, "front")]
    for token in _TOKEN.finditer(file.text):
        if token["open"]:
            _open(next(elements), token.start(), stack, found, file)
        if token["close"] or token["empty"]:
            _close(stack, token.start())
        elif (here := stack[-1].passage) is not None:
            _add_text(here, token)
    return found


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet, the passage its text belongs to, and where it began."""

    element: etree._Element | None
    passage: Passage | None
    area: str
    start: int = 0


_AREAS = frozenset({"front", "body", "back", "references"})


def _open(
    element: etree._Element, offset: int, stack: list[_Open], found: list[Passage], file: File
) -> None:
    around, name = stack[-1], local(element)
    area = name if name in _AREAS else around.area
    here = around.passage
    if name in MARKED or name in UNHEARD:
        if here is not None and name in MARKED:
            here.add(MARK, offset, 0)
        here = None
    elif name in BLOCKS or (name == "term" and _is_entry(element)):
        here = Passage(element, area, file, offset)
        found.append(here)
    elif str(element.tag).startswith(f"{{{MATHML}}}") or name in ("tex", "code"):
        here = None
    elif name == "break" and here is not None:
        here.add("\n", offset, 0)
    elif name in ("cite", "xref") and here is not None and _is_empty(element):
        here.add(MARK, offset, 0)
    stack.append(_Open(element, here, area, here.length if here is not None else 0))


def _is_entry(term: etree._Element) -> bool:
    """True for a term that is defined, not for one in running text."""
    parent = term.getparent()
    return parent is not None and local(parent) == "def-item"


def _is_empty(element: etree._Element) -> bool:
    return not len(element) and not (element.text or "").strip()


def _close(stack: list[_Open], offset: int) -> None:
    ended = stack.pop()
    if ended.element is None or ended.passage is None:
        return
    if ended.element is ended.passage.element:
        ended.passage.last = offset
    elif local(ended.element) in _SPANS:
        ended.passage.spans.append(Span(ended.start, ended.passage.length, ended.element))


def _add_text(passage: Passage, token: re.Match[str]) -> None:
    if token["cdata"] is not None:
        passage.add(token["cdata"], token.start("cdata"), len(token["cdata"]))
    elif token["text"]:
        for text, offset, raw in _pieces(token["text"], token.start()):
            passage.add(text, offset, raw)


def _pieces(raw: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """Text as (characters, offset in the file, length there): entities stand apart."""
    end = 0
    for entity in _ENTITY.finditer(raw):
        yield raw[end : entity.start()], offset + end, entity.start() - end
        yield _character(entity[1]), offset + entity.start(), len(entity[0])
        end = entity.end()
    yield raw[end:], offset + end, len(raw) - end


def _character(name: str) -> str:
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _ENTITIES[name]
