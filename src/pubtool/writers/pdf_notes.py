"""PDF: footnotes that stay on the page of their number."""

from __future__ import annotations

from typing import Any


def keep_notes(context: Any) -> None:
    """Let WeasyPrint, whose layout context this is, put no note off to make room for a line.

    Where the second line of a paragraph does not fit and its first may not stand alone, the engine
    takes notes off the page until it does, whatever `footnote-policy` says. If it finds none to
    take, the paragraph begins on the next page, as anywhere else.
    """
    update = context._update_footnote_area

    def updated() -> Any:
        context.current_page_footnotes = list(context.current_page_footnotes)
        overflow = update()
        if not context.in_column:  # columns lay out notes again and again, and need to count them
            context.current_page_footnotes = _Kept(context.current_page_footnotes)
        return overflow

    context._update_footnote_area = updated


class _Kept(list[Any]):
    """The notes of a page, which looks empty to whoever would take one of them."""

    def __bool__(self) -> bool:
        return False
