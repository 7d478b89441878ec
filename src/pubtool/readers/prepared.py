"""What a front end hands on: the manuscript as pandoc is to read it, and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Prepared:
    """A manuscript made ready.

    `reader` is pandoc's name for the format. `lines` are the words of the source by paragraph or
    line number; None if pandoc's own document is the measure. `image` gives the bytes behind an
    image's target, or the reason why there are none. `facts` are what the file says of itself:
    title, creator, keywords, language. `rough` are the words of a source that only its own program
    can measure well. `descriptions` are alternative texts of images by target,
    where pandoc would not carry them; `items` are works cited, as CSL-JSON, by field codes.
    """

    data: bytes
    reader: str
    image: Callable[[str], bytes | str]
    lines: list[tuple[int, str]] | None = None
    facts: dict[str, str] = field(default_factory=dict)
    rough: list[tuple[int, str]] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
