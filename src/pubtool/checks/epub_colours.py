"""EPUB: colours of text that stand out too little from what is behind them (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from pubtool.checks.epub_book import Book

LEAST = 4.5
_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
Colour = tuple[float, float, float]


def contrasts(book: Book) -> Iterator[tuple[str, str]]:
    """Rules whose colours are too near to each other, or to a white page (PT748).

    Rules for dark mode, which the reader answers with its own page, are left out.
    """
    for name, data in book.files.items():
        if name.endswith(".css"):
            for selector, declared in _rules(data.decode("utf-8", "replace")):
                yield from _told(f"{name}: {selector}", declared)
    for document in book.spine:
        for e in document.root.iter("*"):
            if e.get("style"):
                yield from _told(document.place(e), _declarations(e.get("style", "")))


def _told(where: str, declared: dict[str, Any]) -> Iterator[tuple[str, str]]:
    text, back = declared.get("color"), declared.get("background")
    if text is None and back is None:
        return
    ratio = contrast(text or _BLACK, back or _WHITE)
    if ratio < LEAST:
        yield "PT748", f"{where}: the contrast is {ratio:.1f} : 1, at least {LEAST} : 1 is needed"


@lru_cache(maxsize=8)
def _rules(css: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Selectors and their colours. The books of a press share one stylesheet."""
    import tinycss2

    return tuple(
        (tinycss2.serialize(rule.prelude).strip(), _declarations(rule.content))
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
    )


def _declarations(content: str | Iterable[Any]) -> dict[str, Any]:
    """The colours a block sets: "color" and "background", where they are plain and opaque."""
    import tinycss2

    colours: dict[str, Any] = {}
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type != "declaration" or part.lower_name not in _PROPERTIES:
            continue
        found = [c for token in part.value if (c := _colour(token)) is not None]
        if found:
            colours[_PROPERTIES[part.lower_name]] = found[0]
    return colours


_PROPERTIES = {"color": "color", "background": "background", "background-color": "background"}


def _colour(token: Any) -> Colour | None:
    from tinycss2.color4 import parse_color

    colour = parse_color(token)
    if colour is None or isinstance(colour, str) or colour.alpha < 1:
        return None
    red, green, blue = colour.to("srgb").coordinates
    return (red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
