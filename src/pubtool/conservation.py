"""Nothing is ever lost or invented: the words of a chapter against the words of an artifact.

The author's words are those of titles, names, affiliations, abstracts, keywords, licence and
funding, citation line, body, notes, references as written, and biographies. Declared exceptions:
what pubtool wrote itself (`label`, `generated="yes"`), queries and index terms, identifiers and
dates, structured reference fields (their wording stands in `as-written`), and the inside of
formulas, each of which counts as one `FORMULA`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.model import Chapter, q
from pubtool.resolve import GENERATED
from pubtool.rules import place_of
from pubtool.source import local
from pubtool.text import word_differences, words

FORMULA = "∎"
# The property under which a book says which words it was made with.
SEAL = "pubtool:words"
_SHOWN = 12

_UNSPOKEN = frozenset(
    {
        "label",
        "query",
        "index-term",
        "short-title",
        "orcid",
        "email",
        "credit",
        "identifiers",
        "pages",
        "dates",
        "book",
    }
)
FORMULAS = frozenset({"disp-formula", "inline-formula"})
INLINE = frozenset(
    {
        "italic",
        "bold",
        "sc",
        "sub",
        "sup",
        "underline",
        "strike",
        "monospace",
        "foreign",
        "term",
        "abbrev",
        "xref",
        "cite",
        "ext-link",
        "query",
        "page-break",
        "inline-graphic",
        "index-term",
    }
)


def chapter_words(chapter: Chapter, but: Collection[str] = ()) -> list[str]:
    """The author's words of a resolved chapter; `but` names elements a format may leave out."""
    left_out = frozenset({*but, "fn"})
    # Notes are told after the text: their number may stand within a word.
    notes = [
        part for note in chapter.root.iter(q("fn")) for part in (" ", *_content(note, left_out))
    ]
    return words("".join([*_spoken(chapter.root, left_out), *notes]))


def _spoken(element: etree._Element, but: frozenset[str]) -> Iterator[str]:
    name = local(element)
    if name in FORMULAS:
        yield f" {FORMULA} "
        return
    if name in _UNSPOKEN or name in but or element.get(GENERATED) == "yes":
        return
    edge = "" if name in INLINE else " "
    yield edge
    if name == "ref":
        for written in element.iter(q("as-written")):
            yield from _spoken(written, but)
    else:
        yield from _content(element, but)
    yield edge


def _content(element: etree._Element, but: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        yield from _spoken(inner, but)
        yield inner.tail or ""


def differences(
    before: Sequence[str], after: Sequence[str], place: Place, chapter: Chapter | None = None
) -> list[Diagnostic]:
    """Words lost (PT702) and invented (PT703) between the chapter and an artifact at `place`."""
    lost, added = word_differences(before, after)
    findings = []
    if lost:
        where = _where(lost[0], chapter)
        findings.append(found("PT702", place, f"{len(lost)} words lost: {_some(lost)}{where}"))
    if added:
        findings.append(found("PT703", place, f"{len(added)} words invented: {_some(added)}"))
    return findings


def document_words(roots: Iterable[etree._Element]) -> list[str]:
    """All words of the documents of a book, marked as generated or not, in reading order."""
    return words(" ".join(" ".join(root.itertext("*")) for root in roots))


def seal(words: Sequence[str]) -> str:
    """The number of words and their digest, by which a lost or added one is noticed later."""
    return f"{len(words)} {hashlib.sha256(' '.join(words).encode()).hexdigest()[:32]}"


def _some(missing: Sequence[str]) -> str:
    shown = " ".join(missing[:_SHOWN])
    return f"“{shown}{' …' if len(missing) > _SHOWN else ''}”"


def _where(word: str, chapter: Chapter | None) -> str:
    """The place of the first element whose own text holds a lost word."""
    if chapter is None:
        return ""
    for element in chapter.root.iter("*"):
        if word in words(element.text or "") or word in words(element.tail or ""):
            return f" (first at {place_of(element, chapter.file)})"
    return ""
