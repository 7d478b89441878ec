"""A .bib file parted into its entries, so that one bad entry costs itself only.

Titles are put into braces of their own: BibTeX styles, and pandoc with them, would otherwise
change the capitals of what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(r"^[ \t]*@\s*(?P<kind>[A-Za-z]+)\s*[{(]", re.M)
_KEY = re.compile(r"[{(]\s*(?P<key>[^\s,{}()=]+)\s*,")
_TITLE = re.compile(
    r"(?<![\w-])(?:title|subtitle|booktitle|journal|journaltitle|maintitle|series|publisher)\s*=\s*(?=[{\"])",
    re.I,
)
_SILENT = frozenset({"comment", "preamble"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a file: its first line, key ("" if it has none), source, and what is wrong."""

    line: int
    key: str
    source: str = ""
    fault: str = ""


def entries(text: str) -> tuple[str, list[Entry]]:
    """The abbreviations (`@string`) of a file, and its entries in their order."""
    starts = list(_START.finditer(text))
    strings, found = [], []
    for n, start in enumerate(starts):
        limit = starts[n + 1].start() if n + 1 < len(starts) else len(text)
        kind = start["kind"].lower()
        source, whole = _balanced(text[start.start() : limit].strip())
        if kind == "string" and whole:
            strings.append(source)
        elif kind not in _SILENT | {"string"}:
            line = text.count("\n", 0, start.start()) + 1
            found.append(_entry(source, line, whole=whole))
    return "\n".join(strings), found


def _entry(source: str, line: int, *, whole: bool) -> Entry:
    key = _KEY.search(source)
    fault = "" if whole else "a brace or quotation mark is not closed"
    return Entry(line, key["key"] if key else "", _cased(source), fault or _keyless(key))


def _keyless(key: re.Match[str] | None) -> str:
    return "" if key else "it has no key"


def _balanced(text: str) -> tuple[str, bool]:
    """An entry up to the brace that closes it; False if none does."""
    depth = 0
    for n, c in _braces(text):
        depth += 1 if c in "{(" and (c == "{" or depth == 0) else 0
        depth -= 1 if c == "}" else 0
        if depth == 0 and c in "})":
            return text[: n + 1], True
    return text, False


def _braces(text: str) -> Iterator[tuple[int, str]]:
    escaped = False
    for n, c in enumerate(text):
        if c in "{}(" and not escaped:
            yield n, c
        escaped = c == "\\" and not escaped


def _cased(source: str) -> str:
    """The entry with its titles in double braces."""
    made, start = [], 0
    for match in _TITLE.finditer(source):
        if match.end() < start:
            continue
        end = _value_end(source, match.end())
        made += [source[start : match.end()], "{{", source[match.end() + 1 : end - 1], "}}"]
        start = end
    return "".join([*made, source[start:]])


def _value_end(source: str, start: int) -> int:
    """Where the value that begins at `start` with a brace or a quotation mark ends."""
    depth, closing = 0, "}" if source[start] == "{" else '"'
    for n in range(start, len(source)):
        c = source[n]
        if source[n - 1] != "\\":
            depth += (c == "{") - (c == "}")
        if n > start and depth == 0 and c == closing:
            return n + 1
    return len(source)
