"""PDF: the glyphs of a line as operators of the page, each worked out once.

What a glyph becomes depends on its font and size, on its number, its advance and its offset, and
on whether it stands for a blank. WeasyPrint works it out for every letter of the text, a tenth of
the time of a PDF, and writes a number after each; here it is looked up, and a number stands where
there is something to move. Lines with anything out of the ordinary are WeasyPrint's own: marks
above or below the line, letters that no font has, blanks of other widths, emoji, an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from pubtool.writers.pdf_widths import BLANKS, PANGO_UNITS

# Pango's number for a glyph that shows nothing; greater ones stand for a missing letter.
_EMPTY = 0x0FFFFFFF
# A glyph in memory: its number, advance, offsets to the right and down, flags, of 32 bits each.
_FIELDS = 5
# Before this version Pango told the size of a font wrongly.
_PANGO = 14802
# Text is moved in thousandths of an em.
_EM = 1000
# Where a line has its wider gaps.
_GAP = "\0"
# Blanks that a font without them shows as the glyph of a common one.
_OTHER_BLANKS = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
# What glyphs of a font and size become, by number, advance and offset.
_Known: TypeAlias = dict[tuple[int, int, int], str]
_KNOWN: WeakKeyDictionary[Any, dict[float, _Known]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of one font in a row: Pango's item, the engine's font, the size in CSS pixels."""

    item: Any
    font: Any
    size: float

    def letters(self, index: int, text: bytes) -> str:
        """The letters of a line that a glyph stands for."""
        item, clusters, count = self.item.item, self.item.glyphs.log_clusters, self.count
        following = index - 1 if item.analysis.level % 2 else index + 1
        end = clusters[following] if 0 <= following < count else item.length
        return text[item.offset + clusters[index] : item.offset + end].decode()

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return int(self.item.glyphs.num_glyphs)


def draw_quickly() -> None:
    """Let WeasyPrint draw plain lines by looking their glyphs up."""
    from weasyprint.draw import text

    if text.draw_first_line.__module__ == text.__name__:
        text.draw_first_line = _drawn(text.draw_first_line)


def _drawn(by_engine: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's function that draws a line and returns its emoji, with a quicker way."""

    def drawn(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        layout, whole = box.pango_layout, overflow != "ellipsis" and ellipsis == "none"
        line = getattr(layout, "line", None)
        shown = _shown(stream, layout) if whole and line and line.strip() else None
        if shown is None:
            if line and layout.extra:
                layout.spread()
            return by_engine(stream, box, overflow, ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        for run, operand in shown:
            stream.set_font_size(run.font.hash, run.size)
            stream.show_text(operand)
        return []

    return drawn


def _shown(stream: Any, layout: Any) -> list[tuple[_Run, str]] | None:
    """What is shown of a line in each font (the operands of TJ); None if the engine draws it."""
    from weasyprint.text.ffi import ffi, pango

    if _OTHER_BLANKS.search(layout.line) or pango.pango_version() < _PANGO:
        return None
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    shown: list[tuple[_Run, str]] = []
    node, last, text = layout.get_first_line()[0].runs, ffi.NULL, layout.text.encode()
    while node != ffi.NULL:
        item, node = node.data, node.next
        if item.item.analysis.font != last:
            last = item.item.analysis.font
            run, before = _Run(item, *stream.add_font(last)), ""
        else:
            run, before = _Run(item, run.font, run.size), shown.pop()[1]
        glyphs = None if _is_picture(run.font) else _glyphs(run, text, stream)
        if glyphs is None:
            return None
        gap = _moved(-layout.justification_spacing * _EM / run.size)
        shown.append((run, before + glyphs.replace(_GAP, gap)))
    return [(run, glyphs.replace("<>", " ").strip()) for run, glyphs in shown]


def _is_picture(font: Any) -> bool:
    return bool(font.bitmap or font.png or font.svg or font.colr)


def _glyphs(run: _Run, text: bytes, stream: Any) -> str | None:
    """The glyphs of a run with the space between them (ISO 32000-1, 9.4.3: the operand of TJ)."""
    from weasyprint.text.ffi import ffi

    buffer = ffi.buffer(run.item.glyphs.glyphs, run.count * _FIELDS * 4)
    raw = memoryview(buffer).cast("i").tolist()
    numbers = raw[::_FIELDS]
    if any(raw[3::_FIELDS]) or max(numbers, default=0) > _EMPTY:
        return None
    known = _KNOWN.setdefault(run.font, {}).setdefault(run.size, {})
    parts = []
    for i, key in enumerate(zip(numbers, raw[1::_FIELDS], raw[2::_FIELDS], strict=True)):
        part = known.get(key)
        if part is None:
            part = known[key] = _part(key, run, run.letters(i, text), stream)
        parts.append(part)
    return f"<{''.join(parts)}>"


def _part(key: tuple[int, int, int], run: _Run, letters: str, stream: Any) -> str:
    """A glyph after its offset, with what its advance differs by from the width of the font."""
    from weasyprint.text.ffi import pango

    number, advance, offset = key
    unit, widths = _EM / PANGO_UNITS / run.size, run.font.widths
    if number == _EMPTY:
        return _moved(-advance * unit)
    run.font.to_unicode.setdefault(number, letters)
    if number not in widths:
        pango_font, extents = run.item.item.analysis.font, stream.logical_rect
        pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, extents)
        widths[number] = round(extents.width * unit)
    after = _moved(widths[number] + offset * unit - advance * unit)
    return f"{_moved(-offset * unit)}{number:04x}{after}{_GAP if letters in BLANKS else ''}"


def _moved(back: float) -> str:
    """What stands between two glyphs that come closer by so much; nothing if that is nothing."""
    return f">{round(back)}<" if round(back) else ""
