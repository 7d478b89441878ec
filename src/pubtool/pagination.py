"""Where pages begin: the facts a PDF tells, and page breaks put into a chapter after them. Pure.

A page begins at a word of an element of the resolved chapter. The words counted are the element's
own flowing text: that of the markup within its lines too, not that of elements within it which
stand apart (notes, formulas, blocks), and not what pubtool wrote itself.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from lxml import etree

from pubtool.conservation import INLINE
from pubtool.model import q
from pubtool.resolve import GENERATED
from pubtool.source import local
from pubtool.text import letters

_SILENT = frozenset({"query", "index-term", "page-break"})
_STEP = re.compile(r"([\w-]+)\[(\d+)\]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PageStart:
    """The first word of a page.

    `label` is the page's number as printed; `element` the path of an element below the chapter,
    "body[1]/sec[2]/p[3]"; `word` counts the words of its own flowing text from 0; `split` is how
    many letters of that word stand on the page before; `text` is the word itself; `led` is how
    many letters that pubtool wrote ("Figure 3", "Appendix") stand before it on the page.
    """

    label: str
    element: str
    word: int
    split: int
    text: str
    led: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF: first and last label, and how each begins.

    A page without a word of the text (a plate, a blank) has a label and no start. `words` is the
    seal of the words that were printed.
    """

    labels: tuple[str, ...]
    starts: tuple[PageStart, ...]
    words: str = ""

    @property
    def first(self) -> str:
        """The label of the first page."""
        return self.labels[0]

    @property
    def last(self) -> str:
        """The label of the last page."""
        return self.labels[-1]


def as_json(pages: Pages) -> bytes:
    """Page facts as they are written beside a PDF."""
    begun = {start.label: _as_row(start) for start in pages.starts}
    rows = [begun.get(label, {"label": label}) for label in pages.labels]
    told = {"first": pages.first, "last": pages.last, "words": pages.words, "pages": rows}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _as_row(start: PageStart) -> dict[str, str | int]:
    row = asdict(start)
    return row if start.led else {name: row[name] for name in row if name != "led"}


def from_json(data: bytes) -> Pages:
    """The page facts of a file that `as_json` wrote. Raises ValueError, KeyError, TypeError."""
    told = json.loads(data)
    rows = told["pages"]
    starts = tuple(PageStart(**row) for row in rows if len(row) > 1)
    return Pages(tuple(row["label"] for row in rows), starts, told.get("words", ""))


# ── from letters to words ──


def path_of(element: etree._Element) -> str:
    """The path of an element below its chapter, each step counted among its namesakes."""
    steps: list[str] = []
    here = element
    while (parent := here.getparent()) is not None:
        number = 1 + len(list(here.itersiblings(q(local(here)), preceding=True)))
        steps.append(f"{local(here)}[{number}]")
        here = parent
    return "/".join(reversed(steps))


def at_path(root: etree._Element, path: str) -> etree._Element | None:
    """The element of a chapter that a path leads to, or None."""
    here: etree._Element | None = root
    for name, number in _STEP.findall(path):
        if here is None:
            return None
        found = here.findall(q(name))
        here = found[int(number) - 1] if 0 < int(number) <= len(found) else None
    return here


def start(label: str, element: etree._Element, before: int, *, led: int = 0) -> PageStart | None:
    """The start of a page before which `before` letters of an element's own text were printed.

    None if the element has no more letters than that.
    """
    for number, word in enumerate(_WORD.finditer(flowing_text(element))):
        held = len(letters(word[0]))
        if held > before:
            return PageStart(label, path_of(element), number, before, word[0], led)
        before -= held
    return None


def holds(root: etree._Element, page: PageStart) -> bool:
    """True if a resolved chapter has the word a page began with where the page facts say."""
    element = at_path(root, page.element)
    words = _WORD.findall(flowing_text(element)) if element is not None else []
    return page.word < len(words) and bool(words[page.word] == page.text)


def flowing_text(element: etree._Element) -> str:
    """The own flowing text of an element."""
    return "".join(run.text for run in _runs(element))


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of flowing text, and where the tree holds it; `held` is empty for a line break."""

    text: str
    holder: etree._Element
    held: Literal["text", "tail", ""]


def _runs(element: etree._Element) -> Iterator[_Run]:
    yield _Run(element.text or "", element, "text")
    for inner in element.iterchildren("*"):
        name = local(inner)
        if name == "break":
            yield _Run(" ", inner, "")
        elif name in INLINE and name not in _SILENT and inner.get(GENERATED) != "yes":
            yield from _runs(inner)
        yield _Run(inner.tail or "", inner, "tail")


# ── page breaks ──


def paginate(root: etree._Element, pages: Sequence[PageStart]) -> etree._Element:
    """A copy of a resolved chapter with a `<page-break number="…">` before each page's first word.

    The first page begins before the first paragraph, since no break may stand before a title.
    A chapter that has page breaks already, those of an edition in print, keeps them alone.
    """
    paged = copy.deepcopy(root)
    if next(paged.iter(q("page-break")), None) is not None:
        return paged
    ids = {e.get("id") for e in paged.iter("*")}
    # From the last to the first: what is put in does not move what comes before it.
    for page in reversed(pages[1:]):
        element = at_path(paged, page.element)
        if element is not None:
            _insert(element, page, _break(page, ids))
    if pages:
        _before_text(paged, _break(pages[0], ids))
    return paged


def _break(page: PageStart, ids: set[str | None]) -> etree._Element:
    name = f"page-{page.label}"
    while name in ids:
        name += "_"
    ids.add(name)
    return etree.Element(q("page-break"), number=page.label, id=name)


def _before_text(root: etree._Element, mark: etree._Element) -> None:
    """Put a break before the first paragraph of the abstracts, or of the text."""
    first = next(root[0].iterfind(f"{q('abstract')}//{q('p')}"), None)
    if first is None:
        root[1].insert(0, mark)
    else:
        mark.tail, first.text = first.text, None
        first.insert(0, mark)


def _insert(element: etree._Element, page: PageStart, mark: etree._Element) -> None:
    at = _offset(element, page)
    for run in _runs(element):
        if at < len(run.text) and run.held:
            _split(run, at, mark)
            return
        at -= len(run.text)


def _offset(element: etree._Element, page: PageStart) -> int:
    """Where in the own flowing text of an element a page begins: a number of characters."""
    words = list(_WORD.finditer(flowing_text(element)))
    if page.word >= len(words):
        return 0
    word, left = words[page.word], page.split
    for at, sign in enumerate(word[0]):
        held = len(letters(sign))
        if held > left or (held == left == 0 and not page.split):
            return word.start() + at
        left -= held
    return word.end()


def _split(run: _Run, at: int, mark: etree._Element) -> None:
    """Put a mark into a piece of text, in the place of its holder's text or tail."""
    head, mark.tail = run.text[:at], run.text[at:]
    if run.held == "text":
        run.holder.text = head
        run.holder.insert(0, mark)
    else:
        run.holder.tail = head
        run.holder.addnext(mark)
