"""From the blocks of any manuscript to a chapter.

blocks ─▶ citation line ─▶ opening ─▶ parts ─▶ chapter
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from lxml import etree

from pubtool import languages
from pubtool.labels import labels_for
from pubtool.readers.blocks import Block
from pubtool.readers.chapter import chapter
from pubtool.readers.citing import take_citation
from pubtool.readers.furniture import without_furniture
from pubtool.readers.inline import unmarked
from pubtool.readers.ledger import Ledger
from pubtool.readers.opening import read_opening
from pubtool.readers.parts import parts_of
from pubtool.readers.recase import gather
from pubtool.settings import Settings

# So many words tell a language more surely than the settings of a word processor.
_TELLING = 60
_FALLBACK = "en"


def assemble(
    blocks: Sequence[Block],
    language: str,
    settings: Settings,
    ledger: Ledger,
    notes: dict[str, str] | None = None,
    title: str = "",
) -> etree._Element:
    """The canonical chapter of a manuscript; what is guessed or left out stands in the ledger.

    `notes` are as `read_opening` wants them; `title` is one that the properties of the file say.
    """
    evidence = gather(unmarked(line.text) for block in blocks for line in block.lines)
    citation, rest = take_citation(blocks, ledger)
    opening, rest = read_opening(rest, citation, evidence, ledger, notes)
    if title and not opening.title:
        opening.title = title
        ledger.guess(0, f"title: “{title}”, as the properties of the file have it")
    if not opening.title:
        ledger.lacking("no title was found; put it into the empty <title>")
    rest = without_furniture(rest, opening.heads, citation.pages, ledger)
    labels = labels_for(language, settings.labels)
    stem = PurePath(ledger.file).stem
    return chapter(opening, parts_of(rest, ledger), language, stem, labels)


def language_of(text: str, settings: Settings, ledger: Ledger, said: str = "") -> str:
    """The project's language, or the one the text seems to be in, or the one the file names."""
    if settings.project.language:
        return settings.project.language
    guessed, share = languages.guess(text)
    doubtful = not guessed or text.count(" ") < _TELLING
    if said and (doubtful or said.split("-")[0] not in languages.NAMES):
        ledger.guess(0, f"language “{said}”: the file says so")
        return said
    if guessed:
        name = languages.NAMES[guessed]
        reason = f"{share:.0%} of its words are the small words of that language"
        ledger.guess(0, f"language {name} (xml:lang=“{guessed}”): {reason}")
    else:
        ledger.guess(0, f"language “{_FALLBACK}”: the words do not tell; set [project] language")
    return guessed or _FALLBACK
