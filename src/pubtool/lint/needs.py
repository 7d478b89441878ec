"""The facts each target asks of a chapter: a table.

Sources: Crossref schema 5.3.1 (book, content_item), DataCite 4.5 (mandatory and recommended
properties), OpenAIRE guidelines for DSpace, ONIX 3.0 best practice (EDItEUR), the OAPEN deposit
form, JATS4R recommendations (permissions, contributors, abstracts), EPUB Accessibility 1.1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """A fact: the id of its finding, its name, where it would stand, and who asks for it."""

    id: str
    name: str
    where: str
    targets: frozenset[str]


def _need(id_: str, name: str, where: str, targets: str) -> Need:
    return Need(id_, name, where, frozenset(targets.split()))


NEEDS = (
    _need("PT450", "licence", "<license href>", "jats crossref datacite dspace oapen"),
    _need("PT451", "DOI of the chapter", "<identifiers><doi>", "jats crossref datacite dspace"),
    _need(
        "PT452", "ISBN of the volume", "<book><isbn>", "jats crossref dspace onix oapen epub-a11y"
    ),
    _need(
        "PT453", "ROR id of the institution", "<institution ror>", "jats crossref datacite oapen"
    ),
    _need("PT454", "ORCID iD of the author", "<orcid>", "jats crossref datacite dspace onix oapen"),
    _need("PT455", "abstract", "<abstract>", "jats crossref datacite dspace onix oapen"),
    _need("PT456", "keywords", "<keywords>", "jats datacite dspace onix oapen"),
    _need("PT457", "copyright holder and year", "<copyright year holder>", "jats onix oapen"),
    _need("PT458", "date or year", "<dates published>", "jats crossref datacite dspace onix oapen"),
    _need("PT459", "pages", "<pages first last>", "jats crossref dspace"),
    _need("PT460", "title of the volume", "<book><title>", "jats crossref dspace onix oapen"),
    _need("PT461", "publisher", "<book><publisher>", "jats crossref datacite dspace onix oapen"),
    _need("PT462", "editor of the volume", "<book><editor>", "crossref dspace onix oapen"),
    _need("PT463", "DOI of the volume", "<book><doi>", "crossref oapen"),
    _need("PT464", "web address of the chapter", "<identifiers><url>", "crossref datacite dspace"),
    _need("PT465", "funding", "<funding>", "oapen"),
    _need("PT466", "references", "<references>", "crossref"),
    _need("PT467", "marks of the print pages", "<page-break>", "epub-a11y"),
    _need("PT468", "place and country of the publisher", "<publisher place country>", "onix oapen"),
    _need("PT469", "affiliation", "<affiliation>", "jats crossref datacite oapen"),
    _need("PT470", "author", "<contributor>", "jats crossref datacite dspace onix oapen"),
    _need("PT471", "last page", "<pages last>", "crossref dspace"),
)
