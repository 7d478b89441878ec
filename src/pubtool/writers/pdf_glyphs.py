"""PDF: the glyphs of a line as operators of the page, each worked out once.

What a glyph becomes depends on its font and size, on its number and on its advance. WeasyPrint
works it out for every letter of the text, a tenth of the time of a PDF, and writes a number after
each; here it is looked up, and a number stands where there is something to move. Lines with
anything out of the ordinary are WeasyPrint's own: marks above or below the line, letters that no
font has, emoji, an ellipsis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from pubtool.writers.pdf_widths import BLANKS, PANGO_UNITS

# Where Pango's numbers of glyphs end: an empty one, and those that stand for a missing letter.
_EMPTY = 0x0FFFFFFF
# A glyph in memory: its number, advance, offsets to the right and down, flags, of 32 bits each.
_FIELDS = 5
# Text is moved in thousandths of an em, by tenths of those.
_EM = 1000
# Where a line has its wider gaps.
_GAP = "\0"
# What glyphs of a font and size become, by number, advance and offset.
Known: TypeAlias = dict[tuple[int, int, int], str]
_KNOWN: WeakKeyDictionary[Any, dict[float, Known]] = WeakKeyDictionary()


def draw_quickly() -> None:
    """Let WeasyPrint draw plain lines by looking their glyphs up."""
    from weasyprint.draw import text

    if text.draw_first_line.__module__ == text.__name__:
        text.draw_first_line = _drawn(text.draw_first_line)


def _drawn(by_engine: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's function that draws a line and returns its emoji, with a quicker way."""

    def drawn(stream: Any, box: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        layout = box.pango_layout
        runs = _runs(stream, box) if layout.line and overflow != "ellipsis" else None
        if runs is None or ellipsis != "none":
            if layout.wider:
                layout.spread()
            return by_engine(stream, box, overflow, ellipsis, matrix)
        if layout.line.strip():
            stream.set_text_matrix(*matrix.values)
            for font, size, shown in runs:
                stream.set_font_size(font.hash, size)
                stream.show_text(shown)
        return []

    return drawn


def _runs(stream: Any, box: Any) -> list[tuple[Any, float, str]] | None:
    """The fonts of a line, their sizes and what is shown in them; None if the engine draws it."""
    from weasyprint.text.ffi import ffi

    layout, size = box.pango_layout, float(box.style["font_size"])
    gap = _moved(-layout.justification_spacing * _EM / size) if layout.wider else ""
    runs: list[tuple[Any, float, str]] = []
    node, last, text = layout.get_first_line()[0].runs, ffi.NULL, layout.text.encode()
    while node != ffi.NULL:
        item, node = node.data, node.next
        if item.item.analysis.font != last:
            last = item.item.analysis.font
            font, _ = stream.add_font(last)
            runs.append((font, size, ""))
        shown = None if _is_picture(font) else _shown(item, font, size, text, stream)
        if shown is None:
            return None
        runs[-1] = (font, size, runs[-1][2] + shown.replace(_GAP, gap))
    return [(font, size, shown.replace("<>", " ").strip()) for font, size, shown in runs]


def _is_picture(font: Any) -> bool:
    return bool(font.bitmap or font.png or font.svg or font.colr)


def _shown(item: Any, font: Any, size: float, text: bytes, stream: Any) -> str | None:
    """The glyphs of a run with the space between them (ISO 32000-1, 9.4.3: the operand of TJ)."""
    from weasyprint.text.ffi import ffi

    count = item.glyphs.num_glyphs
    raw = memoryview(ffi.buffer(item.glyphs.glyphs, count * _FIELDS * 4)).cast("i").tolist()
    numbers = raw[::_FIELDS]
    if any(raw[3::_FIELDS]) or max(numbers, default=0) >= _EMPTY:
        return None
    known = _KNOWN.setdefault(font, {}).setdefault(size, {})
    parts = []
    for i, key in enumerate(zip(numbers, raw[1::_FIELDS], raw[2::_FIELDS], strict=True)):
        part = known.get(key)
        if part is None:
            if key[0] not in font.to_unicode:
                font.to_unicode[key[0]] = _letters(item, i, text)
            part = known[key] = _part(key, font, size, item.item.analysis.font, stream)
        parts.append(part)
    return f"<{''.join(parts)}>"


def _part(key: tuple[int, int, int], font: Any, size: float, pango_font: Any, stream: Any) -> str:
    """A glyph after its offset, with what its advance differs by from the width of the font."""
    from weasyprint.text.ffi import pango

    number, unit = key[0], _EM / PANGO_UNITS / size
    advance, offset = key[1] * unit, key[2] * unit
    if number not in font.widths:
        rectangle = stream.logical_rect
        pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, rectangle)
        font.widths[number] = round(rectangle.width * unit)
    after = _moved(font.widths[number] + offset - advance)
    gap = _GAP if font.to_unicode[number] in BLANKS else ""
    return f"{_moved(-offset)}{number:04x}{after}{gap}"


def _moved(back: float) -> str:
    """What stands between two glyphs that come closer by so much; nothing if that is nothing."""
    return f">{round(back)}<" if round(back) else ""


def _letters(item: Any, index: int, text: bytes) -> str:
    """The letters of a line that a glyph stands for."""
    clusters, count = item.glyphs.log_clusters, item.glyphs.num_glyphs
    following = index - 1 if item.item.analysis.level % 2 else index + 1
    end = clusters[following] if 0 <= following < count else item.item.length
    return text[item.item.offset + clusters[index] : item.item.offset + end].decode()
