"""Editorial rules: what needs a decision in a valid chapter before it is typeset.

Each module of this package holds the rules of one family, or the data that they look things up in.
"""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.diagnostics import Diagnostic
from pubtool.labels import labels_for
from pubtool.lint import (  # noqa: F401  (their rules register themselves)
    abbreviations,
    abstracts,
    accessibility,
    characters,
    citations,
    completeness,
    contributors,
    dates,
    figures,
    identifiers,
    languages,
    names,
    numbering,
    punctuation,
    quotations,
    references,
    rights,
    spelling,
    structure,
    tables,
    typography,
)
from pubtool.lint.context import Context
from pubtool.lint.registry import RULES, findings_of
from pubtool.resolve import resolve
from pubtool.resources import Image
from pubtool.settings import Settings
from pubtool.source import LANG, Source
from pubtool.weighing import weighed

__all__ = ["RULES", "context", "lint"]


def context(source: Source, settings: Settings, images: Mapping[str, Image]) -> Context:
    """What the rules are given about a valid source."""
    labels = labels_for(source.root.get(LANG, ""), settings.labels)
    return Context(source, resolve(source, settings, labels), settings, images)


def lint(source: Source, settings: Settings, images: Mapping[str, Image]) -> list[Diagnostic]:
    """What the rules that are not switched off find in a valid source."""
    c = context(source, settings, images)
    wanted = [id_ for id_ in RULES if settings.check.rules.get(id_) != "off"]
    found = [finding for id_ in wanted for finding in findings_of(id_, c)]
    return weighed(found, settings.check.rules)
