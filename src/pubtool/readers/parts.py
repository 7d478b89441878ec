"""The parts of a manuscript: abstract, keywords, sections, references, biographies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pubtool.readers.blocks import Block, Line
from pubtool.readers.headings import SAID, Heading, Numbers, heading_of, numbers_of
from pubtool.readers.ledger import Ledger
from pubtool.readers.signs import SECTIONS

BODY = Heading("body", "", "")

_TEXT = SECTIONS | {"section", "body"}
FRONT = frozenset({"abstract", "keywords"})
# Parts that a paragraph's style can say it belongs to.
_STYLED = FRONT | {"references"}
_COUNTED = re.compile(r"\d+(?:\.\d+)*|[IVXLC]+")
_BY_STYLE = "its style"
_SIGNS_ONLY = frozenset({"references", "about"})


@dataclass(frozen=True)
class Part:
    """A heading and the blocks under it."""

    line: int
    heading: Heading
    blocks: list[Block] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What part it is: "abstract", "references", "section", "body" (no heading) and so on."""
        return self.heading.kind

    @property
    def is_text(self) -> bool:
        """True for sections and for text without a heading."""
        return self.kind in _TEXT


def parts_of(blocks: Sequence[Block], ledger: Ledger) -> list[Part]:
    """The parts in their order; each heading taken for one is a guess with its reason (PT603)."""
    parts = [Part(0, BODY)]
    last: Numbers = ()
    for n, block in enumerate(blocks):
        if block.role in _STYLED:
            _take_styled(block, parts)
            continue
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        only = parts[-1].kind in _SIGNS_ONLY
        heading = heading_of(block, after, last, signs_only=only)
        if heading is None:
            if parts[-1].heading.reason == _BY_STYLE:
                parts.append(Part(block.line, BODY))
            parts[-1].blocks.append(block)
            continue
        parts.append(_opened(block, heading, ledger))
        last = numbers_of(heading.number) if _is_counted(heading) else last
    return list(_released(parts))


def _take_styled(block: Block, parts: list[Part]) -> None:
    """A paragraph whose style says what part it belongs to."""
    if parts[-1].kind != block.role:
        parts.append(Part(block.line, Heading(block.role, "", _BY_STYLE)))
    parts[-1].blocks.append(block)


def _is_counted(heading: Heading) -> bool:
    return heading.kind in _TEXT and bool(_COUNTED.fullmatch(heading.number))


def _opened(block: Block, heading: Heading, ledger: Ledger) -> Part:
    rest = [Block((Line(block.line, heading.rest),))] if heading.rest else []
    if heading.reason == SAID and heading.kind == "section":
        return Part(block.line, heading, rest)
    what = f"{heading.kind} {heading.number}".strip()
    ledger.guess(block.line, f"“{heading.title}” is a heading ({what}): {heading.reason}")
    return Part(block.line, heading, rest)


def _released(parts: Sequence[Part]) -> Iterator[Part]:
    """Text that only follows an abstract or keywords, without a heading of its own, is body text.

    Keywords are one block. An abstract is one block too where no heading tells its end.
    """
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        ends = following is not None and (following.is_text or following.kind in FRONT)
        if part.heading.reason == _BY_STYLE:
            yield part
        elif part.kind == "keywords" or (part.kind == "abstract" and not ends):
            yield replace(part, blocks=part.blocks[:1])
            yield Part(part.line, BODY, part.blocks[1:])
        else:
            yield part


def levelled(parts: Iterable[Part]) -> list[Part]:
    """The parts with the marks of Markdown counted from 1, whatever the manuscript begins with."""
    parts = list(parts)
    highest = min((p.heading.level for p in parts if p.kind in _TEXT - {"body"}), default=1)
    return [
        replace(p, heading=replace(p.heading, level=p.heading.level - highest + 1)) for p in parts
    ]
