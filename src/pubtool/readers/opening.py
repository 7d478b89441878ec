"""The opening of a manuscript: chapter number, title, authors, and where they work.

The lines are shown to one recogniser after the other; the first line that none of them knows is
where the text begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubtool.readers.blocks import Block
from pubtool.readers.citing import Citation
from pubtool.readers.inline import is_object
from pubtool.readers.ledger import Ledger
from pubtool.readers.opening_facts import Opening
from pubtool.readers.opening_lines import BY_ROLE, RECOGNISERS, SECTION_NUMBER, repetition
from pubtool.readers.opening_settled import settle
from pubtool.readers.recase import Evidence
from pubtool.readers.recognise import sign_of


def read_opening(
    blocks: Sequence[Block],
    citation: Citation,
    evidence: Evidence,
    ledger: Ledger,
    notes: dict[str, str] | None = None,
) -> tuple[Opening, list[Block]]:
    """The opening, and the blocks of the text that follow it.

    `notes` are the words of footnotes by the marks that stand for them in the text; those on the
    names of authors are taken out.
    """
    opening = Opening(citation, evidence, ledger, notes=notes if notes is not None else {})
    floats: list[Block] = []
    for n, block in enumerate(blocks):
        opening.last = ""
        if is_object(block.text) and not opening.authors:
            floats.append(block)
            continue
        units = list(_units(block))
        for known, unit in enumerate(units):
            if not _recognised(unit, opening):
                rest = tuple(line for later in units[known:] for line in later.lines)
                left = replace(block, lines=rest)
                return settle(opening), [*floats, left, *blocks[n + 1 :]]
    return settle(opening), floats


def _units(block: Block) -> Iterator[Block]:
    """Line by line, but for emphasis over several lines, and for running prose."""
    text = block.text
    emphasis = text.startswith("*") and text.endswith("*")
    if emphasis or _is_prose(block):
        yield block
    else:
        yield from (replace(block, lines=(line,)) for line in block.lines)


def _is_prose(block: Block) -> bool:
    """True for three lines or more that were broken by hand to about the same length."""
    lengths = [len(line.text) for line in block.lines[:-1]]
    return len(lengths) > 1 and min(lengths) > 50


def _recognised(unit: Block, opening: Opening) -> bool:
    if unit.role:
        said = BY_ROLE.get(unit.role)
        return said is not None and (repetition(unit, opening) or said(unit, opening))
    sign = sign_of(unit.text)
    if (sign is not None and sign.kind != "citation") or is_object(unit.text):
        return False
    if unit.level and repetition(unit, opening):
        return True
    if unit.level and (opening.title or SECTION_NUMBER.match(unit.text)):
        return False
    for name, recognise in RECOGNISERS.items():
        if recognise(unit, opening):
            opening.last = opening.last if name == "continuation" else name
            return True
    return False
