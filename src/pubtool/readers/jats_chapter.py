"""JATS in: one part of a document as a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

import pubtool.readers.jats_formulas
import pubtool.readers.jats_tables  # noqa: F401
from pubtool.labels import labels_for
from pubtool.model import q
from pubtool.readers.draft import element, wrapped
from pubtool.readers.jats_back import (
    acknowledgements,
    appendices,
    declared,
    glossaries,
    linked_names,
    placed,
    rest,
    sections,
    statement_kind,
    statements,
)
from pubtool.readers.jats_front import custom, front
from pubtool.readers.jats_labels import automatic, section_number, unnumbered
from pubtool.readers.jats_links import in_table, settle, uncalled
from pubtool.readers.jats_parts import Part
from pubtool.readers.jats_references import number_refs, references
from pubtool.readers.jats_run import (
    Element,
    Reading,
    children,
    every,
    jats_in,
    lang,
)
from pubtool.readers.jats_shape import flow, only_lines, paragraphs, some, without_sections
from pubtool.readers.jats_terms import CHAPTER_TYPES
from pubtool.readers.jats_words import NESTED, text_in
from pubtool.readers.ledger import Ledger
from pubtool.rules import XmlNode
from pubtool.settings import Settings
from pubtool.source import local
from pubtool.text import ascii_id

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*$")


@jats_in(*NESTED)
def another(e: Element, go: Reading) -> None:
    """A part inside a part is read by itself."""


def chapter(part: Part, stem: str, settings: Settings, ledger: Ledger) -> tuple[Element, Reading]:
    """The canonical chapter of a part, and the run that made it."""
    go = _run(part, stem, settings, ledger)
    head = front(part.meta, part.volume, go)
    body = _body(part, go)
    matter = _back(part, body, go)
    root = element(
        "chapter",
        head,
        body,
        wrapped("back", matter),
        id=go.chapter,
        lang=go.language,
        number=_number(part, go),
        type=_type(part, go),
    )
    _finish(root, part, settings, go)
    return root, go


def _run(part: Part, stem: str, settings: Settings, ledger: Ledger) -> Reading:
    targets = {e.get("id", ""): e for e in reversed(list(part.root.iter("*"))) if e.get("id")}
    language = _language(part, settings, ledger)
    labels = labels_for(language, settings.labels)
    own = _chapter_id(part, stem)
    go = Reading(jats_in, ledger, language, targets, labels, own)
    go.reserved = frozenset(go.rid(name) for name in targets)
    if own in go.reserved and part.element.get("id") != own:
        go.chapter = go.fresh(own)
    go.taken.add(go.chapter)
    for e in every(part.element, "aff"):
        if not e.get("id"):
            e.set("aff-id-given", go.fresh("aff1"))
    for link in every(part.element, "xref"):
        notes = [targets[n] for n in link.get("rid", "").split() if n in targets]
        if any(local(n) == "fn" for n in notes):
            link.set("ref-type", "table-fn" if any(in_table(n) for n in notes) else "fn")
    number_refs(part.root, go)
    return go


def _language(part: Part, settings: Settings, ledger: Ledger) -> str:
    """Its own language or that of what is around it; the DTD says English where nothing does."""
    around = [part.element, *part.element.iterancestors()]
    own = next((lang(a) for a in around if lang(a)), "")
    if own or settings.project.language:
        return own or settings.project.language
    ledger.guess(0, "language “en”: the source names none, which in JATS means English")
    return "en"


def _chapter_id(part: Part, stem: str) -> str:
    ids = [
        text_in(i) for m in part.meta for i in children(m, "article-id", "book-part-id")
        if (i.get("pub-id-type") or i.get("book-part-id-type")) == "publisher-id"
    ]  # fmt: skip
    wanted = [*ids, part.element.get("id", ""), ascii_id(stem)]
    return next((w for w in wanted if _ID.match(w)), "chapter")


def _number(part: Part, go: Reading) -> str:
    said = [text_in(v) for v in custom(part.meta, "chapter-number")]
    groups = [g for m in part.meta for g in children(m, "title-group")]
    labels = [section_number(g, go) for g in groups]
    number = next((n for n in [*said, *labels] if n), "")
    for label in (label for g in groups for label in children(g, "label")):
        if number not in text_in(label):
            go.aside(label, "is another number than that of the chapter")
    return number


def _type(part: Part, go: Reading) -> str:
    said = [text_in(v) for v in custom(part.meta, "chapter-type")]
    kind = next((t for t in said if t in CHAPTER_TYPES), part.type)
    return "" if kind == "chapter" else kind


def _body(part: Part, go: Reading) -> Element:
    where = part.body
    inside = go.inside(where) if where is not None else []
    after = [e for e in part.back if local(e) in ("sec", "notes", "bio")]
    moved = [n for e in after if not statement_kind(e) for n in sections([e], go)]
    holder = where if where is not None else part.element
    made = element("body", flow([*inside, *moved], go, holder))
    _floats(part, made, go)
    if not len(made):
        go.ledger.lacking("there is no text beyond the front matter")
        made.extend(e for e in some([]) if not isinstance(e, str))
    return made


def _floats(part: Part, body: Element, go: Reading) -> None:
    """Figures and tables kept apart in the source, each after the block that first names it."""
    for e in (f for g in children(part.element, "floats-group") for f in g):
        for made in without_sections(go(e), go, e):
            if isinstance(made, str):
                continue
            go.note("PT655", e, "figures and tables of the floats-group stand where they are named")
            _insert(made, body)


def _insert(made: Element, body: Element) -> None:
    for block in body.iter(q("p"), q("list"), q("disp-quote")):
        parent = block.getparent()
        named = any(x.get("rid") == made.get("id") for x in block.iter(q("xref")))
        if named and parent is not None and local(parent) in ("body", "sec"):
            block.addnext(made)
            return
    sections_ = body.findall(q("sec"))
    (sections_[0].addprevious if sections_ else body.append)(made)


def _back(part: Part, body: Element, go: Reading) -> list[Element]:
    back = part.back
    notes = [e for e in back if local(e) in ("notes", "sec") and statement_kind(e)]
    found: list[XmlNode] = list(statements(notes, go))
    loose = [n for n in uncalled(part.element, go) if statement_kind(n) and _is_own(n, part)]
    found += declared(loose, linked_names(part.element), go)
    found += _funding_statements(part, go)
    glossary, more = glossaries([e for e in back if local(e) == "glossary"], go)
    apps = [a for e in back for a in (children(e, "app") if local(e) == "app-group" else [e])]
    appended = [*appendices([a for a in apps if local(a) == "app"], go), *more]
    thanks = acknowledgements([e for e in back if local(e) == "ack"], go)
    lists = [e for e in back if local(e) == "ref-list"]
    listed = references(lists, _cited_elsewhere(part, lists, go), go)
    for group in (e for e in back if local(e) in ("fn-group", "app-group")):
        go.inside(group, but=("app",)) if local(group) == "app-group" else go(group)
    for e in children(part.element, "back"):
        rest(e, go)
    made: list[XmlNode] = [*thanks, *found, *appended, *glossary, *listed]
    return [e for e in made if not isinstance(e, str)]


def _is_own(note: Element, part: Part) -> bool:
    for above in note.iterancestors():
        if above is part.element:
            return True
        if local(above) in NESTED or local(above) == "table-wrap":
            return False
    return False


def _funding_statements(part: Part, go: Reading) -> list[Element]:
    found = [s for m in part.meta for s in every(m, "funding-statement") if text_in(s)]
    inside = [p for s in found for p in paragraphs(go.inside(s), go, s)]
    return [element("statement", inside, kind="funding")] if inside else []


def _cited_elsewhere(part: Part, lists: Sequence[Element], go: Reading) -> list[Element]:
    """References that the part cites and that stand outside it, in the book's own list."""
    own = {r for one in lists for r in every(one, "ref")}
    cited = [
        go.targets[name]
        for link in every(part.element, "xref")
        for name in link.get("rid", "").split()
        if name in go.targets and local(go.targets[name]) == "ref"
    ]
    others = [r for r in dict.fromkeys(cited) if r not in own]
    stray = [r for r in every(part.body, "ref") if r not in own and r not in others]
    return list(dict.fromkeys([*others, *stray]))


def _part_ids(root: Element, go: Reading) -> None:
    """No id twice: of two, the second element goes without, or has another."""
    seen: set[str] = set()
    for e in root.iter("*"):
        name = e.get("id")
        if name in seen and local(e) in ("ref", "affiliation"):
            e.set("id", go.fresh(name))
        elif name in seen:
            del e.attrib["id"]
        seen.add(e.get("id", ""))


def _finish(root: Element, part: Part, settings: Settings, go: Reading) -> None:
    """What can be settled only when the whole chapter stands."""
    placed(part.element, root, go)
    only_lines(root, go)
    _part_ids(root, go)
    order = [r.get("id", "") for r in root.iter(q("ref"))]
    settle(root, order, go)
    prefix = (
        f"{root.get('number')}." if settings.numbering.by_chapter and root.get("number") else ""
    )
    unnumbered(root, go)
    automatic(root, prefix)
    etree.cleanup_namespaces(root)
