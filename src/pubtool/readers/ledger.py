"""What a reader has to say for itself: its guesses, and where words went that are not in the text.

Every word of a manuscript ends in the chapter, or here: as a recognised sign ("Keywords:"), or
named in a finding. `conserve` adds both up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pubtool.diagnostics import Diagnostic, Place, Severity, found


@dataclass
class Ledger:
    """The findings of one import, and the words spent on signs or named in findings."""

    file: str
    findings: list[Diagnostic] = field(default_factory=list)
    spent: list[str] = field(default_factory=list)

    def _say(self, rule: str, line: int, message: str, severity: Severity | None = None) -> None:
        self.findings.append(found(rule, Place(self.file, line), message, severity=severity))

    def guess(self, line: int, message: str) -> None:
        """Something the text does not say outright, and the reason to think so (PT603)."""
        self._say("PT603", line, message)

    def rejoined(self, line: int, message: str) -> None:
        """Two halves of a paragraph put together (PT604)."""
        self._say("PT604", line, message)

    def lacking(self, message: str, severity: Severity | None = None) -> None:
        """Something a chapter needs and the manuscript has not (PT605)."""
        self._say("PT605", 0, message, severity)

    def repeated(self, line: int, words: str, what: str) -> None:
        """Words left out because the chapter has them already (PT601)."""
        self._say("PT601", line, f"{what} left out: “{words}”")
        self.sign(words)

    def set_aside(self, line: int, words: str, why: str) -> None:
        """Words that have no place in the chapter (PT606)."""
        self._say("PT606", line, f"“{words}” {why}")
        self.sign(words)

    def note(self, rule: str, line: int, message: str) -> None:
        """Any other finding of the catalogue."""
        self._say(rule, line, message)

    def unfit(self, line: int, message: str) -> None:
        """Something in the manuscript that is no text (PT606)."""
        self._say("PT606", line, message)

    def sign(self, *words: str) -> None:
        """Words and marks that were understood and need not be in the text: "Keywords:", "-"."""
        self.spent.extend(words)

    def split(self, text: str, separator: re.Pattern[str]) -> list[str]:
        """The parts of a text that are not empty; the separators are spent."""
        self.sign(*(match[0] for match in separator.finditer(text)))
        return [part for part in (p.strip() for p in separator.split(text)) if part]
