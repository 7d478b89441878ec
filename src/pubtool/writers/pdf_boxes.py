"""PDF: the boxes of the pages, and what each of them was painted as.

WeasyPrint marks every text and image with an identifier while it paints a page, builds its tag
tree from them and forgets them. Here they are kept, so that a better tree can be built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Painting:
    """A painted page: its box, its stream, and the identifiers of its texts and images by box.

    `height` is that of the page in CSS pixels.
    """

    box: Any
    height: float
    stream: Any = None
    marks: dict[Any, int] = field(default_factory=dict)


def watch(document: Any) -> list[Painting]:
    """Paintings of a document's pages, which are filled while the document is written."""
    return [_watched(page) for page in document.pages]


def _watched(page: Any) -> Painting:
    seen = Painting(page._page_box, page.height)
    paint = type(page).paint

    def paint_and_keep(stream: Any, scale: float = 1) -> None:
        page._page_box = seen.box
        paint(page, stream, scale)
        seen.stream = stream
        if stream._tags is not None:
            seen.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
            # The engine's own tree would grow with the square of the pages: it finds none to tag.
            stream._tags, page._page_box = {}, seen.box.copy_with_children([])

    page.paint = paint_and_keep
    return seen


def placed(box: Any) -> Any:
    """A box itself, where a placeholder stands for one that is positioned absolutely."""
    return getattr(box, "_box", box)


def children(box: Any) -> Iterator[Any]:
    """The boxes within a box; those of its lines as its own."""
    for child in getattr(box, "children", ()):
        inner = placed(child)
        if type(inner).__name__ == "LineBox":
            yield from children(inner)
        else:
            yield inner


def kind(box: Any) -> str:
    """The engine's name for a kind of box, such as "TextBox"."""
    return type(box).__name__


def tag(box: Any) -> str:
    """The name of a box's element and pseudo-element, "span::footnote-call"; "" of none."""
    return str(box.element_tag or "") if box.element is not None else ""
