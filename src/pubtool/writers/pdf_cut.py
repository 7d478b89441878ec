"""PDF: paragraphs cut into their lines, and whether the engine set those lines and no others.

Each line becomes boxes of its own within the markup that is there, ended by a line feed, its gaps
as wide as they have to be. So there is nothing left for the engine to break or to justify.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Any

from pubtool.writers.pdf_paragraphs import Line, Paragraph
from pubtool.writers.pdf_runs import SOFT
from pubtool.writers.pdf_widths import PANGO_UNITS, has_plain_blanks

# What layout and drawing ask of the style of a text. Once computed, it is there in the copies for
# all lines, each of which would compute it anew: a tenth of the time of a PDF.
_ASKED = (
    "anchor", "appearance", "background_color", "background_image", "bookmark_level",
    "bookmark_state", "border_bottom_left_radius", "border_bottom_right_radius", "border_collapse",
    "border_image_source", "border_top_left_radius", "border_top_right_radius", "box_shadow",
    "box_sizing", "color", "direction", "float", "height", "image_orientation", "line_height",
    "margin_bottom", "margin_left", "margin_right", "margin_top", "mask_border_source",
    "max_height", "max_width", "min_height", "min_width", "opacity", "outline_color",
    "outline_offset", "outline_style", "overflow", "overflow_wrap", "padding_bottom",
    "padding_left", "padding_right", "padding_top", "text_decoration_color",
    "text_decoration_line", "transform", "vertical_align", "visibility", "width",
)  # fmt: skip
# How far a line may stand out before it counts as too long, in CSS pixels.
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """What a box tells of itself after layout: its paragraph, its line, how that line ends."""

    paragraph: int
    line: int
    hyphen: bool


def cut(paragraph: Paragraph, lines: Sequence[Line], number: int) -> Any:
    """Cut what stands in a paragraph, the `number`th of the page, into its lines.

    Returns the box that holds them.
    """
    holder = paragraph.holder
    holder.children = _Cutter(lines, number).boxes(paragraph.content)
    holder.style = holder.style.copy()
    holder.style["text_align_all"] = "start"
    return holder


@dataclass(slots=True)
class _Cutter:
    """A walk along a paragraph: at which letter it is, and in which line."""

    lines: Sequence[Line]
    paragraph: int
    line: int = 0
    at: int = 0
    styles: dict[tuple[int, int], Any] = field(default_factory=dict)
    bound: dict[int, bool] = field(default_factory=dict)

    def boxes(self, children: Sequence[Any]) -> list[Any]:
        """The children of a box, texts cut where lines end."""
        from weasyprint.formatting_structure import boxes as kinds

        made: list[Any] = []
        for child in children:
            if isinstance(child, kinds.TextBox):
                made.extend(self.texts(child))
            elif isinstance(child, kinds.InlineBox) and child.is_in_normal_flow():
                made.append(child.copy_with_children(self.boxes(child.children)))
            else:
                made.append(child)
                self.at += 1 if child.is_in_normal_flow() else 0
        return made

    def texts(self, box: Any) -> Iterator[Any]:
        """The pieces of a text, one for each line it stands in."""
        start, text = self.at, box.text
        while self.at - start < len(text):
            line = self.lines[self.line]
            end = min(line.end.offset, start + len(text))
            piece = text[self.at - start : end - start]
            if self.at == 0:
                piece = piece.lstrip(" ")
            self.at = end
            if end == line.end.offset:
                piece = self.ended(piece, box)
            if piece:
                yield self.piece(box, piece)
            if end == line.end.offset:
                self.line += 1

    def ended(self, text: str, box: Any) -> str:
        """A text as it ends its line."""
        line, text = self.lines[self.line], text.rstrip(" ")
        if line.end.hyphenated:
            text = text.rstrip(SOFT) + box.style["hyphenate_character"]
        return text if self.line + 1 == len(self.lines) else f"{text}\n"

    def piece(self, box: Any, text: str) -> Any:
        """A box for the part of a text that stands in this line."""
        made = box.copy_with_text(text)
        made.style = self.style(box.style)
        if not self.is_bound(box.style):
            made.justification_spacing = self.wider(0.0)
        hyphen = text.endswith(("-\n", "\u2010\n", box.style["hyphenate_character"] + "\n"))
        made.mark = Mark(self.paragraph, self.line, hyphen)
        return made

    def style(self, style: Any) -> Any:
        """The style of a text in this line: that it is not to be broken; its gaps, if bound."""
        bound = self.is_bound(style)
        key = (id(style), self.line if bound else 0)
        if key not in self.styles:
            for name in _ASKED:
                style[name]
            made = self.styles[key] = style.copy()
            made["white_space"] = "pre"
            if bound:
                made["word_spacing"] = self.wider(style["word_spacing"])
        return self.styles[key]

    def is_bound(self, style: Any) -> bool:
        """True if the gaps are bound to the style, not widened where the line is drawn.

        So they are where a blank changes the letters beside it, and where the engine justifies even
        the last line, which each of ours is to it.
        """
        key = id(style)
        if key not in self.bound:
            own = style["word_spacing"] or style["text_align_last"] == "justify"
            self.bound[key] = bool(own or not has_plain_blanks(style))
        return self.bound[key]

    def wider(self, gap: float) -> float:
        """A gap as it is in this line, in whole units of the engine."""
        return floor((gap + self.lines[self.line].wider) * PANGO_UNITS) / PANGO_UNITS


# ── after layout ──

# Lines whose heights differ by no more are alike, in CSS pixels.
_EVEN = 0.01


@dataclass(slots=True)
class Outcome:
    """How lines came out: `misfits` are paragraphs whose lines are not those they were cut into.

    `turned` are the lines of a paragraph that end their page in a hyphen; `overfull` the texts of
    lines that stand out into the margin; `places` the lines of each paragraph, with their pages
    and blocks. `planned` counts lines that were cut, `filled` those that the engine spread.
    """

    misfits: set[int] = field(default_factory=set)
    turned: dict[int, set[int]] = field(default_factory=dict)
    overfull: list[str] = field(default_factory=list)
    places: dict[int, list[tuple[Any, Any, Any]]] = field(default_factory=dict)
    seen: set[tuple[int, int]] = field(default_factory=set)
    planned: int = 0
    filled: int = 0

    def look(self, line: Any, block: Any, page: Any) -> Mark | None:
        """Look at one line, and say how it ends if it was cut."""
        marks = [box.mark for box in line.descendants() if getattr(box, "mark", None)]
        here = {(mark.paragraph, mark.line) for mark in marks}
        out = line.position_x + line.width - block.content_box_x() - block.width > _TOLERANCE
        if out and line.style["white_space"] == "normal" and line.style["direction"] == "ltr":
            self.overfull.append(_text(line))
            self.misfits |= {mark.paragraph for mark in marks}
        if len(here) > 1 or here & self.seen:
            self.misfits |= {mark.paragraph for mark in marks}
        self.seen |= here
        self.planned += bool(marks)
        spread = line is not block.children[-1] and line.style["text_align_all"] == "justify"
        self.filled += spread and not marks
        for number, _ in here:
            self.places.setdefault(number, []).append((page, line, block))
        return marks[-1] if marks else None


def outcome(pages: Sequence[Any]) -> Outcome:
    """How the lines of laid-out pages (WeasyPrint's boxes) came out."""
    made = Outcome()
    for page in pages:
        text, *rest = page.children
        ends = [made.look(line, block, page) for line, block in lines(text, page)]
        last = ends[-1] if ends else None
        if last is not None and last.hyphen:
            made.turned.setdefault(last.paragraph, set()).add(last.line)
        for area in rest:
            for line, block in lines(area, page):
                made.look(line, block, page)
    return made


def lines(box: Any, block: Any) -> Iterator[tuple[Any, Any]]:
    """The lines under a box, each with the block it stands in."""
    from weasyprint.formatting_structure import boxes as kinds

    if isinstance(box, kinds.LineBox):
        yield box, block
    elif isinstance(box, kinds.ParentBox):
        for child in box.children:
            if isinstance(child, kinds.Box):
                yield from lines(child, box)


def recut(
    paragraph: Paragraph,
    new: Sequence[Line],
    number: int,
    old: Sequence[tuple[Any, Any, Any]],
    context: Any,
) -> bool:
    """Put new lines in the places of the old ones of a paragraph (pages, lines, blocks).

    False, and nothing is changed, if there are more or fewer, if they are not as high as those, or
    if a note would be called on another page.
    """
    from weasyprint.layout.background import layout_box_backgrounds

    fresh = _laid_out(cut(paragraph, new, number), old[0][2], context)
    if len(fresh) != len(old) or len(old) != len(new):
        return False
    pairs = list(zip(fresh, old, strict=True))
    if any(abs(line.height - before.height) > _EVEN for line, (_, before, _) in pairs):
        return False
    called = [(page, before) for page, before, _ in old]
    if _notes((page, line) for line, (page, _, _) in pairs) != _notes(called):
        return False
    left = old[0][2].content_box_x()
    for line, (page, before, block) in pairs:
        line.translate(block.content_box_x() - left, before.position_y - line.position_y)
        layout_box_backgrounds(page, line, context.get_image_from_uri)
        block.children = tuple(line if child is before else child for child in block.children)
    return True


def _notes(lines: Iterable[tuple[Any, Any]]) -> list[tuple[int, Any]]:
    """The notes called in lines, each with its page."""
    return [
        (id(page), box.footnote.element)
        for page, line in lines
        for box in line.descendants()
        if box.footnote is not None
    ]


def _laid_out(holder: Any, block: Any, context: Any) -> list[Any]:
    """The lines of a box within a laid-out block."""
    from weasyprint.layout.inline import iter_line_boxes

    context.create_block_formatting_context()
    made = iter_line_boxes(context, holder, 0, 0, None, block, [], [], None, None)
    laid = [line for line, _ in made]
    context.finish_block_formatting_context()
    return laid


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))
