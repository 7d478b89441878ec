"""The engine of the crosswalks: a table of rows turns a chapter's facts into a target's fields.

    Row("container-title", "book title", need=SHOULD)

reads: the target's field `container-title` holds the fact `book title`, and who receives the file
expects it. Formats with a fixed skeleton have such a table too: it says what their template needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, Unreadable, found
from pubtool.edition import Edition, Made
from pubtool.model import Record
from pubtool.writers.crosswalk_facts import FACTS, WHERE, NotSaid

MAY, SHOULD, MUST = "may", "should", "must"


def as_it_is(value: Any) -> Any:
    """A value as the record has it."""
    return value


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a target and the fact it holds.

    `shape` makes the target's form of one value; None leaves the value out. `many` fields hold
    every value, others the first. Without a MUST fact nothing can be made (PT771); without a
    SHOULD fact the file is made and the gap reported (PT770).
    """

    target: str
    source: str
    shape: Callable[[Any], Any] = as_it_is
    need: str = MAY
    many: bool = False


Table = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver's format: its name for people, its table, and what it asks of the settings."""

    name: str
    table: Table
    settings: tuple[str, ...] = field(default=())


def values(row: Row, record: Record) -> list[Any]:
    """What a row makes of a record: none, one or several values in the target's form."""
    made = [row.shape(value) for value in FACTS[row.source](record)]
    said = [value for value in made if value not in (None, "", [], {})]
    return said if row.many else said[:1]


def fields(table: Table, record: Record) -> list[tuple[str, Any]]:
    """(field, value) pairs in the order of the table; a field that repeats stands several times."""
    return [(row.target, value) for row in table for value in values(row, record)]


def mapping(table: Table, record: Record) -> dict[str, Any]:
    """The fields as a mapping: lists where a field holds many values."""
    made: dict[str, Any] = {}
    for row in table:
        said = values(row, record)
        if row.many and said:
            made.setdefault(row.target, []).extend(said)
        elif said:
            made.setdefault(row.target, said[0])
    return made


def gaps(target: Target, edition: Edition) -> list[Diagnostic]:
    """What a target asks for and the chapter does not say: PT770 and PT771, each field once."""
    record, chapter = edition.chapter.record, Place(edition.chapter.file)
    told: dict[str, Diagnostic] = {}
    for row in target.table:
        if row.need != MAY and row.source not in told and not FACTS[row.source](record):
            told[row.source] = _gap(target, row, chapter)
    for key in target.settings:
        section, _, name = key.partition(".")
        if not getattr(getattr(edition.settings, section), name):
            told[key] = _unset(target, key, Place(edition.settings.file or "pubtool.toml"))
    return list(told.values())


def _gap(target: Target, row: Row, place: Place) -> Diagnostic:
    said = f"{target.name} has no {row.source}, which its field “{row.target}” holds"
    if row.need == MUST:
        said = f"{target.name} cannot be made without the {row.source} (field “{row.target}”)"
    rule = "PT771" if row.need == MUST else "PT770"
    return found(rule, place, said, hint=f"Say it in {WHERE[row.source]}, if there is one.")


def _unset(target: Target, key: str, place: Place) -> Diagnostic:
    section, _, name = key.partition(".")
    message = f"{target.name} cannot be made without “{name}” in [{section}]"
    return found("PT771", place, message, hint=f'Add {name} = "…" to [{section}].')


def made(target: Target, edition: Edition, write: Callable[[Edition], bytes]) -> Made:
    """The artifact of a target with what is missing from it; nothing, if it cannot be made."""
    findings = gaps(target, edition)
    if any(finding.is_error for finding in findings):
        return Made(b"", tuple(findings), left_out=True)
    try:
        return Made(write(edition), tuple(findings))
    except NotSaid as missing:
        refused = found("PT771", Place(edition.chapter.file), f"{target.name}: {missing}")
        return Made(b"", (*findings, refused), left_out=True)
    except Unreadable as broken:
        return Made(b"", (*findings, broken.finding))
