"""The opening read to its end: the title in its own case, the authors with their workplaces."""

from __future__ import annotations

from pubtool.readers.authors import Author
from pubtool.readers.inline import plain
from pubtool.readers.opening_facts import Opening
from pubtool.text import is_capitals


def settle(opening: Opening) -> Opening:
    """Give the title its own case and each author the workplaces whose marks the name has."""
    _settle_title(opening)
    if not opening.authors:
        _take_cited_authors(opening)
    for author in opening.authors:
        marked = [
            n for n, workplace in enumerate(opening.workplaces, 1)
            if workplace.marks.strip(".) ") in author.marks and workplace.marks
        ]  # fmt: skip
        author.affiliations = marked or author.affiliations
    return opening


def _settle_title(opening: Opening) -> None:
    """The title in its own case; without one on the page, the one of the citation line."""
    ledger, written = opening.ledger, opening.title
    if not written and opening.citation.title:
        opening.title = opening.citation.title
        ledger.guess(opening.citation.line, "title: the one the citation line gives")
        return
    if not written:
        return
    opening.title = opening.evidence.line(written, opening.citation.text)
    ledger.guess(opening.title_line, "title: the first line that is nothing else")
    if opening.title != written:
        message = "the title stands in capitals; its own case is found elsewhere in the manuscript"
        ledger.guess(opening.title_line, message)
    elif is_capitals(plain(written)):
        message = "the title stands in capitals, and nowhere in its own case; it is kept so"
        ledger.guess(opening.title_line, message)


def _take_cited_authors(opening: Opening) -> None:
    line = opening.citation.line
    opening.authors = [Author(name, line) for name in opening.citation.authors]
    for author in opening.authors:
        opening.ledger.guess(line, f"author: “{author.name.display}”, as the citation line has it")
