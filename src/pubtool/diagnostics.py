"""What pubtool says about a file: findings are values, failures are exceptions.

    PubtoolError                 something stops the work; carries a hint and an exit code
    ├── Unreadable               the input cannot be read at all          exit 1
    ├── ToolMissing              an external engine is not installed      exit 3
    ├── ToolFailed               an external engine broke or took too long  exit 3
    ├── WorkerDied               a worker process ended at a chapter      exit 3
    ├── OutOfTime                a chapter took longer than it may        exit 3
    ├── ClusterFailed            a cluster is not there, or not set up    exit 3
    └── StorageFailed            an address cannot be read or written     exit 3

A problem *in the content* is never raised: it is a `Diagnostic`, returned by the function that
saw it and printed by the command line alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pubtool.catalogue import CATALOGUE


class Severity(StrEnum):
    """How grave a finding is; only an error stops an export."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. The seven fields are the JSON contract of `--output-format json`."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    hint: str

    @property
    def place(self) -> Place:
        """The place the finding is about."""
        return Place(self.file, self.line, self.column)

    @property
    def is_error(self) -> bool:
        """True if this finding keeps an artifact from its final name."""
        return self.severity is Severity.ERROR


def found(
    rule: str, place: Place, message: str, *, hint: str = "", severity: Severity | None = None
) -> Diagnostic:
    """A finding of `rule` at `place`; severity and hint default to the rule's own in the catalogue.

    Raises KeyError if the rule is not in the catalogue: an id nobody can explain is a bug.
    """
    entry = CATALOGUE[rule]
    return Diagnostic(
        file=place.file,
        line=place.line,
        column=place.column,
        rule=rule,
        severity=severity or Severity(entry.severity),
        message=message,
        hint=hint or entry.hint,
    )


def restored(row: dict[str, Any]) -> Diagnostic:
    """A finding from the row of its fields, as JSON keeps it. Raises TypeError, ValueError."""
    return Diagnostic(**{**row, "severity": Severity(row["severity"])})


def errors(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those findings that are errors."""
    return [finding for finding in findings if finding.is_error]


def of_file(path: Path, name: str, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings about the artifact `name` as findings about the file it is written to."""
    return [replace(f, file=str(path)) if f.file == name else f for f in findings]


def is_structural(finding: Diagnostic) -> bool:
    """True for an error of the file or its markup (PT0xx, PT1xx): there is no chapter to read."""
    return finding.is_error and finding.rule < "PT108"


def in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings by file and place, each once."""
    return sorted(dict.fromkeys(findings), key=lambda d: (d.file, d.line, d.column, d.rule))


class PubtoolError(Exception):
    """Something that stops the work: what happened, what to do, and the exit code."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """As it is: a worker's failure is not made anew from its message alone."""
        return _revived, (type(self), self.args, self.__dict__)


def _revived(kind: type[PubtoolError], args: tuple[object, ...], known: dict[str, Any]) -> object:
    error = kind.__new__(kind, *args)
    error.__dict__.update(known)
    return error


class Unreadable(PubtoolError):
    """An input that cannot be read; `finding` says where and why."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message, finding.hint)
        self.finding = finding


class ToolMissing(PubtoolError):
    """An engine is not installed; the hint is the command that installs it."""

    exit_code = 3


class ToolFailed(PubtoolError):
    """An engine ended with an error of its own, or was stopped at its time limit."""

    exit_code = 3


class WorkerDied(PubtoolError):
    """The process that worked on a chapter is gone, and so is the second one."""

    exit_code = 3

    def __init__(self, cause: str) -> None:
        super().__init__(f"it ended its worker twice: {cause}")


class OutOfTime(PubtoolError):
    """The work on a chapter was stopped at its time limit."""

    exit_code = 3

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it was stopped after {seconds:g} seconds")
        self.seconds = seconds


class ClusterFailed(PubtoolError):
    """The scheduler or a worker of a cluster is not there, or not set up for the work."""

    exit_code = 3


class StorageFailed(PubtoolError):
    """What lies at an address (s3://…) cannot be read or written."""

    exit_code = 3


_FAILURES: dict[type[PubtoolError], str] = {
    ToolMissing: "PT901",
    ClusterFailed: "PT950",
    StorageFailed: "PT951",
}


def failure(error: PubtoolError | OSError) -> Diagnostic:
    """What stopped the work, as a finding.

    PT901 an engine is missing, PT902 it failed, PT903 the machine would not let us write,
    PT950 a cluster failed, PT951 storage failed.
    """
    match error:
        case Unreadable():
            return error.finding
        case PubtoolError():
            rule = _FAILURES.get(type(error), "PT902")
            return found(rule, Place("pubtool"), error.message, hint=error.hint)
    return found("PT903", Place(str(error.filename or "pubtool")), error.strerror or str(error))


@contextmanager
def collected(findings: list[Diagnostic]) -> Iterator[None]:
    """Turn a failure on one chapter into a finding, so that the next chapter is still done."""
    try:
        yield
    except (PubtoolError, OSError) as error:
        findings.append(failure(error))
