"""PDF: Pyphen's patterns, each read when a word first asks for it.

A dictionary has thousands of patterns, of which a chapter meets some hundred; reading them all
takes Pyphen as long as setting a page. What is told of a word is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

# What a pattern answers: how many letters on its numbers begin, and the numbers.
_Values = tuple[int, tuple[Any, ...]]
_NUMBERS = str.maketrans("", "", "0123456789")
_TELLING = re.compile("[1-9]")
# So many patterns that were asked for are remembered.
_REMEMBERED = 1 << 15
_HEX = re.compile(r"\^\^([0-9a-f]{2})")


class Pattern(str):
    """A pattern as written; whoever unpacks it is told what it says, as `values` has it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(values(str(self)))


@lru_cache(maxsize=_REMEMBERED)
def values(pattern: str) -> _Values:
    """What a pattern such as "1b2l" says: (0, (1, 2)); of one that says nothing (0, ())."""
    from pyphen import AlternativeParser, parse

    spelt, alternative = _parted(pattern)
    factory: Any = AlternativeParser(spelt, alternative) if alternative else int
    numbers = [factory(number or "0") for number, _ in parse(spelt)]
    telling = [at for at, number in enumerate(numbers) if number]
    if not telling:
        return 0, ()
    return telling[0], tuple(numbers[telling[0] : telling[-1] + 1])


def dictionary(kind: Any, path: Path) -> Any:
    """A HyphDict (`kind`) of a `hyph_*.dic`: the name of its encoding, then a pattern a line."""
    from pyphen import ignored

    with path.open("rb") as file:
        named = file.readline().decode().strip()
    encoding = "cp1251" if named.lower() == "microsoft-cp1251" else named
    lines = map(str.strip, path.read_text(encoding).split("\n")[1:])
    made = kind.__new__(kind)
    made.patterns = {
        _letters(line): Pattern(line)
        for line in map(_plain, lines)
        if line and not line.startswith(ignored) and _TELLING.search(line)
    }
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
