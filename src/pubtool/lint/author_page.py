"""`check --report`: one page for the author, each finding beside the words it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pubtool.catalogue import CATALOGUE
from pubtool.catalogue.families import family
from pubtool.diagnostics import Diagnostic, Severity, in_order
from pubtool.lint.passages import MARK, Passage, passages
from pubtool.source import LANG, Source, local
from pubtool.writers.templates import rendered

_TEMPLATE = "check-report.html"
_NAMES = {
    "p": "",
    "as-written": "reference",
    "th": "table heading",
    "td": "table cell",
    "alt": "alternative text",
    "given": "given name",
    "family": "family name",
    "orcid": "ORCID iD",
    "attrib": "attribution",
    "source": "credit",
}
# The fields of a reference repeat its wording: the page shows the wording.
_SHOWN_OF_REFERENCES = frozenset({"as-written", "title"})
_LONGEST_MARK = 40


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as the page shows it; `number` joins it with its mark in the text."""

    number: int
    finding: Diagnostic

    @property
    def family(self) -> str:
        """The family the page can filter by."""
        return family(self.finding.rule)

    @property
    def title(self) -> str:
        """What kind of finding it is, in a few words."""
        return CATALOGUE[self.finding.rule].title

    @property
    def why(self) -> str:
        """Why it matters."""
        return CATALOGUE[self.finding.rule].why


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `remark` is the number of the finding that is about it, 0 for none."""

    text: str
    remark: int = 0


@dataclass
class Block:
    """A passage of the chapter with the remarks on it."""

    passage: Passage
    remarks: list[Remark] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the passage is, where it is no paragraph."""
        return _NAMES.get(self.passage.kind, self.passage.kind.replace("-", " "))

    @property
    def is_heading(self) -> bool:
        """True for titles of the chapter and of its sections."""
        parent = self.passage.element.getparent()
        headed = parent is not None and local(parent) in ("front", "sec", "app", "references")
        return self.passage.kind == "title" and headed

    @property
    def marked(self) -> set[int]:
        """The numbers of the remarks that point at words."""
        return {number for _, number in self.marks}

    @property
    def line(self) -> int:
        """The line of the file the passage begins in."""
        return self.passage.place(0).line

    @property
    def pieces(self) -> list[Piece]:
        """The text cut where findings point."""
        text, end, pieces = self.passage.text, 0, []
        for place, number in sorted(self.marks):
            start = _start_of_word(text, place)
            stop = max(_end_of_word(text, start), end)
            pieces += [
                Piece(text[end : max(start, end)]),
                Piece(text[max(start, end) : stop], number),
            ]
            end = stop
        pieces.append(Piece(text[end:]))
        return [Piece(p.text.replace(MARK, "·"), p.remark) for p in pieces if p.text or p.remark]


def _start_of_word(text: str, start: int) -> int:
    if text[start].isspace():
        return start
    while start and not text[start - 1].isspace():
        start -= 1
    return start


def _end_of_word(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and end - start < _LONGEST_MARK and not text[end].isspace():
        end += 1
    return end


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter of the page: what is said of it as a whole, then its text."""

    title: str
    language: str
    file: str
    general: tuple[Remark, ...]
    blocks: tuple[Block, ...]


def part(file: str, source: Source | None, findings: Iterable[Diagnostic]) -> Part:
    """A chapter and its findings; without a source (it cannot be read) only the findings."""
    remarks = [Remark(n, f) for n, f in enumerate(in_order(findings), 1)]
    blocks = [Block(p) for p in passages(source) if _is_shown(p)] if source is not None else []
    general = _placed(remarks, blocks)
    title = next((b.passage.text for b in blocks if b.passage.kind == "title"), file)
    language = source.root.get(LANG, "") if source is not None else ""
    return Part(" ".join(title.split()), language, Path(file).name, tuple(general), tuple(blocks))


def _is_shown(p: Passage) -> bool:
    if p.area == "references":
        return p.kind in _SHOWN_OF_REFERENCES and _is_of_the_list(p)
    return bool(p.text.strip())


def _is_of_the_list(p: Passage) -> bool:
    parent = p.element.getparent()
    return p.kind == "as-written" or (parent is not None and local(parent) == "references")


def _placed(remarks: Sequence[Remark], blocks: Sequence[Block]) -> list[Remark]:
    """Put each remark beside its passage; those on the file as a whole are returned."""
    runs = [(*run, block) for block in blocks for run in block.passage.runs()]
    runs.sort(key=lambda run: run[0])
    firsts = [run[0] for run in runs]
    general = []
    for remark in remarks:
        offset = blocks[0].passage.file.offset(remark.finding.place) if blocks else None
        if offset is None or not runs:
            general.append(remark)
            continue
        k = bisect_right(firsts, offset) - 1
        if k >= 0 and offset < runs[k][1]:
            first, _, start, block = runs[k]
            block.marks.append((start + offset - first, remark.number))
        else:
            block = _around(blocks, offset)
        block.remarks.append(remark)
    return general


def _around(blocks: Sequence[Block], offset: int) -> Block:
    """The innermost passage around a place between words, else the next one, else the last."""
    inside = [b for b in blocks if b.passage.first <= offset < b.passage.last]
    after = (b for b in blocks if b.passage.first >= offset)
    return inside[-1] if inside else next(after, blocks[-1])


def page(parts: Sequence[Part], project: Path) -> str:
    """The page: self-contained, without network, to be filtered and printed.

    Raises Unreadable (PT802) if the project's own template is broken.
    """
    remarks = [r for p in parts for r in (*p.general, *(r for b in p.blocks for r in b.remarks))]
    severities = Counter(str(r.finding.severity) for r in remarks)
    return rendered(
        _TEMPLATE,
        project,
        parts=parts,
        total=len(remarks),
        severities=[(str(s), severities[str(s)]) for s in Severity if severities[str(s)]],
        families=sorted(Counter(r.family for r in remarks).items()),
    )
