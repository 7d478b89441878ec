"""Plain text in: a manuscript without any markup but its lines, and asterisks for emphasis.

lines ─▶ blocks ─▶ citation line ─▶ opening ─▶ parts ─▶ chapter ─▶ references and citations
─▶ words compared
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from pubtool.diagnostics import Place, Unreadable, found, in_order
from pubtool.labels import labels_for
from pubtool.readers import Imported, languages
from pubtool.readers.apparatus import structure
from pubtool.readers.blocks import Block, blocks_of, lines_of
from pubtool.readers.chapter import chapter
from pubtool.readers.citing import take_citation
from pubtool.readers.conserve import lost
from pubtool.readers.draft import serialise
from pubtool.readers.furniture import without_furniture
from pubtool.readers.inline import MARKUP
from pubtool.readers.ledger import Ledger
from pubtool.readers.opening import read_opening
from pubtool.readers.parts import parts_of
from pubtool.readers.recase import gather
from pubtool.settings import Settings
from pubtool.source import decode

_FALLBACK = "en"


def read(data: bytes, file: str, settings: Settings) -> Imported:
    """The chapter in a plain text.

    Guesses are notes (PT603); a word that is neither in the chapter nor in a finding is an error
    (PT602). Raises Unreadable: PT002 if it is not UTF-8, PT605 if there is no text in it.
    """
    ledger = Ledger(file)
    lines = lines_of(decode(data, file), ledger)
    blocks = blocks_of(lines)
    if not blocks:
        raise Unreadable(found("PT605", Place(file), "there is no text in it"))
    evidence = gather(line.text for line in lines)
    language = _language(blocks, settings, ledger)
    citation, rest = take_citation(blocks, ledger)
    opening, rest = read_opening(rest, citation, evidence, ledger)
    rest = without_furniture(rest, opening.heads, citation.pages, ledger)
    labels = labels_for(language, settings.labels)
    root = chapter(opening, parts_of(rest, ledger), language, PurePath(file).stem, labels)
    structure(root, ledger, settings)
    manuscript = ((line.number, line.text) for line in lines)
    missing = lost(manuscript, root, ledger.spent, file, MARKUP)
    return Imported(serialise(root), in_order([*ledger.findings, *missing]))


def _language(blocks: Sequence[Block], settings: Settings, ledger: Ledger) -> str:
    """The project's language, or the one the text seems to be in."""
    if settings.project.language:
        return settings.project.language
    guessed, share = languages.guess(" ".join(block.text for block in blocks))
    if guessed:
        name = languages.NAMES[guessed]
        reason = f"{share:.0%} of its words are the small words of that language"
        ledger.guess(0, f"language {name} (xml:lang=“{guessed}”): {reason}")
    else:
        ledger.guess(0, f"language “{_FALLBACK}”: the words do not tell; set [project] language")
    return guessed or _FALLBACK
