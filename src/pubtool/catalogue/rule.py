"""One row of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule means: its default severity, why it matters, examples, and what to do."""

    id: str
    severity: str
    title: str
    why: str
    bad: str
    good: str
    hint: str
