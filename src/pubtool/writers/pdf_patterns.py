"""PDF: Pyphen's patterns, each read when a word first asks for it.

A dictionary has thousands of patterns, of which a chapter meets some hundred; reading them all
takes Pyphen as long as setting a page. What is told of a word is the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

# What a pattern answers: how many letters on its numbers begin, and the numbers.
_Values = tuple[int, tuple[Any, ...]]
_NUMBERS = str.maketrans("", "", "0123456789")
_TELLING = re.compile("[1-9]")
_HEX = re.compile(r"\^\^([0-9a-f]{2})")


class Patterns(dict[str, Any]):
    """The patterns by their letters; as written until they are asked for."""

    def get(self, letters: str, default: Any = None) -> Any:
        """Where and how strongly the pattern of these letters divides; `default` if there is none.

        The value is a `_Values`.
        """
        known = super().get(letters, default)
        if isinstance(known, str):
            self[letters] = known = values(known)
        return known


def values(pattern: str) -> _Values | None:
    """What a pattern such as "1b2l" says: (0, (1, 2)); None if it says nothing."""
    from pyphen import AlternativeParser, parse

    spelt, alternative = _parted(pattern)
    factory: Any = AlternativeParser(spelt, alternative) if alternative else int
    numbers = [factory(number or "0") for number, _ in parse(spelt)]
    telling = [at for at, number in enumerate(numbers) if number]
    if not telling:
        return None
    return telling[0], tuple(numbers[telling[0] : telling[-1] + 1])


def dictionary(kind: Any, path: Path) -> Any:
    """A HyphDict (`kind`) of a `hyph_*.dic`: the name of its encoding, then a pattern a line."""
    from pyphen import ignored

    with path.open("rb") as file:
        named = file.readline().decode().strip()
    encoding = "cp1251" if named.lower() == "microsoft-cp1251" else named
    lines = map(str.strip, path.read_text(encoding).split("\n")[1:])
    made = kind.__new__(kind)
    made.patterns = Patterns(
        (_letters(line), line)
        for line in map(_plain, lines)
        if line and not line.startswith(ignored) and _TELLING.search(line)
    )
    made.cache, made.maxlen = {}, max(map(len, made.patterns))
    return made


def _letters(pattern: str) -> str:
    return _parted(pattern)[0].translate(_NUMBERS)


def _parted(pattern: str) -> tuple[str, str]:
    """A pattern, and the other spelling at its hyphen that some name: "e1ë/e=e"."""
    if "=" not in pattern:
        return pattern, ""
    spelt, _, alternative = pattern.partition("/")
    return spelt, alternative


def _plain(line: str) -> str:
    """A line with its ^^hh as the characters they stand for."""
    return _HEX.sub(lambda found: chr(int(found[1], 16)), line) if "^^" in line else line
