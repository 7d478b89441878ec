"""PDF: paragraphs cut into their lines, and whether the engine set those lines and no others.

Each line becomes boxes of its own within the markup that is there, ended by a line feed, its gaps
as wide as they have to be. So there is nothing left for the engine to break or to justify.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.writers.pdf_paragraphs import Line
from pubtool.writers.pdf_runs import SOFT

# How far a line may stand out before it counts as too long, in CSS pixels.
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """What a box tells of itself after layout: its paragraph, its line, how that line ends."""

    paragraph: int
    line: int
    offset: int
    hyphen: bool


def cut(holder: Any, lines: Sequence[Line], number: int) -> None:
    """Cut what stands in a paragraph, the `number`th of the page, into its lines."""
    holder.children = _Cutter(lines, number).boxes(holder.children)
    holder.style = holder.style.copy()
    holder.style["text_align_all"] = "start"


@dataclass(slots=True)
class _Cutter:
    """A walk along a paragraph: at which letter it is, and in which line."""

    lines: Sequence[Line]
    paragraph: int
    line: int = 0
    at: int = 0
    styles: dict[tuple[int, int], Any] = field(default_factory=dict)

    def boxes(self, children: Sequence[Any]) -> list[Any]:
        """The children of a box, texts cut where lines end."""
        from weasyprint.formatting_structure import boxes as kinds

        made: list[Any] = []
        for child in children:
            if isinstance(child, kinds.TextBox):
                made.extend(self.texts(child))
                continue
            made.append(child)
            if isinstance(child, kinds.InlineBox):
                child.children = self.boxes(child.children)
            elif child.is_in_normal_flow():
                self.at += 1
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
        hyphen = text.endswith(("-\n", "\u2010\n", box.style["hyphenate_character"] + "\n"))
        made.mark = Mark(self.paragraph, self.line, self.lines[self.line].end.offset, hyphen)
        return made

    def style(self, style: Any) -> Any:
        """The style of a text in this line: its gaps, and that it is not to be broken."""
        key = (id(style), self.line)
        if key not in self.styles:
            made = self.styles[key] = style.copy()
            made["white_space"] = "pre"
            made["word_spacing"] = style["word_spacing"] + self.lines[self.line].wider
        return self.styles[key]


# ── after layout ──


@dataclass(slots=True)
class Outcome:
    """How lines came out: `misfits` are paragraphs whose lines are not those they were cut into.

    `turned` are the hyphens before a page is turned, as paragraph and letter; `overfull` the texts
    of lines that stand out into the margin.
    """

    misfits: set[int] = field(default_factory=set)
    turned: set[tuple[int, int]] = field(default_factory=set)
    overfull: list[str] = field(default_factory=list)
    seen: set[tuple[int, int]] = field(default_factory=set)

    def look(self, line: Any, block: Any) -> Mark | None:
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
        return marks[-1] if marks else None


def outcome(pages: Sequence[Any]) -> Outcome:
    """How the lines of laid-out pages (WeasyPrint's boxes) came out."""
    made = Outcome()
    for page in pages:
        text, *rest = page.children
        ends = [made.look(line, block) for line, block in _lines(text, page)]
        last = ends[-1] if ends else None
        if last is not None and last.hyphen and page.page_type.side == "right":
            made.turned.add((last.paragraph, last.offset))
        for area in rest:
            for line, block in _lines(area, page):
                made.look(line, block)
    return made


def _lines(box: Any, block: Any) -> Iterator[tuple[Any, Any]]:
    """The lines under a box, each with the block it stands in."""
    from weasyprint.formatting_structure import boxes as kinds

    if isinstance(box, kinds.LineBox):
        yield box, block
    elif isinstance(box, kinds.ParentBox):
        for child in box.children:
            if isinstance(child, kinds.Box):
                yield from _lines(child, box)


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))
