"""PDF: WeasyPrint's document, its paragraphs broken between reading styles and laying out pages.

WeasyPrint goes from page to document in one step (`Document._render`); here the step is taken
apart with its own functions, and the lines are set in between. If lines did not come out as
planned, the pages are made once more. A hyphen at the end of a page is taken back in place, where
the paragraph has as many good lines without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from pubtool.writers.pdf_breaks import Bound
from pubtool.writers.pdf_cut import Outcome, cut, outcome, recut
from pubtool.writers.pdf_glyphs import draw_quickly
from pubtool.writers.pdf_notes import keep_notes
from pubtool.writers.pdf_paragraphs import (
    Line,
    Paragraph,
    balanced,
    filled,
    is_heading,
    is_justified,
    paragraphs,
)
from pubtool.writers.pdf_shaping import shape_once
from pubtool.writers.pdf_styles import compute_once

# What addresses on the page are relative to: no place that could be read.
_BASE = "pubtool:"
_XHTML = "{http://www.w3.org/1999/xhtml}"
# Pages are made anew at most so often.
_AGAIN = 2
# Left and right pages, the first (0) and any other.
_KINDS = (("left", 0), ("right", 0), ("left", 1), ("right", 1))
# Pages whose text differs no more in width are alike, in CSS pixels.
_ALIKE = 0.25


@dataclass(slots=True)
class Plan:
    """The lines of each paragraph, by its number on the page; None leaves it to the engine."""

    whole: bool
    lines: dict[int, list[Line] | None] = field(default_factory=dict)

    def of(self, number: int, paragraph: Paragraph, context: Any) -> list[Line] | None:
        """The lines of a paragraph."""
        if number not in self.lines:
            self.lines[number] = self._made(paragraph, context)
        return self.lines[number]

    def _made(self, paragraph: Paragraph, context: Any) -> list[Line] | None:
        if is_heading(paragraph):
            return balanced(paragraph, context)
        return filled(paragraph, context) if self.whole and is_justified(paragraph) else None

    def learn(self, seen: Outcome) -> bool:
        """True if lines came out otherwise than planned; the engine breaks those paragraphs."""
        wrong = {number for number in seen.misfits if self.lines.get(number) is not None}
        self.lines.update(dict.fromkeys(wrong))
        return bool(wrong)


@dataclass(frozen=True, slots=True)
class Boxes:
    """A page read, with its styles, before it is laid out: the root box, WeasyPrint's context."""

    html: Any
    root: Any
    context: Any

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the text and of the notes; none where pages differ in width."""
        pages = [_widths(side, n, self.context, self.html) for side, n in _KINDS]
        texts, notes = zip(*pages, strict=True)
        if max(texts) - min(texts) <= _ALIKE and max(notes) - min(notes) <= _ALIKE:
            yield from paragraphs(self.root, min(texts))
            for note in self.context.footnotes:
                yield from paragraphs(note, min(notes))


def opened(page: bytes, fetch: Any) -> Any:
    """A page of UTF-8 as WeasyPrint's HTML, whose styles and images `fetch` gets.

    XHTML, which pubtool's own pages are, is read by Python's parser, many times as fast as
    WeasyPrint's own; a publisher's page may be what WeasyPrint alone can read.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    try:
        root = ElementTree.fromstring(page)  # noqa: S314  (the page is made by pubtool)
    except ElementTree.ParseError:
        return HTML(string=page.decode("utf-8"), base_url=_BASE, url_fetcher=fetch)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_XHTML)
    html = HTML.__new__(HTML)
    html.base_url, html.url_fetcher, html.media_type = _BASE, fetch, "print"
    html.wrapper_element = ElementWrapper.from_html_root(root)
    html.etree_element = html.wrapper_element.etree_element
    return html


