"""The one table of everything pubtool can find fault with; `pubtool explain ID` prints a row.

Families: PT0xx reading and configuration · PT1xx the canonical schema · PT2xx structure and
editing · PT3xx citations and references · PT4xx names, identifiers and metadata · PT5xx images
and accessibility · PT6xx import · PT7xx exported artifacts · PT8xx house extensions ·
PT9xx engines and the machine. Each module of this package holds the rows of some families.
"""

from __future__ import annotations

from pubtool.catalogue import artifacts, chapter, intake, machine, metadata
from pubtool.catalogue.rule import Rule

__all__ = ["CATALOGUE", "RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    *machine.RULES,
    *chapter.RULES,
    *intake.RULES,
    *artifacts.RULES,
    *metadata.RULES,
)

CATALOGUE = {rule.id: rule for rule in RULES}
