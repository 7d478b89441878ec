"""PDF: the sizes of pages and bleeds, as printers name them."""

from __future__ import annotations

import re

_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
# ISO 216, and the trade's own (millimetres).
NAMED = {
    "a4": (210.0, 297.0), "a5": (148.0, 210.0), "a6": (105.0, 148.0), "b5": (176.0, 250.0),
    "letter": (215.9, 279.4), "royal": (156.0, 234.0), "demy": (138.0, 216.0),
    "crown-quarto": (189.0, 246.0),
}  # fmt: skip
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")
_TIMES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)")


def page_size(text: str) -> tuple[float, float] | None:
    """Width and height in mm of "A5", "6x9in", "16 x 24 cm" or "160mm 240mm"; None of any other."""
    said = text.strip().lower()
    if said in NAMED:
        return NAMED[said]
    times = _TIMES.fullmatch(said)
    if times:
        unit = _UNITS[times[3]]
        return float(times[1]) * unit, float(times[2]) * unit
    both = [length(part) for part in re.split(r"(?<=[a-z])\s+(?=\d)", said)]
    return (both[0], both[1]) if len(both) == 2 and both[0] and both[1] else None


def length(text: str) -> float | None:
    """A length in mm; None of what is none. "0" needs no unit."""
    match = _LENGTH.fullmatch(text.strip().lower())
    if match:
        return float(match[1]) * _UNITS[match[2]]
    return 0.0 if text.strip() == "0" else None


def css_size(text: str) -> str:
    """A size of pages as CSS has it; what is not understood stays as it is."""
    size = page_size(text)
    return f"{size[0]:.3f}mm {size[1]:.3f}mm" if size else text
