"""The facts of a JATS or BITS part that a round trip must keep, as sorted lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pubtool.source import MATHML, local
from pubtool.text import orcid, squeeze

XLINK = "{http://www.w3.org/1999/xlink}href"
NESTED = frozenset({"sub-article", "response", "book-part"})
# Elements of a citation that say the same under another name, before and after.
SAME = {
    "chapter-title": "title",
    "part-title": "title",
    "article-title": "title",
    "data-title": "title",
    "object-id": "pub-id",
    "size": "comment",
    "supplement": "comment",
    "trans-title": "comment",
}
FIELDS = frozenset(
    """
    surname given-names suffix prefix collab year source volume issue fpage lpage edition series
    publisher-name publisher-loc pub-id elocation-id isbn comment month day date-in-citation etal
    """.split()
) | set(SAME)
_WORD = re.compile(r"\w+")


def facts(part: etree._Element) -> Counter[str]:
    """Every fact of a part, each as often as it stands."""
    return Counter(
        line
        for kind in (contributors, affiliations, references, tables, formulas, figures)
        for line in kind(part)
    )


def inside(part: etree._Element, *names: str) -> list[etree._Element]:
    """Elements of these names in a part, but not in the parts inside it."""
    return [
        e
        for e in part.iter("*")
        if local(e) in names
        and not any(local(a) in NESTED for a in e.iterancestors() if part in a.iterancestors())
    ]


def text(e: etree._Element) -> str:
    return squeeze(" ".join(str(t) for t in e.itertext()))


def contributors(part: etree._Element) -> Iterator[str]:
    for contrib in inside(part, "contrib"):
        for name in contrib:
            if local(name) == "name":
                yield f"contributor {' '.join(sorted(_WORD.findall(text(name))))}"
            if local(name) == "collab":
                yield f"contributor {squeeze(name.text)}"
            if local(name) == "contrib-id":
                yield f"orcid {orcid(text(name))}"


def affiliations(part: etree._Element) -> Iterator[str]:
    said = set()
    for aff in inside(part, "aff"):
        skipped = [e for e in aff.iter("*") if e.get("content-type") == "original"]
        skipped += [e for e in aff if local(e) == "label"]
        gone = Counter(w for e in skipped for w in _WORD.findall(text(e)))
        words = Counter(_WORD.findall(text(aff))) - gone
        said.add(" ".join(sorted(words.elements())))
    yield from (f"affiliation {words}" for words in said)


def references(part: etree._Element) -> Iterator[str]:
    for n, ref in enumerate(inside(part, "ref"), 1):
        granular = [e for e in ref.iter("*") if local(e) in ("element-citation", "nlm-citation")]
        holders = granular or [e for e in ref.iter("*") if local(e) == "mixed-citation"]
        for holder in holders:
            for field in holder.iter("*"):
                name = local(field)
                if name in FIELDS:
                    yield f"ref {n} {SAME.get(name, name)} {text(field)}"


def tables(part: etree._Element) -> Iterator[str]:
    for n, table in enumerate(inside(part, "table"), 1):
        for cell in (c for c in table.iter("*") if local(c) in ("td", "th", "entry")):
            yield f"table {n} cell {' '.join(_WORD.findall(text(cell)))}"


def formulas(part: etree._Element) -> Iterator[str]:
    for math in part.iter(f"{{{MATHML}}}math"):
        names = [local(e) for e in math.iter("*")]
        yield f"formula {' '.join(names)} {text(math)}"
    for tex in inside(part, "tex-math"):
        yield f"formula {text(tex)}"


def figures(part: etree._Element) -> Iterator[str]:
    for fig in inside(part, "fig"):
        for image in (g for g in fig.iter("*") if local(g) == "graphic"):
            yield f"figure {image.get(XLINK)}"
        for caption in (c for c in fig if local(c) == "caption"):
            yield f"figure caption {' '.join(sorted(set(_WORD.findall(text(caption)))))}"
