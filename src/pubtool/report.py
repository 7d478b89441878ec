"""Diagnostics for people and programs: concise, full, json, github, sarif."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from pubtool import __version__
from pubtool.catalogue import CATALOGUE
from pubtool.catalogue.families import family
from pubtool.diagnostics import Diagnostic, Severity

Findings = Sequence[Diagnostic]


def concise(findings: Findings) -> str:
    """One line each: file:line:column: severity ID message."""
    return "".join(f"{d.place}: {d.severity} {d.rule} {d.message}\n" for d in findings)


def full(findings: Findings) -> str:
    """Each with the line it is about, a caret, why it matters and what to do."""
    return "".join(_paragraph(d) for d in findings)


def _paragraph(d: Diagnostic) -> str:
    parts = [f"{d.severity} {d.rule}: {d.message}", f"  at {d.place}"]
    line = _line(d.file, d.line) if d.line else ""
    if line:
        column = max(d.column, 1)
        # A long line is shown around the place, so that the caret stays on the screen.
        start = max(0, column - 60)
        shown = line[start : start + 100].replace("\t", " ")
        gutter = f"{d.line:>5} | "
        parts += [f"{gutter}{shown}", f"{' ' * len(gutter)}{' ' * (column - 1 - start)}^"]
    parts.append(f"  why:  {CATALOGUE[d.rule].why}")
    if d.hint:
        parts.append(f"  do:   {d.hint}")
    return "\n".join(parts) + "\n\n"


@cache
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(Path(file).read_text(encoding="utf-8", errors="replace").split("\n"))
    except OSError:
        return ()


def _line(file: str, number: int) -> str:
    lines = _lines(file)
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


def as_row(d: Diagnostic) -> dict[str, object]:
    """The seven fields of the JSON contract."""
    return {
        "file": d.file,
        "line": d.line,
        "column": d.column,
        "rule": d.rule,
        "severity": str(d.severity),
        "message": d.message,
        "hint": d.hint,
    }


def as_json(findings: Findings) -> str:
    """Return a JSON list of objects; an empty list if there is nothing to say."""
    return json.dumps([as_row(d) for d in findings], ensure_ascii=False, indent=2) + "\n"


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(findings: Findings) -> str:
    """GitHub's workflow commands, which mark the lines of a pull request."""
    return "".join(
        f"::{_GITHUB[d.severity]} file={_escape(d.file, ',:')},line={max(d.line, 1)},"
        f"col={max(d.column, 1)},title={d.rule}::{_escape(_sentences(d))}\n"
        for d in findings
    )


def _sentences(d: Diagnostic) -> str:
    """Message and hint in one line."""
    stop = "" if d.message.endswith(("?", ".", "!")) else "."
    return f"{d.message}{stop} {d.hint}".strip()


def _escape(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for mark in more:
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


def sarif(findings: Findings) -> str:
    """Return a SARIF 2.1.0 log, for code-scanning services and editors."""
    used = sorted({d.rule for d in findings})
    driver = {"name": "pubtool", "version": __version__, "rules": [_sarif_rule(r) for r in used]}
    run = {"tool": {"driver": driver}, "results": [_sarif_result(d) for d in findings]}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(id_: str) -> dict[str, object]:
    rule = CATALOGUE[id_]
    return {
        "id": id_,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.hint},
    }


def _sarif_result(d: Diagnostic) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": d.file}}
    if d.line:
        location["region"] = {"startLine": d.line, "startColumn": max(d.column, 1)}
    return {
        "ruleId": d.rule,
        "level": str(d.severity),
        "message": {"text": _sentences(d)},
        "locations": [{"physicalLocation": location}],
    }


FORMS: dict[str, Callable[[Findings], str]] = {
    "concise": concise,
    "full": full,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}


def by_family(findings: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """For each family what was found in it: ("citations", "3 warnings, 1 note")."""
    families: dict[str, list[Diagnostic]] = {}
    for finding in sorted(findings, key=lambda d: d.rule):
        families.setdefault(family(finding.rule), []).append(finding)
    return [(name, summary(group)) for name, group in families.items()]


def summary(findings: Iterable[Diagnostic]) -> str:
    """Count what was found: "2 errors, 1 note", or "nothing to report"."""
    counts: dict[Severity, int] = {}
    for finding in findings:
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
    said = [f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in Severity if s in counts]
    return ", ".join(said) or "nothing to report"
