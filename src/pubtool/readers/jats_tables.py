"""JATS in: tables, of the HTML model and of the CALS model (OASIS)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pubtool.readers.draft import element
from pubtool.readers.jats_blocks import box
from pubtool.readers.jats_floats import caption, credit, describing
from pubtool.readers.jats_labels import number_of
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    every,
    href,
    jats_in,
)
from pubtool.readers.jats_shape import content, filled, inline, paragraphs
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode, fill
from pubtool.source import local

_ALIGN = frozenset({"left", "center", "right", "justify", "char"})
_READ = ("label", "caption", "alt-text", "long-desc", "attrib", "permissions", "table-wrap-foot")
_NAMED = ("object-id", "kwd-group", "subj-group", "processing-meta")
_MOST = 1000
_SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})


@jats_in("table-wrap")
def table_wrap(e: Element, go: Reading) -> list[XmlNode]:
    """A table with its caption and notes; or the image of one; anything else is a box."""
    tables = [t for t in every(e, "table") if _rows(t)]
    images = [g for g in every(e, "graphic") if href(g)]
    if not tables and not images:
        return _box(e, go)
    number, skipped = number_of(e, "table", go), (*_READ, *_NAMED)
    if len(tables) > 1:
        go.note(
            "PT655", e, "several tables under one caption are parts of one table", e.get("id", "")
        )
    for fact in children(e, *_NAMED):
        go.aside(fact)
    rest = go.inside(e, but=(*skipped, "table", "graphic", "alternatives"))
    for image in images if tables else images[1:]:
        go.note("PT659", image, "files that show the same as what is kept", href(image))
    kept: list[XmlNode] = [_table(tables, go)] if tables else _image(images[0], e, go)
    if tables:
        for text in every(e, "alt-text", "long-desc"):
            go.aside(text)
    notes = [*paragraphs(rest, go, e), *_notes(e, go)]
    made = element(
        "table-wrap",
        caption(e, go),
        kept,
        [element("table-notes", notes)] if notes else [],
        _credit(e, go),
        number=number,
        **common(e, go),
    )
    return [made]


def _box(e: Element, go: Reading) -> list[XmlNode]:
    label = child(e, "label")
    go.note("PT656", e, "tables without rows are boxes in the chapter", text_in(e)[:40])
    return [box(e, go, lead_in=[*go.inside(label), " "] if label is not None else [])]


def _image(image: Element, e: Element, go: Reading) -> list[XmlNode]:
    return [element("graphic", href=href(image)), *describing([e, image], go)]


def _credit(e: Element, go: Reading) -> list[XmlNode]:
    """The attribution stands in the table, or among its notes."""
    own = credit(e, go)
    return own or [made for foot in children(e, "table-wrap-foot") for made in credit(foot, go)][:1]


def _notes(e: Element, go: Reading) -> list[XmlNode]:
    """The notes beneath a table, each with its mark before it, so that links can lead to it."""
    made: list[XmlNode] = []
    for foot in children(e, "table-wrap-foot"):
        for part in foot:
            if local(part) in ("fn", "fn-group"):
                notes = [part] if local(part) == "fn" else children(part, "title", "fn")
                made += [p for note in notes for p in _note(note, go)]
            elif local(part) not in ("attrib", "permissions"):
                made += paragraphs(go(part), go, foot)
    return made


def _note(note: Element, go: Reading) -> list[XmlNode]:
    label = child(note, "label")
    made = paragraphs(go.inside(note, but=("label",)), go, note) or [element("p")]
    first = made[0]
    if isinstance(first, str):
        return made
    if label is not None:
        sign = element("sup", inline(go.inside(label), go, label))
        fill(first, [sign, " ", *content(first)])
    own = go.id(note)
    if own:
        first.set("id", own)
    return made


@jats_in("table")
def table_alone(e: Element, go: Reading) -> list[XmlNode]:
    """A table without a wrapper."""
    return [element("table-wrap", _table([e], go), **common(e, go))] if _rows(e) else go.inside(e)


# ── rows ──


def _rows(table: Element) -> list[Element]:
    return [r for h in _holders(table) for _, rows in _grouped(h) for r in rows]


def _cells(row: Element) -> list[Element]:
    return children(row, "td", "th", "entry")


def _table(tables: Iterable[Element], go: Reading) -> Element:
    """One table of the rows of several, heads first and feet last."""
    parts: dict[str, list[XmlNode]] = {"thead": [], "tbody": [], "tfoot": []}
    columns = ""
    for table in tables:
        columns = columns or _columns(table)
        for holder in _holders(table):
            for kind, rows in _grouped(holder):
                made = [_row(row, holder, kind, go) for row in rows]
                if made:
                    parts[kind].append(element(kind, made))
    bodies = _bodies(parts)
    heads, feet = _joined("thead", parts), _joined("tfoot", parts)
    return element("table", heads, bodies, feet, columns=columns)


def _holders(table: Element) -> list[Element]:
    return children(table, "tgroup") or [table]


def _grouped(holder: Element) -> Iterator[tuple[str, list[Element]]]:
    """(head, body or foot, its rows): rows that stand alone are a body."""
    alone: list[Element] = []
    for part in holder:
        if local(part) in ("tr", "row"):
            alone += [part] if _cells(part) else []
        elif local(part) in ("thead", "tbody", "tfoot"):
            yield "tbody", alone
            alone = []
            yield local(part), [r for r in children(part, "tr", "row") if _cells(r)]
    yield "tbody", alone


def _joined(kind: str, parts: dict[str, list[XmlNode]]) -> list[XmlNode]:
    """One head or foot of several."""
    rows = [r for part in parts[kind] if not isinstance(part, str) for r in part]
    return [element(kind, rows)] if rows else []


def _bodies(parts: dict[str, list[XmlNode]]) -> list[XmlNode]:
    """The bodies; a table that has only a head has it for a body."""
    if not parts["tbody"]:
        spare = "thead" if parts["thead"] else "tfoot"
        rows = [r for part in parts[spare] if not isinstance(part, str) for r in part]
        parts[spare] = []
        return [element("tbody", rows)]
    return parts["tbody"]


def _row(row: Element, holder: Element, kind: str, go: Reading) -> Element:
    columns = _names(holder)
    return element("tr", [_cell(c, columns, kind, go) for c in _cells(row)])


def _cell(e: Element, columns: dict[str, int], kind: str, go: Reading) -> Element:
    """A cell with its spans; of CALS, cells of the head are headings."""
    if local(e) == "entry":
        across, down = _across(e, columns), _positive(e.get("morerows"), 1)
        name = "th" if kind == "thead" else "td"
    else:
        across, down, name = _positive(e.get("colspan")), _positive(e.get("rowspan")), local(e)
    align = (e.get("align") or "").lower()
    scope = e.get("scope", "") if name == "th" else ""
    return filled(
        name,
        inline(go.inside(e), go, e),
        colspan=across,
        rowspan=down,
        align=align if align in _ALIGN else "",
        scope=scope if scope in _SCOPES else "",
        **common(e, go),
    )


def _positive(text: str | None, more: int = 0) -> str:
    """A span as a chapter has it; "" where it is one, or no number."""
    number = int(text) + more if text and text.isascii() and text.isdigit() else 1
    return str(number) if 1 < number <= _MOST else ""


def _names(holder: Element) -> dict[str, int]:
    """The columns of CALS by name."""
    specs = children(holder, "colspec")
    return {spec.get("colname", ""): n for n, spec in enumerate(specs)}


def _across(e: Element, columns: dict[str, int]) -> str:
    ends = [columns.get(e.get(name, "")) for name in ("namest", "nameend")]
    for first, last in pairwise(ends):
        if first is not None and last is not None and last > first:
            return _positive(str(last - first + 1))
    return ""


def _columns(table: Element) -> str:
    """The alignment of each column, if every column has one."""
    specs = every(table, "col", "colspec")
    aligns = [
        spec.get("align", "")
        for spec in specs
        for _ in range(min(int(_positive(spec.get("span")) or 1), _MOST))
    ]
    return " ".join(aligns) if aligns and all(a in _ALIGN for a in aligns) else ""
