"""`--fix`: the repairs made in the file's own text, every other byte kept.

Edits go by places in the source, not through the tree: attributes keep their quotes, entities their
form, lines their ends. Wordings that are evidence (`as-written`, the citation line) and the fields
beside them are never touched.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from pubtool.lint.passages import passages
from pubtool.lint.repairs import REPAIRS, edits_of, is_open
from pubtool.settings import Settings
from pubtool.source import Source, parse

_BOM = b"\xef\xbb\xbf"
# One repair may make room for another (a space gone, a range found); two rounds have sufficed.
_ROUNDS = 4


def fixed(source: Source, settings: Settings) -> bytes:
    """The file's bytes with everything repaired that [check.rules] has not switched off."""
    for _ in range(_ROUNDS):
        before = source.data
        for id_ in REPAIRS:
            if settings.check.rules.get(id_) != "off":
                source = _repaired(source, id_, settings)
        if source.data == before:
            break
    return source.data


def _repaired(source: Source, id_: str, settings: Settings) -> Source:
    changes = list(_changes(source, id_, settings))
    if not changes:
        return source
    mark = _BOM if source.data.startswith(_BOM) else b""
    text, pieces, end = source.data.decode("utf-8-sig"), [], 0
    for first, last, new in changes:
        pieces += [text[end:first], new]
        end = last
    pieces.append(text[end:])
    return parse(mark + "".join(pieces).encode("utf-8"), source.file)


def _changes(source: Source, id_: str, settings: Settings) -> Iterator[tuple[int, int, str]]:
    """(first, last, new) in offsets of the file, in order and without overlap."""
    wanted = []
    for p in passages(source):
        if is_open(p):
            wanted += [(p.stretch(e.start, e.end), e.new) for e in edits_of(id_, p, settings)]
    end = 0
    for (first, last), new in sorted((place, new) for place, new in wanted if place):
        if first >= end:
            yield first, last, new
            end = last


def difference(file: str, before: bytes, after: bytes) -> str:
    """The unified diff of a file, empty if nothing changed."""
    old, new = (data.decode("utf-8-sig").splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"{file} as it is", f"{file} put right")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
