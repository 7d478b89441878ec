"""Citations in running text, linked to the references they mean.

Author and year in a bracket or in the sentence, numbers in square brackets, a title in the
author's place, "ibid." and "op. cit.". A citation that fits exactly one reference becomes
`<cite ref locator label mode>` around the author's own words; one that fits several (PT683) or
none (PT684) stays as it is and is named. References that nothing cites are named as well (PT685).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml import etree

from pubtool.function_words import FUNCTION_WORDS
from pubtool.model import Reference, q
from pubtool.readers.citation_forms import Item, after_names, bracketed, numbered
from pubtool.readers.citation_marks import text_of, wrap
from pubtool.readers.citation_targets import Targets
from pubtool.readers.citation_words import NOT_AUTHORS
from pubtool.readers.draft import element
from pubtool.readers.ledger import Ledger
from pubtool.readers.references.words import CITIES, MONTHS
from pubtool.source import local
from pubtool.text import fold

_PROSE = frozenset({"p", "td", "th", "attrib", "verse-line", "line", "term", "def"})
_APART = frozenset({"references", "as-written", "abstract", "bio", "front"})
_SHOWN = 60
_MANY = 20
_SMALL = NOT_AUTHORS | {fold(w) for words in FUNCTION_WORDS.values() for w in words}
_NAME_BEFORE = re.compile(r"[^\s(\[“\"«]+(?:\s+[^\s(\[“\"«]+){0,7}\s*$")


def link_citations(
    root: etree._Element, ledger: Ledger, offered: Collection[str] = frozenset()
) -> None:
    """Link every citation in the text of a chapter; no word of it changes.

    `offered` are the ids of references that stay in the list only if they are cited (PT688).
    """
    targets = Targets(root)
    if not targets.references:
        return
    linker = _Linker(targets, ledger)
    blocks = list(_prose(root))
    numeric = _is_numeric(blocks, targets)
    for block in blocks:
        linker.link(block, numeric=numeric)
    linker.withdraw(root, offered)
    linker.tell(root)


def _prose(element: etree._Element) -> Iterator[etree._Element]:
    for inner in element:
        if not isinstance(inner.tag, str) or local(inner) in _APART:
            continue
        if local(inner) in _PROSE:
            yield inner
        yield from _prose(inner)


def _is_numeric(blocks: list[etree._Element], targets: Targets) -> bool:
    """True if bracketed numbers are the references' and citations by year are fewer."""
    texts = [text_of(block) for block in blocks]
    items = [item for text in texts for items in numbered(text) for item in items]
    fitting = [i for i in items if all(targets.by_number(n) for n in i.numbers)]
    named = sum(
        bool(targets.find(i.who, y))
        for text in texts for items in bracketed(text) for i in items for y in i.years
    )  # fmt: skip
    return len(fitting) > named and len(fitting) * 2 > len(items)


