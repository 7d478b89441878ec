"""Where a paragraph stood in the manuscript, found by its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
_FIRST, _AHEAD = 6, 2000


@dataclass
class Finder:
    """Finds paragraph after paragraph in the lines of a manuscript; it never looks back.

    `lines` are (number, text). What is not found is said to stand where the last one stood.
    """

    lines: Sequence[tuple[int, str]]
    at: int = 0
    keys: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = [_key(text, _FIRST * 4) for _, text in self.lines]

    def __call__(self, text: str) -> int:
        """The number of the line where a paragraph begins."""
        wanted = _key(text)
        if wanted:
            for n in range(self.at, min(self.at + _AHEAD, len(self.keys))):
                if wanted in self.keys[n] or (self.keys[n] and wanted.startswith(self.keys[n])):
                    self.at = n
                    break
        return self.lines[self.at][0] if self.lines else 0


def _key(text: str, most: int = _FIRST) -> str:
    return " ".join(_WORD.findall(text[: most * 30])[:most])
