"""PDF: the text of a line, shaped once and as a whole.

WeasyPrint has Pango shape a line three times: with the line feed it ends in, without it for its
size, and again to draw it, since it keeps nothing in between; and where gaps are to be wider, each
word and each gap by itself. A line that was cut beforehand is the same each time. So it is shaped
once and kept as long as its document, which may be written anew, and its gaps are widened where it
is drawn: a quarter of the time of a PDF.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from pubtool.writers.pdf_widths import BLANKS

# So many lines of a document are kept, of some 4 KB each; the others are shaped once more.
_KEPT = 16_384
# What else ends a line for Pango, and what has a width of its own.
_OTHER = re.compile("[\r\t\x85\u2028\u2029]")
_LOCK = Lock()

if TYPE_CHECKING:
    _Layout = Any
else:
    _Layout = object


def shape_once() -> None:
    """Let WeasyPrint shape the lines of a new document once."""
    from weasyprint.text import line_break

    with _LOCK:
        if line_break.Layout is not _shaped():
            line_break.first_line_metrics = _measured(line_break.first_line_metrics)
            line_break.Layout = _shaped()
        _Line.left = _KEPT


def _measured(by_engine: Any) -> Any:
    """The engine's function that measures a line, which knows nothing of wider gaps."""

    def measured(line: Any, text: str, layout: Any, *more: Any, **named: Any) -> Any:
        found = by_engine(line, text, layout, *more, **named)
        return (*found[:3], found[3] + layout.extra, *found[4:])

    return measured


class _Line(_Layout):  # type: ignore[misc]
    """WeasyPrint's layout of a text, which goes on where it would begin anew.

    `line` is what was shaped as one line, `after` the byte at which the next begins, `live` says
    that it is kept. `left` so many more of its document may be.
    """

    left = _KEPT
    line: str | None = None
    after: int | None = None
    live = False

    @property
    def extra(self) -> float:
        """How much wider the line is than shaped, once its gaps are, in CSS pixels."""
        if self.line is None or not self.justification_spacing:
            return 0.0
        return float(sum(map(self.line.count, BLANKS)) * self.justification_spacing)

    def set_text(self, text: str, justify: bool = False) -> None:
        """Shape the line, but for one that is shaped already."""
        from weasyprint.text.ffi import pango

        line, end, _ = text.partition("\n")
        self.after = len(line.encode()) + 1 if end else None
        if line == self.line:
            return
        if _is_plain(self.style, line):
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
            pango.pango_layout_set_text(self.layout, line.encode(), -1)
            self.line = self.text = line
        else:
            self.line = None
            super().set_text(text, justify)

    def get_first_line(self) -> tuple[Any, int | None]:
        """Pango's line, and the byte at which the next begins."""
        line, index = super().get_first_line()
        return line, self.after if index is None else index

    def deactivate(self) -> None:
        """Let go of what was shaped, but for lines that are kept."""
        self.live = self.line is not None and _Line.left > 0
        if self.live:
            _Line.left -= 1
        else:
            super().deactivate()

    def reactivate(self, style: Any) -> None:
        """Shape the line again, if it was not kept."""
        if self.live:
            _Line.left += 1
        else:
            self.line = None
            super().reactivate(style)

    def spread(self) -> None:
        """Shape the line with its wider gaps, for whoever does not widen them."""
        self.line = None
        super().set_text(self.text, justify=True)


@cache
def _shaped() -> Any:
    """The engine's class with ours before it; the engine is loaded late."""
    from weasyprint.text.line_break import Layout

    return type("Shaped", (_Line, Layout), {})


def _is_plain(style: Any, line: str) -> bool:
    """True if a text is but one line, and shaped as it stands."""
    return bool(
        style["white_space"] == "pre"
        and style["letter_spacing"] in ("normal", 0)
        and not style["word_spacing"]
        and not _OTHER.search(line)
    )
