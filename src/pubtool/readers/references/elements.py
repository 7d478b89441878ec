"""The fields of a reference as elements before its `<as-written>`, which is never touched."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from lxml import etree

from pubtool.model import Name
from pubtool.readers.draft import element, optional
from pubtool.readers.references.facts import Facts

# The order of the fields, as a catalogue has them.
ORDER = (
    "year", "date", "title", "container-title", "volume", "volume-title", "number", "issue",
    "edition", "series", "first-page", "last-page", "publisher", "place", "doi", "isbn", "issn",
    "url", "accessed", "language", "genre", "note",
)  # fmt: skip


def write(ref: etree._Element, facts: Facts, without: Container[str] = ()) -> None:
    """Put the fields into a `<ref>`, but for those named in `without`."""
    if facts.type:
        ref.set("type", facts.type)
    parts = [*names(n for n in facts.names if n.role not in without), *_fields(facts, without)]
    for n, part in enumerate(parts):
        ref.insert(n, part)


def _fields(facts: Facts, without: Container[str]) -> Iterator[etree._Element]:
    for name in ORDER:
        if name in facts.fields and name not in without:
            yield element(name, facts.fields[name])


def names(people: Iterable[Name]) -> Iterator[etree._Element]:
    """`<name>` or `<collab>` for each; the role is said unless it is that of an author."""
    for name in people:
        role = "" if name.role == "author" else name.role
        if name.collab:
            yield element("collab", name.collab, role=role)
        else:
            parts = [
                part
                for key in ("prefix", "given", "family", "suffix")
                for part in optional(key, getattr(name, key))
            ]
            yield element("name", parts, role=role)
