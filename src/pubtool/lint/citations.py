"""Citations and references, both ways: what is cited is listed, what is listed is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.wordings import BRACKETED, Index, Wording, cited_in, items, lead_of, year_of
from pubtool.model import Reference, plain
from pubtool.text import fold

_AFTER_STOP = re.compile(r"[.!?][\"”’»]?\s+\((?=[^()]{0,500}\b(?:1[4-9]|20)\d\d)([^()]{0,900})\)")
_NO_STOP = frozenset("al etc vol no ed eds cf vs Dr Prof Mr Mrs St vd".split())
_SINGLE_P = re.compile(r"(?<![\w.])p\.\s*(\d+\s*[-‐–,]\s*\d+)")
_SEVERAL_P = re.compile(r"(?<![\w.])pp\.\s*(\d+)(?!\s*[-‐–,&\d]|\s+and|f)")
_IBID = re.compile(
    r"\b(?:[Ii]bid|[Oo]p\. ?cit|[Ll]oc\. ?cit|a\. ?g\. ?e|[Yy]enə orada|[Aa]ynı yer)\b\.?"
)
_ET_AL = re.compile(r"\bet al(?!\.)\b|\bet\. al\.?")
_AMPERSAND = re.compile(r"\([^()&]{0,80}\w & \w[^()&]{0,80}\b(?:1[4-9]|20)\d\d")
_AND = re.compile(r"\([A-Z]\w+ and [A-Z]\w+,? (?:1[4-9]|20)\d\d")
_NUMERIC = re.compile(r"\[(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")

Cited = tuple[Passage, Wording, list[Reference]]


@lru_cache(maxsize=1)
def _in_words(c: Context) -> list[Cited]:
    """Every citation in words with the references it can mean; none without a list."""
    references = c.record.references
    index = Index(references)
    wordings = [(p, w) for p in c.text for w in cited_in(p)] if references else []
    return [(p, w, index.find(w.who, w.year)) for p, w in wordings]


def _linked(c: Context) -> set[str]:
    return {id_ for e in c.all("cite") for id_ in e.get("ref", "").split()}


@rule("PT302")
def never_cited(c: Context) -> Said:
    named = _linked(c) | {r.id for _, _, meant in _in_words(c) for r in meant}
    if any(_NUMERIC.search(p.prose) for p in c.text):
        return
    for e in c.all("ref"):
        if e.get("id", "") not in named:
            wording = e.find("{*}as-written")
            yield e, f"“{plain(wording)[:60]}” is cited nowhere in the text"


@rule("PT303")
def cites_nothing(c: Context) -> Said:
    for p, wording, meant in _in_words(c):
        if not meant:
            yield (
                p.place(wording.start),
                f"“{wording.who}, {wording.year}” is not in the references",
            )


@rule("PT304")
def ambiguous(c: Context) -> Said:
    for p, wording, meant in _in_words(c):
        if len(meant) > 1:
            listed = " or ".join(f"“{r.as_written[:70]}” ({r.id})" for r in meant)
            yield p.place(wording.start), f"“{wording.who}, {wording.year}” can mean {listed}"


@rule("PT305")
def not_linked(c: Context) -> Said:
    for p, wording, meant in _in_words(c):
        if len(meant) == 1:
            message = f"“{wording.who}, {wording.year}” means “{meant[0].id}” but is no <cite>"
            yield p.place(wording.start), message


@rule("PT306")
def after_the_stop(c: Context) -> Said:
    for p in c.text:
        for m in _AFTER_STOP.finditer(p.text):
            before = re.search(r"\w*$", p.text[max(m.start() - 20, 0) : m.start()])
            word = before[0] if before else ""
            if word not in _NO_STOP and len(word) != 1 and any(items(m[1])):
                shown = f"({' '.join(m[1].split())})"
                yield p.place(m.start(1) - 1), f"“{shown}” stands after the full stop"


@rule("PT307")
def one_p_for_several(c: Context) -> Said:
    for p in (*c.text, *c.wordings):
        for m in _SINGLE_P.finditer(p.prose) if p.tongue == "en" else ():
            yield p.place(m.start()), f"“{m[0]}” names several pages"


@rule("PT308")
def pp_for_one(c: Context) -> Said:
    for p in (*c.text, *c.wordings):
        for m in _SEVERAL_P.finditer(p.prose):
            yield p.place(m.start()), f"“{m[0]}” names one page"


def _cites_with_words(c: Context) -> Iterator[tuple[etree._Element, list[Reference], str]]:
    known = {r.id: r for r in c.record.references}
    for e in c.all("cite"):
        words = plain(e)
        if words:
            yield e, [known[i] for i in e.get("ref", "").split() if i in known], words


@rule("PT311")
def other_year(c: Context) -> Said:
    for e, references, words in _cites_with_words(c):
        written = set(re.findall(r"\b(?:1[4-9]|20)\d\d\b", words))
        years = {year_of(r)[:4] for r in references} - {""}
        # A page or an edition may look like a year: only words without any right year are wrong.
        if written and years and not written & years:
            yield e, f"“{words}” names another year than the reference ({', '.join(sorted(years))})"


@rule("PT312")
def other_author(c: Context) -> Said:
    for e, references, words in _cites_with_words(c):
        said = fold(words).split()
        letters = [w for w in said if w.isalpha() and len(w) > 2]
        for r in references if letters and re.search(r"\b\d{4}", words) else ():
            lead = fold(r.names[0].family or r.names[0].collab if r.names else lead_of(r)).split()
            titles = fold(f"{r.get('title')} {r.get('container-title')}").split()
            if (
                lead
                and not set(lead + titles) & set(said)
                and len(letters) > len(_WEAK & set(said))
            ):
                yield e, f"“{words}” does not name “{r.id}” ({' '.join(lead)})"


_WEAK = frozenset({"see", "also", "page", "pages", "vol", "and", "ibid", "the"})


@rule("PT313")
def ibid(c: Context) -> Said:
    for p in c.text:
        for m in _IBID.finditer(p.prose):
            yield p.place(m.start()), f"“{m[0]}” points back to what may move"


@rule("PT314")
def et_al(c: Context) -> Said:
    for p in c.passages:
        for m in _ET_AL.finditer(p.prose):
            yield p.place(m.start()), f"“{m[0]}” for “et al.”"


@rule("PT315")
def and_or_ampersand(c: Context) -> Said:
    signs = [(p, m) for p in c.text for m in _AMPERSAND.finditer(p.text)]
    words = [(p, m) for p in c.text for m in _AND.finditer(p.text)]
    if signs and words:
        p, m = min(signs, words, key=len)[0]
        yield (
            p.place(m.start()),
            f"“{m[0]}”: “&” ({len(signs)}×) and “and” ({len(words)}×) are mixed",
        )


@rule("PT316")
def two_systems(c: Context) -> Said:
    numbers = [(p, m) for p in c.text for m in _NUMERIC.finditer(p.prose)]
    names = sum(1 for p in c.text for b in BRACKETED.finditer(p.text) for _ in items(b[1]))
    if numbers and names > 2 and c.record.references:
        p, m = numbers[0]
        yield (
            p.place(m.start()),
            f"“{m[0]}” is a number, while {names} citations name author and year",
        )


@rule("PT317")
def number_beyond_the_list(c: Context) -> Said:
    last = len(c.record.references)
    for p in c.text if last else ():
        for m in _NUMERIC.finditer(p.prose):
            for number in re.findall(r"\d+", m[1]):
                if int(number) > last:
                    yield p.place(m.start()), f"there is no reference {number}; the list has {last}"
