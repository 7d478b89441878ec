"""Damaged manuscripts by number: the same number and seed make the same bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from tests.manuscripts.corpus_other import OTHER
from tests.property.test_import import DOCUMENTS, SNIPPETS, rewritten
from tests.property.test_jats_import import _NAMES, rearranged, sources

_HOW = ("rename", "remove", "double", "unwrap", "wrap", "move", "strip")


def text(chance: random.Random) -> tuple[str, bytes]:
    """A plain text with pieces cut out, doubled, or mixed with what means something."""
    data = OTHER["plain.md"].decode()
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data))
        end = min(start + chance.randrange(60), len(data))
        piece = chance.choice([chance.choice(SNIPPETS), data[start:end] * 2, ""])
        data = data[:start] + piece + data[end:]
    return "a.txt", data.encode("utf-8", "replace")


def xml(chance: random.Random) -> tuple[str, bytes]:
    """JATS with elements renamed, moved, doubled, taken out; or with bytes replaced."""
    data = chance.choice(sources())
    if chance.random() < 0.3:
        return "a.xml", _damaged(data, chance)
    return "a.xml", rearranged(data, _changes(chance))


def word(chance: random.Random) -> tuple[str, bytes]:
    """A DOCX with elements of one of its parts rearranged, or with bytes replaced."""
    data = chance.choice(DOCUMENTS)
    if chance.random() < 0.3:
        return "a.docx", _damaged(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        name = chance.choice([*parts, "word/document.xml"])
        changed = rearranged(archive.read(name), _changes(chance))
    return "a.docx", rewritten(data, {name: changed})


# Kind → maker and its share of a hundred inputs.
KINDS: dict[str, tuple[Callable[[random.Random], tuple[str, bytes]], int]] = {
    "text": (text, 50),
    "xml": (xml, 42),
    "word": (word, 8),
}


def made(number: int, seed: int) -> tuple[str, str, bytes]:
    """The kind, file name and bytes of an input."""
    chance = random.Random(seed * 1_000_003 + number)
    kind = chance.choices(list(KINDS), [share for _, share in KINDS.values()])[0]
    return (kind, *KINDS[kind][0](chance))


def _damaged(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out[: chance.choice([len(out), len(out), chance.randrange(len(out))])])


def _changes(chance: random.Random) -> list[tuple[str, int, int, str]]:
    return [
        (chance.choice(_HOW), chance.randrange(5000), chance.randrange(5000), chance.choice(_NAMES))
        for _ in range(chance.randint(1, 6))
    ]