class _Linker:
    """Goes through the text in order, and remembers what was cited."""

    def __init__(self, targets: Targets, ledger: Ledger) -> None:
        self.targets = targets
        self.ledger = ledger
        self.cited: list[Reference] = []
        self.doubtful: set[str] = set()
        self.latest: list[Reference] = []
        self.linked = 0

    def link(self, block: etree._Element, *, numeric: bool) -> None:
        """Link the citations of a block; from the last to the first, so that places stay right."""
        text = text_of(block)
        found = [(item, self._targets(item)) for item in self._items(text, numeric)]
        for item, references in reversed(found):
            self._settle(block, text, item, references)

    def _items(self, text: str, numeric: bool) -> list[Item]:
        items = [item for group in bracketed(text) for item in group if self._is_citation(item)]
        items += self._narrative(text)
        if numeric:
            items += [item for group in numbered(text) for item in group]
        return sorted(items, key=lambda item: item.start)

    def _is_citation(self, item: Item) -> bool:
        """A name and a year; not "(Baku, 1918)" or "(born 1923)", unless the list knows it."""
        if item.kind != "author-year":
            return True
        words = re.findall(r"[^\W\d_]+", item.who)
        plain = {w.lower() for w in words}
        told = plain & (NOT_AUTHORS | set(MONTHS)) or item.who.lower().strip(" ,") in CITIES
        named = bool(words) and words[0][0].isupper() and len(words) <= 14
        known = any(self.targets.find(item.who, year, item.volume) for year in item.years)
        return known or (named and not told)

    def _narrative(self, text: str) -> Iterator[Item]:
        """Names before a bracket that begins with a year; the longest that the list knows."""
        for opens, item in after_names(text):
            before = _NAME_BEFORE.search(text[:opens])
            if before is None:
                continue
            for start in _starts(before):
                said = text[start:opens].strip()
                if _begins_a_name(said) and self._knows(said, item):
                    yield replace(item, start=start, who=said)
                    break

    def _knows(self, said: str, item: Item) -> bool:
        if any(self.targets.find(said, year, item.volume) for year in item.years):
            return True
        return len(said.split()) == 1 and self.targets.is_person(said)

    def _targets(self, item: Item) -> list[list[Reference]]:
        """For each year, number or mention of an item, the references that fit."""
        if item.kind == "numeric":
            found = [[r] if (r := self.targets.by_number(n)) else [] for n in item.numbers]
        elif item.kind == "ibid":
            found = [self.latest]
        elif item.kind == "op-cit":
            found = [self._of_author(item.who)]
        else:
            found = [self.targets.find(item.who, year, item.volume) for year in item.years]
        self._remember(found)
        return found

    def _remember(self, found: list[list[Reference]]) -> None:
        self.latest = [r for one in found for r in one]
        if all(len(one) == 1 for one in found):
            self.cited += self.latest
        else:
            self.doubtful |= {r.id for r in self.latest}

    def _of_author(self, said: str) -> list[Reference]:
        """An author's work cited last, else all in the list; without a name, the last cited."""
        if not said:
            return self.cited[-1:]
        known = {r.id for r in self.targets.find(said)}
        before = [r for r in reversed(self.cited) if r.id in known]
        return before[:1] or [r for r in self.targets.references if r.id in known]

    def _settle(
        self, block: etree._Element, text: str, item: Item, found: list[list[Reference]]
    ) -> None:
        said, line = text[item.start : item.end], int(block.sourceline or 0)
        if any(not one for one in found):
            self.ledger.note("PT684", line, _nothing(said, item, found))
        elif any(len(one) > 1 for one in found):
            several = next(one for one in found if len(one) > 1)
            listed = "; ".join(f"{r.id} (“{_short(r.as_written)}”)" for r in several)
            self.ledger.note("PT683", line, f"“{said}” fits {len(several)} references: {listed}")
        elif wrap(block, item.start, item.end, _cite(item, [one[0] for one in found])):
            self.linked += 1
        else:
            message = f"“{said}” was not linked: italics or another markup begin or end within it"
            self.ledger.note("PT684", line, message)

    def withdraw(self, root: etree._Element, offered: Collection[str]) -> None:
        """Take out what was only offered, and nothing cites (PT688)."""
        cited = _cited(root) | self.doubtful
        left = [ref for ref in root.iter(q("ref")) if ref.get("id") in set(offered) - cited]
        for ref in left:
            parent = ref.getparent()
            if parent is not None:
                parent.remove(ref)
        if left:
            keys = ", ".join(ref.get("id", "") for ref in left[:_MANY])
            more = f" and {len(left) - _MANY} more" if len(left) > _MANY else ""
            message = f"{len(left)} entries of the bibliography are not cited: {keys}{more}"
            self.ledger.note("PT688", 0, message)

    def tell(self, root: etree._Element) -> None:
        """Say how many were linked, and what is never cited."""
        if self.linked or self.doubtful:
            self.ledger.guess(0, f"{self.linked} citations linked to the references they name")
        elsewhere = _cited(root)
        if not (self.linked or elsewhere):
            return
        for ref in root.iter(q("ref")):
            id_ = ref.get("id", "")
            if id_ not in elsewhere and id_ not in self.doubtful:
                message = f"{id_} is never cited: “{_short(text_of(ref[-1]))}”"
                self.ledger.note("PT685", int(ref.sourceline or 0), message)


def _cited(root: etree._Element) -> set[str]:
    return {id_ for cite in root.iter(q("cite")) for id_ in (cite.get("ref") or "").split()}


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _begins_a_name(text: str) -> bool:
    """True for a capitalised word that is none of the small words with which sentences begin."""
    return text[0].isupper() and fold(text.split()[0]) not in _SMALL


def _starts(before: re.Match[str]) -> Iterator[int]:
    """Where the words before a bracket begin, the first first."""
    for word in re.finditer(r"\S+", before[0]):
        yield before.start() + word.start()


def _nothing(said: str, item: Item, found: list[list[Reference]]) -> str:
    if item.kind == "ibid":
        return f"“{said}” has no citation before it that it could repeat"
    if item.kind == "numeric":
        missing = ", ".join(str(n) for n, one in zip(item.numbers, found, strict=True) if not one)
        return f"“{said}”: the list has no reference number {missing}"
    return f"“{said}” names no reference of the list"


def _cite(item: Item, references: list[Reference]) -> etree._Element:
    return element(
        "cite",
        ref=" ".join(dict.fromkeys(r.id for r in references)),
        locator=item.locator,
        label="" if item.label == "page" else item.label,
        mode="narrative" if item.kind == "narrative" else "",
    )
