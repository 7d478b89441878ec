"""Plain text in: a manuscript without any markup but its lines, and asterisks for emphasis.

lines ─▶ blocks ─▶ chapter (`assembly`) ─▶ references and citations ─▶ words compared
"""

from __future__ import annotations

from collections.abc import Iterable

from pubtool.diagnostics import Place, Unreadable, found, in_order
from pubtool.readers import Imported
from pubtool.readers.apparatus import structure
from pubtool.readers.assembly import assemble, language_of
from pubtool.readers.blocks import Line, blocks_of, lines_of
from pubtool.readers.conserve import lost
from pubtool.readers.draft import serialise
from pubtool.readers.inline import MARKUP, escapes
from pubtool.readers.ledger import Ledger
from pubtool.settings import Settings
from pubtool.source import decode


def read(data: bytes, file: str, settings: Settings) -> Imported:
    """The chapter in a plain text.

    Guesses are notes (PT603); a word that is neither in the chapter nor in a finding is an error
    (PT602). Raises Unreadable: PT002 if it is not UTF-8, PT605 if there is no text in it.
    """
    ledger = Ledger(file)
    lines = lines_of(decode(data, file), ledger)
    _tell_escapes(lines, ledger)
    blocks = blocks_of(lines)
    if not blocks:
        raise Unreadable(found("PT605", Place(file), "there is no text in it"))
    language = language_of(" ".join(block.text for block in blocks), settings, ledger)
    root = assemble(blocks, language, settings, ledger)
    structure(root, ledger, settings)
    manuscript = ((line.number, line.text) for line in lines)
    missing = lost(manuscript, root, ledger.spent, file, MARKUP)
    return Imported(serialise(root), in_order([*ledger.findings, *missing]))


def _tell_escapes(lines: Iterable[Line], ledger: Ledger) -> None:
    r"""Name each `\$` that is read as a mere `$` (PT689): a backslash may have been meant."""
    for line in lines:
        for mark, count in escapes(line.text).items():
            often = f", {count} times" if count > 1 else ""
            ledger.note("PT689", line.number, f"“\\{mark}” is read as “{mark}”{often}")
