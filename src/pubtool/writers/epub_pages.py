"""EPUB: the pages of the print edition, each marked before the word it begins with.

A mark stands before a heading or figure that opens a page (DAISY Structure Guidelines: level, page
number, heading), before what pubtool wrote ahead of the first word ("Figure 3"), and before the
whole of a word that the turn of the page divides: a mark within it would break it for search and
for voices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from pubtool.conservation import chapter_words, seal
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.model import q
from pubtool.pagination import Pages, PageStart, from_json, holds, paginate
from pubtool.source import local
from pubtool.text import letters
from pubtool.writers.epub_package import page_breaks
from pubtool.writers.epub_text import HEADINGS, XHTML

_INLINE = frozenset("a abbr b bdi code em i s small span strong sub sup u".split())
_CONTAINERS = frozenset("section body div li dd blockquote".split())
_ROOMS = frozenset("section body td th".split())
Element = etree._Element


# ── which pages ──


def of_print(edition: Edition) -> tuple[Pages | None, list[Diagnostic]]:
    """The pages of the print PDF, if it was made and is of this chapter (PT704, PT705, PT707)."""
    data, root = edition.facts.get("print"), edition.chapter.root
    place = Place(edition.chapter.file)
    if data is None:
        return None, []
    if next(root.iter(q("page-break")), None) is not None:
        message = (
            "the chapter marks the pages of its print edition; those of the print PDF are not used"
        )
        return None, [found("PT707", place, message)]
    try:
        pages = from_json(data)
    except (ValueError, KeyError, TypeError):
        message = "the file with the pages of the print PDF cannot be read"
        return None, [found("PT704", place, message)]
    gone = next((page for page in pages.starts if not holds(root, page)), None)
    if gone is not None:
        message = f"page {gone.label} of the print PDF begins with “{gone.text}”"
        return None, [found("PT704", place, f"{message}, which is no longer there")]
    if pages.words != seal(chapter_words(edition.chapter)):
        message = "the words of the chapter have changed since the print PDF was made"
        return pages, [found("PT705", place, message)]
    return pages, []


def paged(edition: Edition, pages: Pages) -> Edition:
    """The edition with the page breaks of its print PDF."""
    starts = pages.starts
    if starts and starts[0].label != pages.first:  # nothing but the chapter's number stands there
        starts = (PageStart(pages.first, "", 0, 0, ""), *starts)
    root = paginate(edition.chapter.root, starts)
    return replace(edition, chapter=replace(edition.chapter, root=root))


def unmarked(text: Element, pages: Pages, place: Place) -> list[Diagnostic]:
    """Pages that have no mark in the book (PT706); blank ones at the end need none."""
    last = max((pages.labels.index(page.label) for page in pages.starts), default=-1)
    there = {mark.get("data-page") for mark in page_breaks(text)}
    lost = [label for label in pages.labels[: last + 1] if label not in there]
    if not lost:
        return []
    message = f"no mark in the EPUB for what begins on these printed pages: {', '.join(lost)}"
    return [found("PT706", place, message)]


# ── where their marks stand ──


def settled(text: Element, pages: Pages | None, place: Place) -> list[Diagnostic]:
    """Set each mark before the word, heading or figure that opens its page (PT706)."""
    led = {page.label: page.led for page in pages.starts} if pages else {}
    for mark in page_breaks(text):
        _settle(mark, led.get(mark.get("data-page", ""), 0))
    if pages is None:
        return []
    _open_chapter(text, pages)
    return unmarked(text, pages, place)


def _open_chapter(text: Element, pages: Pages) -> None:
    """Set the mark of the first page before all of the chapter."""
    for mark in page_breaks(text):
        if mark.get("data-page") == pages.first:
            _take(mark)
            next(text.iter(f"{{{XHTML}}}section")).insert(0, mark)


def _settle(mark: Element, led: int) -> None:
    block = next(e for e in mark.iterancestors() if local(e) not in _INLINE)
    if local(block) in _CONTAINERS and block.get("class") != "line-block":
        return  # between blocks, where the chapter itself put it
    runs = _before(block, mark)
    at = _boundary(runs, led)
    if at == 0:
        _open(block, mark, led)
    elif at < sum(len(run.text) for run in runs):
        _put(runs, at, mark)


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text before a mark, where the tree holds it, and whether pubtool wrote it."""

    text: str
    holder: Element
    held: Literal["text", "tail"]
    ours: bool


