"""The part "About the author": addresses and biographies, each given to its author."""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.readers.affiliations import looks_like_affiliation
from pubtool.readers.authors import Author, has_contact, take_contacts
from pubtool.readers.blocks import Block
from pubtool.readers.inline import plain
from pubtool.readers.names import looks_like_name, name_of
from pubtool.readers.opening_facts import Opening, Workplace
from pubtool.text import fold


def read_about(blocks: Sequence[Block], opening: Opening) -> bool:
    """Give addresses and biographies to the authors.

    False, and nothing is done, if there is no author and none is named here.
    """
    if not opening.authors and not _take_name(blocks, opening):
        return False
    current = opening.authors[0]
    for block in blocks:
        named = _author_named(block, opening)
        current = named or _author_within(block, opening) or current
        if named:
            opening.ledger.repeated(block.line, block.text, "author's name")
        elif has_contact(block.text):
            _take_contact(block, current, opening)
        elif looks_like_affiliation(block.text):
            _take_affiliation(plain(block.text), block.line, current, opening)
        else:
            current.bio.append(block.text)
            opening.ledger.guess(block.line, f"biography of {current.name.display}")
    return True


def _take_name(blocks: Sequence[Block], opening: Opening) -> bool:
    """An author whom only this part names."""
    first = blocks[0] if blocks else None
    if first is None or not looks_like_name(plain(first.text), opening.evidence):
        return False
    name = name_of(plain(first.text), opening.evidence)
    opening.authors.append(Author(name, first.line))
    opening.ledger.guess(first.line, f"author: “{name.display}”, named before the biography")
    return True


def _author_named(block: Block, opening: Opening) -> Author | None:
    said = plain(block.text)
    return next((author for author in opening.authors if author.is_named(said)), None)


def _author_within(block: Block, opening: Opening) -> Author | None:
    """The author whose full name a biography has near its beginning."""
    said = f" {fold(block.text[:200])} "
    names = ((author, fold(author.name.display)) for author in opening.authors)
    return next((author for author, name in names if f" {name} " in said), None)


def _take_contact(block: Block, author: Author, opening: Opening) -> None:
    for piece in take_contacts(plain(block.text), block.line, [author], opening.ledger):
        if author.is_named(piece):
            opening.ledger.repeated(block.line, piece, "author's name")
        else:
            _take_affiliation(piece, block.line, author, opening)


def _take_affiliation(text: str, line: int, author: Author, opening: Opening) -> None:
    """The author's affiliation if there is none yet; else it is repeated or set aside."""
    known = [fold(" ".join(opening.workplaces[n - 1].lines)) for n in author.affiliations]
    if fold(text) in known:
        opening.ledger.repeated(line, text, "affiliation")
    elif known or not looks_like_affiliation(text):
        why = "stands beside the biography and differs from the affiliation under the title"
        opening.ledger.set_aside(line, text, why if known else "stands beside the biography")
    else:
        opening.workplaces.append(Workplace(line, [text]))
        author.affiliations.append(len(opening.workplaces))
