"""No silent loss, by a count of words that shares nothing with that of the readers.

`pubtool.readers.conserve` believes what a reader says it spent. Here nobody is believed: each word
of the input is looked for in the chapters and in the messages of the findings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from pubtool.diagnostics import Unreadable
from pubtool.readers import Imported, jats, manuscript, text
from pubtool.settings import Settings
from tests.fuzz import told
from tests.property.test_import import holds
from tests.property.test_jats_import import valid

_WORD = re.compile(r"[^\W_]+")
# Words that tell a reader something and are not kept as words: "May" and "Sep" become 05 and 09,
# "dx.doi.org" a DOI, a heading or label is printed by pubtool itself, "citation-line" is a name
# for a field.
SIGNS = frozenset(
    "may sep http dx doi abstract acknowledgments citation line chapter number type url".split()
)
_SHORT = 2
# Findings in which a reader says itself that words are missing.
_LOSSES = frozenset({"PT602", "PT634"})


def tried(name: str, data: bytes) -> bool:
    """Read an input and hold it to all that a chapter must be; True if a reader told a loss.

    Raises AssertionError if words are lost of which no finding speaks.
    """
    try:
        made = _read(name, data)
    except Unreadable:
        return False
    for imported in made:
        valid(imported.data) if name.endswith(".xml") else holds(imported)
    named = any(f.rule in _LOSSES for imported in made for f in imported.findings)
    silent = {} if named and name.endswith(".txt") else lost(name, data, made)
    assert silent == {}, f"lost in silence: {silent}"
    return named


def _read(name: str, data: bytes) -> list[Imported]:
    if name.endswith(".xml"):
        return jats.read_all(data, name, Settings())
    return [(text if name.endswith(".txt") else manuscript).read(data, name, Settings())]


def lost(name: str, data: bytes, made: Sequence[Imported]) -> dict[str, int]:
    """The words of an input, and how often, that are nowhere in what was made of it.

    Of a DOCX nothing is counted: its words are scattered over parts.
    """
    if name.endswith(".txt"):
        return _missing(_words(data.decode("utf-8-sig")), made)
    return told.lost(data, made, SIGNS) if name.endswith(".xml") else {}


def _missing(words: Counter[str], made: Sequence[Imported]) -> dict[str, int]:
    """What is left when each word that is there is crossed out; words may have run together."""
    missing = words - _there(made)
    run_on = "".join(_WORD.findall(" ".join(_texts(made, "")).casefold()))
    return {
        w: n
        for w, n in missing.items()
        if w not in SIGNS and (len(w) <= _SHORT or run_on.count(w) < words[w])
    }


def _there(made: Sequence[Imported]) -> Counter[str]:
    """The words of chapters and findings; what a reference says in fields, its wording repeats."""
    return sum((_words(text) for text in _texts(made, " ", but="ref")), Counter[str]())


def _texts(made: Sequence[Imported], between: str, but: str = "") -> Iterator[str]:
    """The chapters' text, the values of their attributes, and what the findings say."""
    for imported in made:
        root = etree.fromstring(imported.data)
        for ref in list(root.iter(f"{{*}}{but}")) if but else []:
            if ref.find("{*}as-written") is not None:
                ref[:] = ref.findall("{*}as-written")
        yield between.join(map(str, root.itertext()))
        yield " ".join(str(value) for e in root.iter("*") for value in e.attrib.values())
        yield from (f.message for f in imported.findings)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))
