"""PDF: which paragraphs a page has, how wide they are, and where their lines had best end.

The boxes are WeasyPrint's, as it holds them between reading styles and laying out pages; so the
measure and every size come from the stylesheet alone. Lengths are CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.writers.pdf_breaks import Bound, Gaps, Point, Taste, even, optimal
from pubtool.writers.pdf_runs import Break, Unmeasured, leaves, places
from pubtool.writers.pdf_widths import setting

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# How far gaps may be stretched, in parts of them: by choice, and if there is no other way.
_CHOICE, _NEED = 1.5, 3.5
# What is left of a line, so that rounding makes none too long: a hair of 0.01 mm.
_LEFT = 0.04
# A last line is longer than the indent, and than so many em.
_SHORT = 2.5


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines to be: the box that holds them, what stands in them, their style and measure."""

    holder: Any
    content: Sequence[Any]
    style: Any
    measure: float
    indent: float


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line ends, and by how much its gaps are wider than they are by nature."""

    end: Break
    wider: float = 0.0


# ── where they are ──


def paragraphs(block: Any, width: float) -> Iterator[Paragraph]:
    """The paragraphs in a block whose containing block is `width` wide.

    Left to the engine: tables, columns, blocks of a given width, what stands beside a float.
    """
    from weasyprint.formatting_structure import boxes as kinds

    inner = _inner_width(block, width)
    if inner is None:
        return
    if block.children and all(isinstance(b, kinds.InlineLevelBox) for b in block.children):
        yield _paragraph(block, block, inner)  # a note, which gets its lines later
        return
    for child in block.children:
        if isinstance(child, kinds.LineBox):
            yield _paragraph(child, block, inner)
        elif child.is_floated():
            return
        elif type(child) is kinds.BlockBox and child.is_in_normal_flow():
            yield from paragraphs(child, inner)


def _paragraph(holder: Any, block: Any, measure: float) -> Paragraph:
    from weasyprint.layout.percent import percentage

    indent = percentage(block.style["text_indent"], block.style, measure)
    return Paragraph(holder, tuple(holder.children), block.style, measure, indent)


def _inner_width(block: Any, width: float) -> float | None:
    """How wide the content of a block in normal flow is (CSS 2.2, 10.3.3), if that is plain."""
    from weasyprint.layout.percent import resolve_percentages

    resolve_percentages(block, (width, "auto"))
    columns = {block.style["column_width"], block.style["column_count"]} != {"auto"}
    if block.is_table_wrapper or columns or block.width != "auto":
        return None
    around = (
        block.margin_left, block.margin_right, block.padding_left, block.padding_right,
        block.border_left_width, block.border_right_width,
    )  # fmt: skip
    inner = width - sum(part for part in around if part != "auto")
    return float(max(min(inner, block.max_width), block.min_width))


def is_plain(paragraph: Paragraph) -> bool:
    """True if nothing speaks against breaking a paragraph beforehand."""
    style = paragraph.style
    return bool(style["direction"] == "ltr" and style["white_space"] == "normal")


def is_justified(paragraph: Paragraph) -> bool:
    """True if the lines of a paragraph fill its measure."""
    return bool(is_plain(paragraph) and paragraph.style["text_align_all"] == "justify")


def is_heading(paragraph: Paragraph) -> bool:
    """True if a paragraph is a heading that is not justified."""
    tag, ragged = paragraph.holder.element_tag, paragraph.style["text_align_all"] != "justify"
    return tag in HEADINGS and ragged and is_plain(paragraph)


# ── where their lines end ──


def filled(paragraph: Paragraph, context: Any, bound: Bound | None = None) -> list[Line] | None:
    """The best lines of a justified paragraph.

    None leaves it to the engine: it has but one line, cannot be measured, or has no good breaks;
    with a bound, none that are neither loose nor end in a hyphen where they should not.
    """
    found = _surveyed(paragraph, context)
    if found is None or found[0][-1].end + paragraph.indent <= paragraph.measure:
        return None
    type_ = setting(paragraph.style, context)
    taste = Taste(short=max(paragraph.indent, _SHORT * type_.size))
    for most in (_CHOICE,) if bound else (_CHOICE, _NEED):
        points, breaks = _whole_at_end(*found) if most == _CHOICE else found
        gaps = Gaps(type_.blank, most=most)
        chosen = optimal(points, paragraph.measure, paragraph.indent, gaps, taste, bound)
        if chosen is not None:
            return list(_lines(points, breaks, chosen, paragraph))
    return None


def _whole_at_end(points: list[Point], breaks: list[Break]) -> tuple[list[Point], list[Break]]:
    """All places but the hyphens in the last word."""
    word = max((i for i, p in enumerate(points[:-1]) if not p.hyphen), default=-1)
    return [*points[: word + 1], points[-1]], [*breaks[: word + 1], breaks[-1]]


def _surveyed(paragraph: Paragraph, context: Any) -> tuple[list[Point], list[Break]] | None:
    try:
        found = leaves(paragraph.content, context, paragraph.measure)
    except Unmeasured:
        return None
    return places(found, paragraph.style["lang"])


def _lines(
    points: list[Point], breaks: list[Break], chosen: list[int], paragraph: Paragraph
) -> Iterator[Line]:
    """The lines that end at the chosen points, with what their gaps have to give."""
    start, gaps = -paragraph.indent, 0
    for number in chosen:
        point, count = points[number], points[number].end_gaps - gaps
        room = paragraph.measure - (point.end - start) - _LEFT
        if number == chosen[-1]:
            room = min(room, 0.0)
        yield Line(breaks[number], room / count if count else 0.0)
        start, gaps = point.start, point.start_gaps


def balanced(paragraph: Paragraph, context: Any) -> list[Line] | None:
    """The lines of a heading, few and even; None leaves it to the engine."""
    found = _surveyed(paragraph, context)
    if found is None:
        return None
    points, breaks = found
    if points[-1].end <= paragraph.measure:
        return None
    colons = [i for i, b in enumerate(breaks) if b.after_colon]
    chosen = even(points, paragraph.measure, colons)
    return [Line(breaks[number]) for number in chosen] if chosen else None
