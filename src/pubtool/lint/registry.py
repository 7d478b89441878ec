"""The table of editorial rules: an id, and the small function that looks.

    @rule("PT203")
    def empty_section(c: Context) -> Said:
        for section in c.all("sec"):
            if len(section) == 1:
                yield section, "the section has a title and nothing else"

A function yields where and what; the table makes it a Diagnostic, its severity and hint from the
catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.lint.context import Context

Where: TypeAlias = "Place | etree._Element"
Said: TypeAlias = "Iterator[tuple[Where, str]]"
Check: TypeAlias = Callable[[Context], Said]

RULES: dict[str, Check] = {}


def rule(id_: str) -> Callable[[Check], Check]:
    """Register a function as the rule of that id. Raises ValueError if there is one already."""

    def register(check: Check) -> Check:
        if id_ in RULES:
            raise ValueError(f"there is already a rule {id_}")
        RULES[id_] = check
        return check

    return register


def findings_of(id_: str, c: Context) -> Iterator[Diagnostic]:
    """What one rule has to say about a chapter."""
    for where, message in RULES[id_](c):
        yield found(id_, where if isinstance(where, Place) else c.place(where), message)
