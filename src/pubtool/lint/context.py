"""What an editorial rule is given: the chapter as written, as resolved, and as running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pubtool.diagnostics import Place
from pubtool.lint.passages import Passage, passages
from pubtool.model import Chapter, Record, q
from pubtool.resources import Image
from pubtool.rules import AT
from pubtool.settings import CheckLimits, Settings
from pubtool.source import Source

# Where prose stands: what an author composed as sentences.
_PROSE = frozenset("title subtitle trans-title p verse-line attrib source th td".split())


@dataclass(frozen=True, eq=False)
class Context:
    """A valid chapter and all that rules may ask about it."""

    source: Source
    chapter: Chapter
    settings: Settings
    images: Mapping[str, Image] = field(default_factory=dict)

    @property
    def root(self) -> etree._Element:
        """The tree as written."""
        return self.source.root

    @property
    def record(self) -> Record:
        """The facts, the volume's inherited."""
        return self.chapter.record

    @property
    def limits(self) -> CheckLimits:
        """The thresholds of [check.limits]."""
        return self.settings.check.limits

    @property
    def language(self) -> str:
        """The chapter's language without region and script."""
        return self.record.language.lower().partition("-")[0]

    @cached_property
    def passages(self) -> list[Passage]:
        """All running text, in the order of the file."""
        return passages(self.source)

    @cached_property
    def prose(self) -> list[Passage]:
        """The sentences of the chapter, its list of references left out."""
        return [p for p in self.passages if p.kind in _PROSE and p.area != "references"]

    @cached_property
    def text(self) -> list[Passage]:
        """The prose of body and back matter."""
        return [p for p in self.prose if p.area != "front"]

    @cached_property
    def wordings(self) -> list[Passage]:
        """The references as their author wrote them."""
        return [p for p in self.passages if p.kind == "as-written"]

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Every element of these names in the tree as written."""
        return self.root.iter(*(q(name) for name in names))

    def place(self, element: etree._Element) -> Place:
        """Where an element of either tree stands."""
        at = element.get(AT)
        if at is None:
            return self.source.place(element)
        line, column = at.split(":")
        return Place(self.source.file, int(line), int(column))
