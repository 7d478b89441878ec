"""What damaged JATS tells, and what a chapter and its findings tell: nothing is taken on trust."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate, combinations, pairwise
from urllib.parse import unquote

from lxml import etree

from pubtool.readers import Imported


class Kind(IntEnum):
    """How a piece of text must come back; of words run together, the strictest decides."""

    # Printed by pubtool itself, which prints it again.
    PRINTED = 0
    # A number or sign, whose "Figure" is printed again.
    LABEL = 1
    # Told in fields, which need not say a word as often as JATS does.
    FACT = 2
    # As often as it stands.
    PROSE = 3


# Words that no mark or space parts, in the pieces that tags cut: 18 and 27 of
# `<fpage>18</fpage><lpage>27</lpage>`. They may come back together or apart: nothing is lost.
Run = list[tuple[str, Kind]]
_WORD = re.compile(r"[^\W_]+")
_KINDS = {
    "label": Kind.LABEL,
    **dict.fromkeys(
        """
        front front-stub article-meta journal-meta book-meta collection-meta book-part-meta
        element-citation object-id
        """.split(),
        Kind.FACT,
    ),
}
_AGAIN = frozenset({"figure", "table", "box", "appendix"})
# How pubtool sets the number of a note or the title in a citation.
_LETTERING = frozenset("sup sub bold italic roman sans-serif monospace sc underline".split())
# What only names another element, and what only says how things look.
_NO_WORDS = frozenset({"rid", "ref", "affiliations", "decorative", "continued", "visible"})
_PARSER = etree.XMLParser(
    resolve_entities=False, recover=True, remove_comments=True, remove_pis=True
)


def lost(data: bytes, made: Sequence[Imported], signs: frozenset[str]) -> dict[str, int]:
    """The words and addresses of JATS, and how often, that are in no chapter and no finding.

    `signs` are words that need not be kept.
    """
    root = etree.fromstring(data, _PARSER)
    etree.strip_tags(root, etree.Entity)
    ids = {e.get("id") for e in root.iter("*")}
    left, anywhere = _there(made), _there(made, fields=True)
    missing = Counter[str]()
    for run in _runs(_pieces(root, Kind.PROSE, ids)):
        for word, kind in _parted(run, left, anywhere):
            if kind is Kind.PROSE:
                missing[word] += left[word] < 1
                left[word] -= 1
            elif kind is Kind.FACT or (kind is Kind.LABEL and word not in _AGAIN):
                missing[word] += anywhere[word] < 1
    silent = {word: n for word, n in missing.items() if n and word not in signs}
    return silent | _unnamed(_addresses(root), made)


def _pieces(e: etree._Element, kind: Kind, ids: set[str | None]) -> Iterator[tuple[str, Kind]]:
    """The text of an element, piece by piece, with how it must come back."""
    inside = min(kind, _KINDS.get(etree.QName(e).localname, kind))
    own = Kind.PRINTED if _is_printed(e, ids) else inside
    yield e.text or "", own
    for inner in e.iterchildren("*"):
        yield from _pieces(inner, inside, ids)
        yield inner.tail or "", own


def _is_printed(e: etree._Element, ids: set[str | None]) -> bool:
    """True for the words of a link that pubtool itself wrote, if it leads somewhere."""
    parent = e.getparent()
    if e.tag in _LETTERING and parent is not None:
        return _is_printed(parent, ids)
    return e.get("specific-use") == "generated" and ids.issuperset(e.get("rid", "").split())


def _addresses(root: etree._Element) -> Iterator[str]:
    """Where links lead and files lie, and what abbreviations stand for."""
    for e in root.iter("*"):
        yield e.get("{http://www.w3.org/1999/xlink}href") or ""
        if etree.QName(e).localname == "abbrev":
            yield e.get("alt") or ""


def _unnamed(addresses: Iterable[str], made: Sequence[Imported]) -> dict[str, int]:
    """The addresses and expansions that neither a chapter nor a finding has."""
    there = unquote(" ".join("\n".join(map("".join, _texts(made, fields=True))).split()))
    return {a: 1 for a in addresses if unquote(" ".join(a.split())) not in there}


def _parted(run: Run, left: Counter[str], anywhere: Counter[str]) -> Iterator[tuple[str, Kind]]:
    """The words of a run as they are there: as many pieces of it together as possible."""
    start = 0
    while start < len(run):
        for end in range(len(run), start, -1):
            word, kind = _joined(run[start:end]), max(kind for _, kind in run[start:end])
            there = left if kind is Kind.PROSE else anywhere
            if there[word] > 0 or end == start + 1:
                yield word, kind
                start = end
                break


def _joined(run: Run) -> str:
    return "".join(word for word, _ in run)


def _there(made: Sequence[Imported], fields: bool = False) -> Counter[str]:
    """The words of chapters and findings, those of a run together and apart."""
    words: Counter[str] = Counter()
    for text in _texts(made, fields):
        for run in _runs((piece, Kind.PROSE) for piece in text):
            words.update(_joined(run[a:b]) for a, b in combinations(range(len(run) + 1), 2))
    return words


def _texts(made: Sequence[Imported], fields: bool) -> Iterator[list[str]]:
    """The chapters' text, the values of their attributes, and what the findings say.

    What a reference says in `fields` its wording repeats, so they count only where asked for.
    """
    for imported in made:
        root = etree.fromstring(imported.data)
        for ref in () if fields else list(root.iter("{*}ref")):
            # A note called in a field stands there alone.
            ref[:] = [*ref.findall("{*}as-written"), *ref.iterfind(".//{*}fn")]
        yield list(map(str, root.itertext()))
        yield from ([str(e.get(n))] for e in root.iter("*") for n in e.attrib if n not in _NO_WORDS)
        yield from ([f.message] for f in imported.findings)


def _runs(texts: Iterable[tuple[str, Kind]]) -> Iterator[Run]:
    """The runs of words in pieces of text, folded."""
    pieces = [(unicodedata.normalize("NFC", text).casefold(), kind) for text, kind in texts]
    whole = "".join(text for text, _ in pieces)
    ends = list(accumulate(len(text) for text, _ in pieces))
    for match in _WORD.finditer(whole):
        first = bisect_right(ends, match.start())
        last = bisect_right(ends, match.end() - 1)
        cuts = [match.start(), *ends[first:last], match.end()]
        words = (whole[a:b] for a, b in pairwise(cuts))
        kinds = (kind for _, kind in pieces[first : last + 1])
        yield [(word, kind) for word, kind in zip(words, kinds, strict=True) if word]
