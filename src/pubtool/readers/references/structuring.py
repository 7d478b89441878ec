"""References that have only their wording get their fields, as far as these are sure."""

from __future__ import annotations

from lxml import etree

from pubtool.model import child, q
from pubtool.readers.ledger import Ledger
from pubtool.readers.references.choice import NAMES, Read, read_entries
from pubtool.readers.references.elements import write
from pubtool.readers.references.written import Written, written

# A field below this confidence is not written, but named in a finding (PT681).
SURE_ENOUGH = 0.5
_SHOWN = 40


def structure_references(root: etree._Element, ledger: Ledger) -> None:
    """Give every `<ref>` that has only `<as-written>` its fields. The wording is not touched.

    Says in which style the list was read (PT680), which fields were left out because they are
    not sure, and which words no field has (PT681), and which entry could not be read (PT682).
    """
    bare = [(ref, w) for ref in root.iter(q("ref")) if len(ref) == 1 and (w := _wording(ref))]
    if not bare:
        return
    style, reads = read_entries([w for _, w in bare])
    for (ref, w), read in zip(bare, reads, strict=True):
        _settle(ref, w, read, ledger)
    apart = sum(bool(read.facts.type) for read in reads)
    ledger.note(
        "PT680",
        _line(bare[0][0]),
        f"{apart} of {len(reads)} references taken apart, in the manner of {NAMES[style]}",
    )


def _wording(ref: etree._Element) -> Written | None:
    as_written = child(ref, "as-written")
    return written(as_written) if as_written is not None else None


def _settle(ref: etree._Element, w: Written, read: Read, ledger: Ledger) -> None:
    line, said = _line(ref), _short(w.text)
    if not read.facts.type:
        ledger.note("PT682", line, f"“{said}”: only its wording is kept; no style explains it")
        return
    doubtful = {name for name, sure in read.agreement.fields.items() if sure < SURE_ENOUGH}
    write(ref, read.facts, doubtful)
    for note in read.facts.notes:
        ledger.guess(line, f"reference “{said}”: {note}")
    if doubtful or read.agreement.unread:
        ledger.note("PT681", line, f"“{said}”: {_doubts(read, doubtful)}")


def _doubts(read: Read, doubtful: set[str]) -> str:
    left_out = [
        f"{name} “{_value(read, name)}” is not sure and left out" for name in sorted(doubtful)
    ]
    words = " ".join(read.agreement.unread[:12])
    return "; ".join([*left_out, *([f"no field has “{words}”"] if words else [])])


def _value(read: Read, name: str) -> str:
    people = ", ".join(n.display for n in read.facts.names if n.role == name)
    return read.facts.fields.get(name, people)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _line(element: etree._Element) -> int:
    """The line of the manuscript, which readers note as the source line of what they make."""
    return int(element.sourceline or 0)
