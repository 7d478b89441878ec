"""Findings weighed as [check.rules] of pubtool.toml says: off, note, warning or error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pubtool.diagnostics import Diagnostic, Severity


def weighed(findings: Iterable[Diagnostic], rules: Mapping[str, str]) -> list[Diagnostic]:
    """The findings without those switched off, each with the severity its house gives it."""
    return [
        replace(f, severity=Severity(rules[f.rule])) if f.rule in rules else f
        for f in findings
        if rules.get(f.rule) != "off"
    ]
