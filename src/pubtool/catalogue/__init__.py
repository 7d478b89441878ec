"""The one table of everything pubtool can find fault with; `pubtool explain ID` prints a row.

Families: PT0xx reading and configuration · PT1xx the canonical schema · PT2xx structure and
editing · PT3xx citations and references · PT4xx names, identifiers and metadata · PT5xx images
and accessibility · PT6xx import · PT7xx exported artifacts · PT80x house extensions ·
PT82x–PT89x packages and deposits · PT9xx engines and the machine. Each module of this package
holds the rows of some families.
"""

from __future__ import annotations

from pubtool.catalogue import (
    artifacts,
    artifacts_epub,
    artifacts_pages,
    artifacts_text,
    chapter,
    depositing,
    editorial_accessibility,
    editorial_characters,
    editorial_citations,
    editorial_completeness,
    editorial_figures,
    editorial_languages,
    editorial_metadata,
    editorial_names,
    editorial_references,
    editorial_structure,
    editorial_wording,
    intake,
    intake_structured,
    machine,
    metadata,
    packaging,
)
from pubtool.catalogue.rule import Rule

__all__ = ["CATALOGUE", "EDITORIAL", "RULES", "Rule"]

EDITORIAL: tuple[Rule, ...] = (
    *editorial_structure.RULES,
    *editorial_characters.RULES,
    *editorial_wording.RULES,
    *editorial_languages.RULES,
    *editorial_citations.RULES,
    *editorial_references.RULES,
    *editorial_names.RULES,
    *editorial_metadata.RULES,
    *editorial_completeness.RULES,
    *editorial_figures.RULES,
    *editorial_accessibility.RULES,
)

RULES: tuple[Rule, ...] = (
    *machine.RULES,
    *chapter.RULES,
    *intake.RULES,
    *intake_structured.RULES,
    *artifacts_text.RULES,
    *artifacts_epub.RULES,
    *artifacts.RULES,
    *artifacts_pages.RULES,
    *metadata.RULES,
    *packaging.RULES,
    *depositing.RULES,
    *EDITORIAL,
)

CATALOGUE = {rule.id: rule for rule in RULES}
