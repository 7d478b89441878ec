"""What is asked for one chapter, and what became of it: plain values that travel between processes.

`Job` goes to a worker, `Done` comes back; both are frozen and can be pickled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pubtool.diagnostics import Diagnostic, errors
from pubtool.settings import Settings

# What the names of the files that tell the pages of a PDF add to the stem.
PAGES = ".pages.json"
PRINT_PAGES = f".print{PAGES}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one format of one chapter. `passed` is None where nothing was checked."""

    format: str
    path: Path
    size: int
    passed: bool | None
    seconds: float
    findings: tuple[Diagnostic, ...]
    beside: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One chapter to export: `asked` are names of formats or of groups, as the user gave them.

    `level` is quick, full or none; `write_pages` puts the pages of the PDF into the chapter;
    `cached` allows results of an earlier run that was made from the same.
    """

    path: Path
    asked: tuple[str, ...]
    settings: Settings
    out: Path
    level: str = "full"
    write_pages: bool = False
    cached: bool = True

    @property
    def stem(self) -> str:
        """The name artifacts share."""
        return stem_of(self.path)


@dataclass(frozen=True, slots=True)
class Done:
    """A job and its results: findings on the chapter and on its artifacts, in the order they came.

    `cached` says that everything was taken from an earlier run; `said` are lines for the user.
    """

    job: Job
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    cached: bool = False
    said: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """True if a finding is an error."""
        return bool(errors(self.findings))

    def but(self, *findings: Diagnostic) -> Done:
        """The same with more findings."""
        return replace(self, findings=(*self.findings, *findings))


def stem_of(path: Path) -> str:
    """The name artifacts share: the chapter's file name up to its first dot."""
    return path.name.partition(".")[0] or path.stem
