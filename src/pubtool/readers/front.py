"""The front of a chapter as elements: title, contributors, affiliations, volume."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pubtool.model import Affiliation, Name
from pubtool.readers.abstracts import abstracts_and_keywords
from pubtool.readers.authors import Author
from pubtool.readers.citing import Citation
from pubtool.readers.draft import element, optional, wrapped
from pubtool.readers.inline import content
from pubtool.readers.opening_facts import Opening
from pubtool.readers.parts import Part
from pubtool.readers.prose import spoken


def front(opening: Opening, parts: Sequence[Part], language: str) -> etree._Element:
    """The `<front>`; `parts` are the abstracts and keywords."""
    ledger, citation = opening.ledger, opening.citation
    return element(
        "front",
        element("title", spoken(opening.title, opening.title_line, ledger)),
        [element("subtitle", spoken(opening.subtitle, opening.title_line, ledger))]
        if opening.subtitle
        else [],
        [_contributor(author, n) for n, author in enumerate(opening.authors, 1)],
        [_affiliation(affiliation) for affiliation in opening.affiliations()],
        *abstracts_and_keywords(parts, language, ledger),
        wrapped("identifiers", optional("doi", citation.doi)),
        [element("pages", first=first, last=last) for first, last in [citation.pages] if first],
        _citation_line(opening),
        _book(citation),
    )


def _contributor(author: Author, n: int) -> etree._Element:
    bio = [element("p", content(paragraph)) for paragraph in author.bio]
    return element(
        "contributor",
        _name(author.name),
        optional("orcid", author.orcid),
        [element("email", email, visible="no") for email in author.emails],
        wrapped("bio", bio),
        id=f"c{n}",
        role="author",
        corresponding="yes" if author.corresponding else "",
        affiliations=" ".join(f"aff{number}" for number in author.affiliations),
    )


def _name(name: Name) -> etree._Element:
    return element(
        "name",
        optional("prefix", name.prefix),
        optional("given", name.given),
        optional("family", name.family),
        optional("suffix", name.suffix),
    )


def _affiliation(affiliation: Affiliation) -> etree._Element:
    return element(
        "affiliation",
        [element("department", department) for department in affiliation.departments],
        optional("institution", affiliation.institution),
        optional("city", affiliation.city),
        optional("country", affiliation.country, code=affiliation.country_code),
        id=affiliation.id,
    )


def _citation_line(opening: Opening) -> list[etree._Element]:
    citation = opening.citation
    if not citation.text:
        return []
    return [element("citation-line", spoken(citation.text, citation.line, opening.ledger))]


def _book(citation: Citation) -> list[etree._Element]:
    if not citation.book:
        return []
    return wrapped(
        "book",
        [
            *optional("title", citation.book),
            *(element("editor", _name(name)) for name in citation.editors if name.family),
            *optional("publisher", citation.publisher, place=citation.place),
            *optional("year", citation.year),
        ],
    )
