"""JATS in: what follows the text, and notes that nothing calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.model import q
from pubtool.readers.draft import element
from pubtool.readers.jats_blocks import title_of
from pubtool.readers.jats_labels import number_of
from pubtool.readers.jats_links import note_of, uncalled
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    every,
    jats_in,
)
from pubtool.readers.jats_shape import content, flow, paragraphs, some, without_sections
from pubtool.readers.jats_terms import STATEMENTS
from pubtool.readers.jats_words import NESTED, text_in
from pubtool.rules import XmlNode, fill
from pubtool.source import local
from pubtool.text import fold

_READ = frozenset("ack notes app-group app glossary ref-list fn-group sec bio label title".split())
_OWN = {
    "ack": ("acknowledgements", {"acknowledgement", "acknowledgements", "acknowledgments"}),
    "references": ("references", {"references"}),
    "glossary": ("glossary", {"glossary"}),
}


@jats_in("fn-group")
def note_group(e: Element, go: Reading) -> None:
    """Notes are read where the text calls them; those that nothing calls, at the end."""
    for part in (p for p in e if local(p) != "fn"):
        go.aside(part, "is the title of notes, which are read where they are called")


def heading(e: Element, kind: str, go: Reading) -> list[XmlNode]:
    """The title of a part, unless it is the one that pubtool prints anyway."""
    head = child(e, "title")
    if head is None:
        return []
    label, others = _OWN.get(kind, (kind, set()))
    if fold(text_in(head)) in {fold(go.labels[label]), *others}:
        go.take(head)
        return []
    return [title_of(head, go)]


def acknowledgements(found: Sequence[Element], go: Reading) -> list[XmlNode]:
    """One `<ack>` of all."""
    if not found:
        return []
    title = heading(found[0], "ack", go)
    inside = [
        n for n_, e in enumerate(found)
        for n in without_sections(go.inside(e, but=("title",) if n_ == 0 else ()), go, e)
    ]  # fmt: skip
    return [element("ack", title, inside, **common(found[0], go))] if inside else []


def statement_kind(e: Element) -> str:
    """Which declaration an element is: by its own type, or by that of the notes around it."""
    said = [e.get(name) for name in ("notes-type", "sec-type", "fn-type", "content-type")]
    parent = e.getparent()
    if local(e) == "fn" and parent is not None:
        said.append(parent.get("content-type"))
    return next((STATEMENTS[s.lower()] for s in said if s and s.lower() in STATEMENTS), "")


def statements(found: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Declarations told as notes or sections."""
    for e in found:
        kind = statement_kind(e)
        inside = without_sections(go.inside(e, but=("title", "label")), go, e)
        for label in children(e, "label"):
            go.aside(label)
        if inside:
            yield element("statement", heading(e, kind, go), inside, kind=kind, **common(e, go))
        else:
            for head in children(e, "title"):
                go.aside(head)


def declared(notes: Sequence[Element], who: dict[str, list[str]], go: Reading) -> Iterator[Element]:
    """Declarations told as notes to the authors, by kind, each with the names it is about."""
    kinds = dict.fromkeys(statement_kind(note) for note in notes)
    for kind in (k for k in kinds if k):
        inside: list[XmlNode] = []
        for note in (n for n in notes if statement_kind(n) == kind):
            for label in children(note, "label"):
                go.mark(label)
            made = paragraphs(go.inside(note, but=("label",)), go, note)
            _attribute(made, who.get(note.get("id", ""), []))
            go.notes[note] = ""
            inside += made
        if inside:
            yield element("statement", inside, kind=kind)


def _attribute(made: list[XmlNode], names: Sequence[str]) -> None:
    """The names a note belongs to before its words, where the words do not name them."""
    first = made[0] if made else None
    if first is None or isinstance(first, str) or not names:
        return
    said = "".join(first.itertext())
    missing = [name for name in names if name not in said]
    if missing:
        fill(first, [element("bold", f"{', '.join(missing)}:"), " ", *content(first)])