def _before(block: Element, mark: Element) -> list[_Run]:
    """The text of a block up to a mark, in order; a line break counts as a space."""
    around, found = set(mark.iterancestors()), []

    def read(e: Element, ours: bool) -> bool:
        """Note the text of an element; True if the mark was met."""
        if e is mark:
            return True
        ours = ours or (e.get("data-generated") is not None and e not in around)
        found.append(_Run(" " if local(e) == "br" else e.text or "", e, "text", ours))
        for inner in e.iterchildren("*"):
            if read(inner, ours):
                return True
            found.append(_Run(inner.tail or "", inner, "tail", ours))
        return False

    read(block, ours=False)
    return found


def _boundary(runs: list[_Run], led: int) -> int:
    """How many letters of the text before a mark stay before it."""
    text = "".join(run.text for run in runs)
    ours = [run.ours for run in runs for _ in run.text]
    at = _word(text, len(text))
    if led:
        at = _past(text, ours, at, led)
    opened = all(mine or text[n].isspace() for n, mine in enumerate(ours[:at]))
    return 0 if opened else at


def _word(text: str, at: int) -> int:
    """The beginning of the word that ends at a place."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _past(text: str, ours: list[bool], at: int, led: int) -> int:
    """The place from which `led` letters that pubtool wrote stand before a place."""
    led -= len(letters(text[at:]))
    end = len(text[:at].rstrip())
    if led <= 0 or not end or not ours[end - 1]:
        return at
    while end and ours[end - 1] and led > 0:
        end -= 1
        led -= len(letters(text[end]))
    return _word(text, end)


def _put(runs: list[_Run], at: int, mark: Element) -> None:
    """Move a mark to a place in the text before it, outside the markup that it would open."""
    _take(mark)
    for run in runs:
        if at < len(run.text):
            break
        at -= len(run.text)
    holder = run.holder
    # What stood after the mark has come back into the text.
    text = (holder.tail if run.held == "tail" else holder.text) or ""
    if run.held == "tail":
        holder.tail = text[:at]
        holder.addnext(mark)
        mark.tail = text[at:]
    elif at or local(holder) not in _INLINE:
        holder.text, mark.tail = text[:at], text[at:]
        holder.insert(0, mark)
    else:
        _outermost(holder).addprevious(mark)


def _outermost(e: Element) -> Element:
    """The outermost inline element that begins with an element."""
    around = e.getparent()
    while around is not None and local(around) in _INLINE and around[0] is e and not around.text:
        e, around = around, around.getparent()
    return e


def _open(block: Element, mark: Element, led: int) -> None:
    """Set a mark before all of a block, and before the heading or figure that leads to it."""
    _take(mark)
    first = _leading(block, led)
    if first is block and local(block) not in HEADINGS:
        mark.tail, block.text = block.text, None
        block.insert(0, mark)
    else:
        first.addprevious(mark)


def _leading(block: Element, led: int) -> Element:
    """What stands on the page before the words of a block: a heading or label of ours, a figure."""
    first = here = block
    while True:
        before = here.getprevious()
        if before is not None:
            words = _ours(before)
            if local(before) != "img" and not (words and led > 0):
                return first
            led -= len(words)
            here = first = before
        else:
            around = here.getparent()
            if around is None or local(around) in _ROOMS:
                return first
            here = around
            if local(here) in ("figure", "table"):
                first = here


def _ours(e: Element) -> str:
    """The letters of an element all of whose words are pubtool's, else nothing."""
    runs = [run for run in _before(e, etree.Element("none")) if run.text.strip()]
    return letters("".join(run.text for run in runs)) if all(run.ours for run in runs) else ""


def _take(mark: Element) -> None:
    """Take a mark out of the text, which stays."""
    before, parent = mark.getprevious(), mark.getparent()
    tail, mark.tail = mark.tail or "", None
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
    if parent is not None:
        parent.remove(mark)
