"""What the opening of a manuscript says, as it comes together."""

from __future__ import annotations

from dataclasses import dataclass, field

from pubtool.model import Affiliation
from pubtool.readers.affiliations import affiliation_of
from pubtool.readers.authors import Author
from pubtool.readers.citing import Citation
from pubtool.readers.ledger import Ledger
from pubtool.readers.recase import Evidence
from pubtool.text import fold


@dataclass
class Workplace:
    """An affiliation in the making: the lines as written, and its marks ("1", "†")."""

    line: int
    lines: list[str]
    marks: str = ""


@dataclass
class Opening:
    """What the opening of a manuscript said."""

    citation: Citation
    evidence: Evidence
    ledger: Ledger
    number: str = ""
    title: str = ""
    title_line: int = 0
    authors: list[Author] = field(default_factory=list)
    workplaces: list[Workplace] = field(default_factory=list)
    newest: list[Author] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    subtitle: str = ""
    last: str = ""

    @property
    def heads(self) -> set[str]:
        """What running heads may say, folded."""
        return {head for head in (*self.said, fold(self.citation.book)) if head}

    def affiliations(self) -> list[Affiliation]:
        """Where the authors work, each with its id; how it was parted is a guess (PT603)."""
        made = [affiliation_of(w.lines, f"aff{n}") for n, w in enumerate(self.workplaces, 1)]
        for workplace, affiliation in zip(self.workplaces, made, strict=True):
            kept = "".join((*affiliation.departments, affiliation.institution, affiliation.city))
            written = "".join(workplace.lines)
            self.ledger.sign("," * max(written.count(",") - kept.count(","), 0))
            parts = _parts(affiliation)
            self.ledger.guess(workplace.line, f"affiliation, as it names an institution: {parts}")
        return made


def _parts(affiliation: Affiliation) -> str:
    parts = [
        *(("department", department) for department in affiliation.departments),
        ("institution", affiliation.institution),
        ("city", affiliation.city),
        ("country", affiliation.country),
    ]
    return ", ".join(f"{name} “{part}”" for name, part in parts if part)
