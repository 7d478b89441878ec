"""JATS in: the list of references: every field, and the wording.

A reference told as fields alone has no wording: it is put together from the fields in their
order, and that is said. A number before a reference is kept in its wording, because the text
cites by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pubtool.readers.draft import element
from pubtool.readers.jats_citation import fields, work_type
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    every,
    lang,
)
from pubtool.readers.jats_shape import filled, inline, is_blank
from pubtool.readers.jats_unsaid import name_words_of
from pubtool.readers.jats_words import spoken, text_in
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import squeeze

_GRANULAR = ("element-citation", "nlm-citation", "citation")
_ALL = ("mixed-citation", *_GRANULAR, "product", "related-object", "related-article")
_READ = frozenset({*_ALL, "label", "note", "citation-alternatives"})
# What stands before a field, and after it, in a wording put together from fields.
_BETWEEN = {
    "issue": (" (", ")"),
    "volume": (" ", ""),
    "fpage": (": ", ""),
    "lpage": ("–", ""),
    "publisher-name": (": ", ""),
    "given-names": (" ", ""),
    "suffix": (" ", ""),
    "prefix": (" ", ""),
    "surname": (", ", ""),
    "collab": (", ", ""),
    "etal": (", ", ""),
    "month": (" ", ""),
    "day": (" ", ""),
}
_NUMBER = re.compile(r"[\[(]?\w{1,6}[\])]?\.?$")

Work = tuple["Element | None", "Element | None"]


def works(ref: Element) -> list[Work]:
    """(wording, fields) of each work in a `<ref>`, which may hold several."""
    found = [c for c in ref.iter("*") if local(c) in _ALL and _is_outer(c, ref)]
    mixed = [c for c in found if local(c) not in _GRANULAR or _is_mixed(c)]
    granular = [c for c in found if c not in mixed]
    if (len(mixed) <= 1 and len(granular) <= 1) or len(mixed) == len(granular):
        return list(zip_longest(mixed, granular)) or [(None, None)]
    return [(c, None) if c in mixed else (None, c) for c in found]


def _is_outer(c: Element, ref: Element) -> bool:
    above = [local(a) for a in c.iterancestors() if a is not ref and ref in a.iterancestors()]
    return all(name == "citation-alternatives" for name in above)


def _is_mixed(c: Element) -> bool:
    """An old `<citation>` with words between its fields is a wording."""
    return local(c) == "citation" and any(
        re.search(r"\w|[.,;:]", t or "") for t in [c.text, *(p.tail for p in c)]
    )


def number_refs(whole: Element, go: Reading) -> None:
    """The ids of every reference of a document, before anything cites them."""
    for n, ref in enumerate(every(whole, "ref"), 1):
        first = go.id(ref) or go.fresh(f"ref{n}")
        rest = [go.fresh(f"{first}-{k}") for k in range(2, len(works(ref)) + 1)]
        go.cited[ref] = (first, *rest)


def references(lists: Sequence[Element], more: Sequence[Element], go: Reading) -> list[Element]:
    """All references of lists as one, and those cited from elsewhere in the document after them."""
    refs = [r for one in lists for r in every(one, "ref")]
    made = [w for r in [*refs, *more] for w in reference(r, go)]
    for one in lists:
        for rest in (p for p in one.iter("*") if local(p) not in ("ref", "ref-list")):
            if local(_parent(rest)) == "ref-list" and not (rest is _title(lists) and made):
                go.aside(rest, "stands in the list of references")
    if not made:
        return []
    head = _title(lists)
    title = filled("title", inline(go.inside(head), go, head)) if head is not None else None
    own = {"id": go.id(lists[0]), "lang": lang(lists[0])} if lists else {}
    return [element("references", title, made, **own)]


def _title(lists: Sequence[Element]) -> Element | None:
    return child(lists[0], "title") if lists else None


def _parent(e: Element) -> Element:
    parent = e.getparent()
    return e if parent is None else parent


def reference(ref: Element, go: Reading) -> Iterator[Element]:
    """Each work of a `<ref>`."""
    for rest in (p for p in ref if local(p) not in _READ):
        go.aside(rest)
    for n, (name, (mixed, granular)) in enumerate(zip(go.cited[ref], works(ref), strict=True)):
        number = _number(ref, go) if n == 0 else []
        notes = children(ref, "note") if n == len(go.cited[ref]) - 1 else []
        written = [*number, *_wording(mixed, granular, go)]
        for note in notes:
            written += [" ", *inline(go.inside(note), go, note)]
        facts = granular if granular is not None else mixed
        kind = work_type(mixed, granular, go)
        parts = fields(facts, kind, go) if facts is not None else []
        if facts is None:
            go.note("PT661", ref, "references without a citation", ref.get("id", ""))
        kind = kind if parts or kind != "other" else ""
        said = lang(facts) if facts is not None else ""
        tongue = lang(ref) or said
        made = element("ref", parts, filled("as-written", written), id=name, type=kind, lang=tongue)
        if mixed is not None and granular is not None:
            go.ledger.sign(spoken(granular))
            name_words_of(granular, made, go)
            name_words_of(mixed, made, go)
        yield made


def _number(ref: Element, go: Reading) -> list[XmlNode]:
    """The number of a reference, before its wording."""
    label = child(ref, "label")
    if label is None or not text_in(label):
        return []
    text = text_in(label)
    message = "numbers of references stand before their wording, because the text cites by them"
    go.note("PT662", ref, message)
    stop = "." if _NUMBER.match(text) and text[-1].isalnum() else ""
    return [*inline(go.inside(label), go, label), f"{stop} "]


def _wording(mixed: Element | None, granular: Element | None, go: Reading) -> list[XmlNode]:
    if mixed is not None:
        inside = inline(go.inside(mixed), go, mixed)
        if not is_blank(inside):
            return inside
    if granular is None:
        return []
    message = "references told as fields alone: their wording is put together from the fields"
    go.note("PT663", granular, message)
    return [put_together(granular)]


def put_together(citation: Element) -> str:
    """The words of all fields in their order, with plain punctuation between them."""
    said = ""
    for leaf in citation.iter("*"):
        own = squeeze(_own(leaf))
        if not own or any(_holds_text(a) for a in _above(leaf, citation)):
            continue
        before, after = _BETWEEN.get(local(leaf), (". ", ""))
        start = "" if not said else (" " if said[-1] in ".?!" and before == ". " else before)
        kind = leaf.get("pub-id-type") if local(leaf) == "pub-id" else ""
        said += f"{start}{f'{kind}: ' if kind else ''}{own}{after}"
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _own(leaf: Element) -> str:
    """All the words of an element that has some of its own, none of one that only holds others."""
    return spoken(leaf) if _holds_text(leaf) else ""


def _holds_text(e: Element) -> bool:
    return bool((e.text or "").strip() or any((c.tail or "").strip() for c in e))


def _above(leaf: Element, top: Element) -> Iterator[Element]:
    for a in leaf.iterancestors():
        if a is top:
            return
        yield a
