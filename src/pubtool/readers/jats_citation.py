"""JATS in: the type of a citation, and its fields."""

from __future__ import annotations

from pubtool.readers.jats_fields import MARKED, Citation, fields_in
from pubtool.readers.jats_run import Element, Reading, every, jats_in
from pubtool.readers.jats_terms import TITLES, WHOLE_WORKS, WORKS
from pubtool.rules import XmlNode
from pubtool.source import local

_OURS = frozenset(
    """
    book chapter article-journal article-newspaper article-magazine thesis webpage report
    paper-conference entry-encyclopedia dataset software manuscript patent legal speech film other
    """.split()
)


@jats_in("name")
def name_in_text(e: Element, go: Reading) -> list[XmlNode]:
    """A name in running text, its parts never run together."""
    made: list[XmlNode] = [e.text or ""]
    for part in e:
        made += go(part)
        made.append(part.tail or " ")
    while made and isinstance(made[-1], str) and not made[-1].strip():
        made.pop()
    return made


@jats_in("object-id")
def number_beside(e: Element, go: Reading) -> None:
    """An identifier that is not part of the wording: in a citation it is a field."""
    if any(local(a) == "mixed-citation" for a in e.iterancestors()):
        go.take(e)
    else:
        go.aside(e)


def work_type(mixed: Element | None, granular: Element | None, go: Reading) -> str:
    """The type of a cited work; a part of a book is a chapter."""
    where = granular if granular is not None else mixed
    if where is None:
        return ""
    own = where.get("specific-use", "")
    if own in _OURS:
        return own
    said = next(
        (
            c.get(name, "")
            for c in (granular, mixed)
            if c is not None
            for name in ("publication-type", "citation-type")
            if c.get(name)
        ),
        "",
    ).lower()
    kind = WORKS.get(said, "other" if said else "")
    if said and said not in WORKS:
        go.note("PT654", where, "types of cited works that a chapter has not", said)
    if kind == "book" and every(where, *TITLES) and every(where, "source"):
        return "chapter"
    return kind


def fields(e: Element, type_: str, go: Reading) -> list[XmlNode]:
    """Every field of a citation, in order; a wording of which only links are marked has none."""
    if not [f for f in e.iter("*") if local(f) in MARKED]:
        return []
    titled = bool(every(e, *TITLES))
    return list(fields_in(e, Citation(type_, type_ in WHOLE_WORKS and not titled, go)))
