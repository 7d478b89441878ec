"""Resolve: from the chapter as written to the chapter as every writer sees it. Pure.

The source tree is copied and stamped with places; then numbers become labels, empty references
and citations get their words, ids are given to what will be pointed at, and the volume's facts
are inherited. Writers decide nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from pubtool.citation import citation_line, cite_text
from pubtool.model import (
    Chapter,
    Record,
    child,
    children,
    plain,
    q,
)
from pubtool.record import record
from pubtool.rules import AT
from pubtool.settings import Settings
from pubtool.source import Source, local

GENERATED = "generated"
_RUNNING_HEAD = 60
_COUNTED = {
    "fig": "figure",
    "fig-group": "figure",
    "table-wrap": "table",
    "disp-formula": "formula",
    "fn": "note",
    "boxed-text": "box",
}
_IDS = {
    "sec": "sec",
    "app": "app",
    "fig": "fig",
    "fig-group": "fig",
    "table-wrap": "tbl",
    "disp-formula": "eq",
    "fn": "fn",
    "boxed-text": "box",
    "page-break": "page",
    "statement": "statement",
    "ack": "ack",
    "glossary": "glossary",
    "references": "references",
    "contributor": "contrib",
    "abstract": "abstract",
}
_SECTIONS = {"sec", "app"}


def resolve(source: Source, settings: Settings, house_labels: Mapping[str, str]) -> Chapter:
    """The chapter of a valid source. `house_labels` are the words of the chapter's language."""
    root = copy.deepcopy(source.root)
    for element, (line, column) in zip(root.iter("*"), source.places, strict=True):
        element.set(AT, f"{line}:{column}")
    labels = dict(house_labels)
    facts = record(root, settings.book)
    _give_ids(root)
    _number(root, facts, settings, labels)
    _fill_xrefs(root, labels)
    _fill_cites(root, facts, labels)
    facts = _fill_citation_line(root, facts, labels)
    return Chapter(
        file=source.file,
        record=facts,
        root=root,
        labels=labels,
        running_author=_running_author(facts),
        running_title=_running_title(facts),
    )


def _give_ids(root: etree._Element) -> None:
    """Give an id to everything a link may lead to; ids the author wrote are never taken."""
    taken = {e.get("id") for e in root.iter("*")} - {None}
    counts: dict[str, int] = {}
    for element in root.iter("*"):
        stem = _IDS.get(local(element))
        if stem is None or element.get("id"):
            continue
        while True:
            counts[stem] = counts.get(stem, 0) + 1
            name = f"{stem}{counts[stem]}"
            if name not in taken:
                break
        element.set("id", name)
        element.set("id-given", "yes")


def _number(
    root: etree._Element, facts: Record, settings: Settings, labels: Mapping[str, str]
) -> None:
    prefix = f"{facts.number}." if settings.numbering.by_chapter and facts.number else ""
    counts: dict[str, int] = {}
    for element in root.iter("*"):
        kind = _COUNTED.get(local(element))
        if kind is None or not _is_counted(element):
            continue
        number = element.get("number")
        if number is None:
            counts[kind] = counts.get(kind, 0) + 1
            number = str(counts[kind]) if kind == "note" else f"{prefix}{counts[kind]}"
        _label(element, kind, number, labels)
    body, back = root[1], (root[2] if len(root) > 2 else None)
    _number_sections(body, prefix if settings.numbering.sections else None)
    if back is not None:
        for app in children(back, "app"):
            if app.get("number"):
                _label(app, "appendix", app.get("number", ""), labels)
            _number_sections(app, None)


def _is_counted(element: etree._Element) -> bool:
    name, parent = local(element), element.getparent()
    if name == "fig":
        # Figures of a group are counted with it; an ornament is not counted at all.
        grouped = parent is not None and local(parent) == "fig-group"
        return not grouped and element.get("decorative") != "yes"
    if name in ("disp-formula", "boxed-text"):
        return bool(element.get("number")) or (
            name == "disp-formula" and element.get("id-given") is None
        )
    return True


def _label(element: etree._Element, kind: str, number: str, labels: Mapping[str, str]) -> None:
    text = {"note": number, "formula": f"({number})"}.get(kind) or labels[kind].format(n=number)
    label = etree.Element(q("label"))
    label.text = text
    element.insert(0, label)
    element.set("n", number)


def _number_sections(parent: etree._Element, prefix: str | None) -> None:
    """Label the sections that have a number; with a prefix, count those that have none."""
    count = 0
    for section in children(parent, "sec"):
        number = section.get("number")
        if (
            number is None
            and prefix is not None
            and section.get("kind")
            not in (
                "introduction",
                "conclusion",
            )
        ):
            count += 1
            number = f"{prefix}{count}"
        if number:
            label = etree.Element(q("label"))
            label.text = number
            section.insert(0, label)
            section.set("n", number)
        _number_sections(section, f"{number}." if number and prefix is not None else None)


def _fill_xrefs(root: etree._Element, labels: Mapping[str, str]) -> None:
    targets = {e.get("id"): e for e in root.iter("*") if e.get("id")}
    for xref in root.iter(q("xref")):
        target = targets.get(xref.get("rid", ""))
        if target is None:
            continue
        xref.set("kind", local(target))
        if not len(xref) and not (xref.text or "").strip():
            xref.text = reference_text(target, labels)
            xref.set(GENERATED, "yes")


def reference_text(target: etree._Element, labels: Mapping[str, str]) -> str:
    """What a cross-reference to an element says: its label, else its title."""
    name, number = local(target), target.get("n", "")
    if name in _SECTIONS:
        kind = "section" if name == "sec" else "appendix"
        return labels[kind].format(n=number) if number else plain(child(target, "title"))
    kind = _COUNTED.get(name, "")
    if kind and number:
        return labels[kind].format(n=number)
    caption = child(target, "caption")
    return plain(child(target, "title")) or plain(caption) or target.get("number") or "→"


def _fill_cites(root: etree._Element, facts: Record, labels: Mapping[str, str]) -> None:
    known = {reference.id: reference for reference in facts.references}
    for cite in root.iter(q("cite")):
        if len(cite) or (cite.text or "").strip():
            continue
        cited = [known[id_] for id_ in cite.get("ref", "").split() if id_ in known]
        cite.text = cite_text(
            cited,
            labels,
            locator=cite.get("locator", ""),
            label=cite.get("label", "page"),
            narrative=cite.get("mode") == "narrative",
            prefix=cite.get("prefix", ""),
            suffix=cite.get("suffix", ""),
        )
        cite.set(GENERATED, "yes")


def _fill_citation_line(root: etree._Element, facts: Record, labels: Mapping[str, str]) -> Record:
    if facts.citation_line:
        return facts
    line = citation_line(facts, labels)
    if not line:
        return facts
    front = root[0]
    element = etree.Element(q("citation-line"))
    element.text = line
    element.set(GENERATED, "yes")
    book = child(front, "book")
    if book is not None:
        book.addprevious(element)
    else:
        front.append(element)
    return replace(facts, citation_line=line)


def _running_author(facts: Record) -> str:
    names = [c.name.display for c in facts.authors if c.name.display]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)


def _running_title(facts: Record) -> str:
    """The short title; else the title, up to its colon if it is too long for a line."""
    if facts.short_title or len(facts.title) <= _RUNNING_HEAD:
        return facts.short_title or facts.title
    lead = facts.title.partition(":")[0]
    if len(lead) <= _RUNNING_HEAD:
        return lead
    return f"{lead[:_RUNNING_HEAD].rpartition(' ')[0]} …"
