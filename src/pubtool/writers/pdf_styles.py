"""PDF: what the engine works out anew for each page and each line, worked out once.

WeasyPrint computes the styles of a page and of its sixteen margins for every page by its number,
and puts all that the height of a line depends on into words for every text in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def compute_once() -> None:
    """Let WeasyPrint compute the styles of like pages, and the heights of like lines, once."""
    from weasyprint.layout import inline, page

    if page.set_page_type_computed_styles.__module__ == page.__name__:
        page.set_page_type_computed_styles = _of_like_pages(page.set_page_type_computed_styles)
        inline.strut = _of_like_texts(inline.strut)


def _of_like_pages(by_engine: Callable[..., None]) -> Callable[..., None]:
    """The engine's function that computes the styles of a type of page, called for unlike ones."""

    def computed(kind: Any, html: Any, style_for: Any) -> None:
        if "pages" not in vars(style_for):
            style_for.pages, style_for.counted = {}, _counts_pages(style_for)
        # Units of the viewport are those of the first page, once there is one.
        sizes, known = style_for.initial_page_sizes, style_for.pages
        alike = (kind.side, kind.blank, kind.name, kind.index == 0, sizes["box"], sizes["area"])
        if alike not in known or style_for.counted:
            by_engine(kind, html, style_for)
            styles = style_for.get_computed_styles()
            parts = {part for page, part in style_for.get_cascaded_styles() if page == kind}
            known[alike] = {part: styles[kind, part] for part in parts | {None}}
        styles = style_for.get_computed_styles()
        styles.update({(kind, part): style for part, style in known[alike].items()})

    return computed


def _counts_pages(style_for: Any) -> bool:
    """True if a stylesheet has rules for pages by their number (CSS Paged Media 3, 4.4)."""
    return any(
        by_number is not None
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, (*_, by_number, _) in selectors
    )


def _of_like_texts(by_engine: Callable[..., Any]) -> Callable[..., Any]:
    """The engine's function for the height of a line of text, called once for each style."""

    def strut(style: Any) -> Any:
        if "strut" not in vars(style):
            style.strut = by_engine(style)
        return style.strut

    return strut