def laid_out(
    html: Any, styles: Sequence[Any], fonts: Any, options: dict[str, Any], *, whole: bool
) -> tuple[Any, Outcome]:
    """WeasyPrint's document of a page, and how its lines came out.

    `whole` breaks paragraphs as wholes; otherwise the engine fills line after line.
    """
    shape_once()
    draw_quickly()
    compute_once()
    options, plan = _complete(options), Plan(whole)
    for _ in range(_AGAIN + 1):
        boxes = read(html, styles, fonts, options)
        found = list(boxes.paragraphs())
        pages = _pages(boxes, found, plan)
        seen = outcome(pages)
        if not plan.learn(seen):
            break
    for number, ends in sorted(seen.turned.items()):
        _hyphens_taken_back(found[number], number, ends, seen, boxes.context)
    return _document(html, pages, fonts, options), seen


def read(html: Any, styles: Sequence[Any], fonts: Any, options: dict[str, Any]) -> Boxes:
    """The boxes of a page, its styles computed."""
    from weasyprint.css.counters import CounterStyle
    from weasyprint.document import Document
    from weasyprint.formatting_structure.build import build_formatting_structure

    counters, wanted = CounterStyle(), {**_complete(options), "stylesheets": styles}
    context = Document._build_layout_context(html, fonts, counters, {}, wanted)
    keep_notes(context)
    root = build_formatting_structure(
        html.etree_element, context.style_for, context.get_image_from_uri, html.base_url,
        context.target_collector, counters, context.footnotes,
    )  # fmt: skip
    return Boxes(html, root, context)


def _pages(boxes: Boxes, found: Sequence[Paragraph], plan: Plan) -> list[Any]:
    """The pages, laid out after the plan."""
    from weasyprint.layout import layout_document

    for number, paragraph in enumerate(found):
        lines = plan.of(number, paragraph, boxes.context)
        if lines is not None:
            cut(paragraph, lines, number)
    return list(layout_document(boxes.html, boxes.root, boxes.context))


def _hyphens_taken_back(
    paragraph: Paragraph, number: int, ends: set[int], seen: Outcome, context: Any
) -> None:
    """Put as many other lines in place, if there are good ones, that end no page in a hyphen."""
    old = seen.places[number]
    lines = filled(paragraph, context, Bound(len(old), frozenset(ends)))
    if lines is not None:
        recut(paragraph, lines, number, old, context)


def _document(html: Any, pages: list[Any], fonts: Any, options: dict[str, Any]) -> Any:
    from weasyprint.document import Document, DocumentMetadata, Page
    from weasyprint.html import get_html_metadata

    facts = DocumentMetadata(**get_html_metadata(html))
    made = [Page(page) for page in pages]
    document = Document(made, facts, html.url_fetcher, fonts, {}, options["output_intent"])
    document._html = html
    return document


def _complete(options: dict[str, Any]) -> dict[str, Any]:
    """All options of the engine, with what a variant of PDF stands for."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.pdf import VARIANTS

    known = {**DEFAULT_OPTIONS, **options}
    _, properties = VARIANTS[known["pdf_variant"]]
    return {**known, **{k: v for k, v in properties.items() if k in known and known[k] is None}}


def _widths(side: str, number: int, context: Any, html: Any) -> tuple[float, float]:
    """The width of the text on a left or right page of a number from 0, and that of its notes."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox, PageBox
    from weasyprint.layout.page import PageType, page_width, set_page_type_computed_styles
    from weasyprint.layout.percent import resolve_percentages

    kind = PageType(side, False, "", number, ())
    set_page_type_computed_styles(kind, html, context.style_for)
    page = PageBox(kind, context.style_for(kind))
    resolve_percentages(page, page.style["size"])
    page_width(page, context, page.style["size"][0])
    area_style = context.style_for(kind, "@footnote")
    if area_style is None:
        return page.width, page.width
    area = FootnoteAreaBox(page, area_style)
    resolve_percentages(area, (page.width, "auto"))
    sides = (
        area.margin_left, area.margin_right, area.padding_left, area.padding_right,
        area.border_left_width, area.border_right_width,
    )  # fmt: skip
    return page.width, page.width - sum(side for side in sides if side != "auto")