def appendices(found: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Appendices, which need a title."""
    for e in found:
        number = number_of(e, "appendix", go)
        head = child(e, "title")
        title = title_of(head, go) if head is not None else element("title")
        inside = flow(go.inside(e, but=("label", "title")), go, e)
        yield element("app", title, inside, number=number, **common(e, go))


def glossaries(found: Sequence[Element], go: Reading) -> tuple[list[XmlNode], list[XmlNode]]:
    """(glossary, appendix): a glossary that holds more than lists of terms is an appendix."""
    made: list[XmlNode] = []
    others: list[XmlNode] = []
    for e in found:
        inside = some(without_sections(go.inside(e, but=("title", "label")), go, e))
        lists = [n for n in inside if not isinstance(n, str) and local(n) == "def-list"]
        title = (
            heading(e, "glossary", go)
            if not made
            else [title_of(t, go) for t in children(e, "title")]
        )
        if len(lists) == len(inside) and not made:
            made = [element("glossary", title, lists, **common(e, go))]
        else:
            go.note("PT655", e, "glossaries that hold more than terms are appendices")
            others.append(element("app", title or element("title"), inside, **common(e, go)))
    return made, others


def sections(found: Sequence[Element], go: Reading) -> Iterator[XmlNode]:
    """Sections after the text, which a chapter has not: they end the text."""
    for e in found:
        for made in go(e) if local(e) == "sec" else [_as_section(e, go)]:
            if not isinstance(made, str) and local(made) == "sec" and len(made) == 1:
                for head in children(e, "title", "label"):
                    go.aside(head, "is the title of a section of notes, which stand elsewhere")
                continue
            go.note("PT655", e, "sections after the text now end it", text_in(e)[:40])
            yield made


def _as_section(e: Element, go: Reading) -> Element:
    head = child(e, "title")
    title = title_of(head, go) if head is not None else element("title")
    return element("sec", title, flow(go.inside(e, but=("title",)), go, e), **common(e, go))


def placed(part: Element, root: Element, go: Reading) -> None:
    """Notes that nothing calls: those to the authors stand at the title, others end the text."""
    body = root.find(q("body"))
    texts = [] if body is None else list(body.iter(q("p")))
    title = root.find(f"{q('front')}/{q('title')}")
    for note in uncalled(part, go):
        if _elsewhere(note, part):
            continue
        if not text_in(note):
            go.notes[note] = ""
            continue
        front = any(
            local(a) in ("author-notes", "article-meta", "book-part-meta")
            for a in note.iterancestors()
        )
        where = title if front or not texts else texts[-1]
        if where is None:
            continue
        place = "at the title" if where is title else "at the end of the text"
        go.note("PT660", note, f"notes that nothing calls stand {place}", text_in(note)[:60])
        where.append(note_of(note, go))


def _elsewhere(note: Element, part: Element) -> bool:
    """True for notes of tables, of parts inside this one, and of groups of names."""
    for above in note.iterancestors():
        if above is part:
            return False
        if local(above) in NESTED or local(above) in ("table-wrap", "collab", "ref"):
            return True
    return False


def linked_names(part: Element) -> dict[str, list[str]]:
    """The contributors by the notes they point at."""
    who: dict[str, list[str]] = {}
    for contrib in every(part, "contrib"):
        name = child(contrib, "name")
        shown = " ".join(
            text_in(p)
            for kind in ("given-names", "surname", "suffix")
            for p in children(name, kind)
        )
        for link in children(contrib, "xref"):
            for rid in link.get("rid", "").split():
                who.setdefault(rid, []).extend([shown] if shown else [])
    return who


def rest(back: Element | None, go: Reading) -> None:
    """What of the back matter has no place: an index, a history."""
    for part in back if back is not None else ():
        if local(part) not in _READ and local(part) not in NESTED:
            go.aside(part)
