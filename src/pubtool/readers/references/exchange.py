"""The files of reference managers: BibTeX, RIS, CSL-JSON, read entry by entry.

pandoc knows the formats; what it cannot read together it is given in halves, until each entry that
it cannot read stands alone and is named (PT686).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from pubtool.diagnostics import ToolFailed
from pubtool.readers.draft import element, placed
from pubtool.readers.ledger import Ledger
from pubtool.readers.references import bib, records
from pubtool.readers.references.bib import Entry
from pubtool.readers.references.elements import write
from pubtool.rules import XmlNode
from pubtool.text import ascii_id
from pubtool.tools import pandoc

FORMATS = {".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris", ".json": "csljson"}
_RIS = re.compile(r"^TY  -.*?(?:^ER  -[^\n]*|\Z)", re.M | re.S)
_INVISIBLE = {ord("0"): 0x200B, ord("1"): 0x2060}
_CLOSED = re.compile(r"^ER  -", re.M)


@dataclass(frozen=True, slots=True)
class Record:
    """A CSL-JSON record, and the entry it comes from."""

    entry: Entry
    record: dict[str, Any]


def read_references(text: str, suffix: str, ledger: Ledger) -> list[etree._Element]:
    """A `<ref>` with fields and wording for each entry of a file; its id is made of its key."""
    found = _SPLIT[FORMATS[suffix]](text, ledger)
    usable = [record for record in found if _is_usable(record, ledger)]
    _tell_unread(usable, ledger)
    wordings = _set([record.record for record in usable])
    taken: set[str] = set()
    return [_ref(r, wordings.get(str(n), []), taken) for n, r in enumerate(usable)]


def _is_usable(record: Record, ledger: Ledger) -> bool:
    try:
        records.facts_of(record.record)
    except ValueError as error:
        _bad(record.entry, str(error), ledger)
        return False
    return True


def _bad(entry: Entry, why: str, ledger: Ledger) -> None:
    said = entry.key or " ".join(entry.source.split())[:40]
    ledger.note("PT686", entry.line, f"the entry “{said}” is left out: {why}")


def _tell_unread(found: Sequence[Record], ledger: Ledger) -> None:
    """Name what references have no place for, once for the file (PT687)."""
    counts = Counter(name for r in found for name in records.unread(r.record))
    if counts:
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))
        ledger.note("PT687", 0, f"not taken over, as references have no place for it: {listed}")


def _ref(record: Record, wording: Iterable[XmlNode], taken: set[str]) -> etree._Element:
    id_ = _id(record.entry.key, taken)
    ref = element("ref", element("as-written", wording), id=id_)
    write(ref, records.facts_of(record.record))
    return placed(ref, record.entry.line)


def id_of(key: str) -> str:
    """An id like the key, which may be none, or have characters that ids cannot have."""
    return key if re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", key) else ascii_id(key or "ref")


def _id(key: str, taken: set[str]) -> str:
    bare = id_of(key)
    id_, n = bare, 1
    while id_ in taken:
        n += 1
        id_ = f"{bare}-{n}"
    taken.add(id_)
    return id_


# ── files into records ──


def _bibtex(text: str, ledger: Ledger) -> list[Record]:
    strings, entries = bib.entries(text)
    return _read_all(entries, "biblatex", strings, ledger)


def _ris(text: str, ledger: Ledger) -> list[Record]:
    entries = [
        Entry(
            text.count("\n", 0, match.start()) + 1,
            "",
            match[0] + "\n",
            ""
            if _CLOSED.search(match[0]) and match[0].count("TY  -") == 1
            else "it has no end (ER)",
        )
        for match in _RIS.finditer(text)
    ]
    return _read_all(entries, "ris", "", ledger)


def _csl(text: str, ledger: Ledger) -> list[Record]:
    try:
        items = json.loads(text)
    except ValueError as error:
        ledger.note("PT686", getattr(error, "lineno", 0), f"this is no JSON: {error}")
        return []
    if isinstance(items, dict):
        items = items.get("references", [items])
    items = items if isinstance(items, list) else []
    return [
        Record(Entry(0, str(item.get("id", ""))), item)
        if isinstance(item, dict)
        else Record(Entry(0, f"number {n}"), {})
        for n, item in enumerate(items, 1)
    ]


_SPLIT = {"bibtex": _bibtex, "ris": _ris, "csljson": _csl}


def _read_all(entries: Sequence[Entry], format_: str, before: str, ledger: Ledger) -> list[Record]:
    """The records of the entries that are whole and have a key of their own."""
    whole, keys = [], set[str]()
    for entry in entries:
        again = bool(entry.key) and entry.key in keys
        if fault := entry.fault or ("another entry has the same key" if again else ""):
            _bad(entry, fault, ledger)
        else:
            whole.append(entry)
            keys.add(entry.key)
    return _halved(whole, format_, before, ledger) if whole else []


def _halved(entries: Sequence[Entry], format_: str, before: str, ledger: Ledger) -> list[Record]:
    source = "\n\n".join(filter(None, [before, *(entry.source for entry in entries)]))
    why = "pandoc makes no record of it"
    try:
        made = json.loads(pandoc(["-f", format_, "-t", "csljson"], source.encode())[0])
        if len(made) == len(entries):
            return [Record(*pair) for pair in zip(_in_order(entries, made), made, strict=True)]
    except ToolFailed as error:
        why = error.message
    if len(entries) == 1:
        _bad(entries[0], why, ledger)
        return []
    middle = len(entries) // 2
    return [
        record
        for half in (entries[:middle], entries[middle:])
        for record in _halved(half, format_, before, ledger)
    ]


def _in_order(entries: Sequence[Entry], made: Sequence[dict[str, Any]]) -> list[Entry]:
    """The entry of each record: by its key where there are keys, else by its place."""
    by_key = {entry.key: entry for entry in entries if entry.key}
    return [by_key.get(str(r.get("id")), entries[n]) for n, r in enumerate(made)]


# ── wording ──


def _set(made: Sequence[dict[str, Any]]) -> dict[str, list[XmlNode]]:
    """Each record set by pandoc in its own style (Chicago author–date), by its number."""
    if not made:
        return {}
    numbered = [_apart(record, n) for n, record in enumerate(made)]
    document = _yaml({"references": numbered, "nocite": "@*", "lang": "en"})
    arguments = ["-f", "markdown", "-t", "html", "--citeproc", "--wrap=none"]
    page, _ = pandoc(arguments, f"---\n{document}\n---\n".encode())
    tree = html.document_fromstring(page.decode())
    found = tree.xpath("//div[starts-with(@id, 'ref-')]")
    return {e.get("id", "").removeprefix("ref-"): _trimmed(_content(e)) for e in found}


def _yaml(told: dict[str, Any]) -> str:
    """JSON that is YAML too, which knows no characters that are written in two halves."""
    text = json.dumps(told, ensure_ascii=False)
    return re.sub(r"[^\x20-\x7e]", lambda c: f"\\U{ord(c[0]):08x}", text)


def _apart(record: dict[str, Any], n: int) -> dict[str, Any]:
    """A record whose first names end in invisible characters that no other record has.

    The style would set a long dash for the names of the entry before; here each stands alone.
    """
    mark = f"{n:b}".translate(_INVISIBLE)
    return {
        key: [_marked(value[0], mark), *value[1:]] if _are_people(key, value) else value
        for key, value in (record | {"id": str(n)}).items()
    }


def _are_people(key: str, value: object) -> bool:
    return key in records.ROLES and isinstance(value, list) and bool(value)


def _marked(person: object, mark: str) -> object:
    if not isinstance(person, dict):
        return person
    last = next((key for key in ("literal", "family", "given") if person.get(key)), "")
    return person | {last: f"{person[last]}{mark}"} if last else person


def _content(entry: etree._Element) -> list[XmlNode]:
    """The text of an entry; of its markup, italics are kept."""
    made: list[XmlNode] = [_blank(entry.text)]
    for inner in entry:
        if inner.tag == "em":
            made.append(element("italic", _content(inner)))
        else:
            made += _content(inner)
        made.append(_blank(inner.tail))
    return made


def _trimmed(made: list[XmlNode]) -> list[XmlNode]:
    first, last = made[0], made[-1]
    made[0] = first.lstrip() if isinstance(first, str) else first
    made[-1] = last.rstrip() if isinstance(last, str) else last
    return made


def _blank(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").translate(dict.fromkeys(_INVISIBLE.values())))
