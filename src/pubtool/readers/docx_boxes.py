"""Text boxes, grouped drawings, diagrams and objects: what is in them, put where pandoc sees it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from pubtool.readers.docx_styles import Styles
from pubtool.readers.images import DECORATIVE
from pubtool.readers.ledger import Ledger
from pubtool.readers.ooxml import MC, PIC, VML, WP, A, Package, R, made, run, value, w
from pubtool.readers.styles import BOX
from pubtool.text import squeeze

_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SHOWN = 80
# Styles that say more than that a paragraph stood in a box.
_TELLING = ("caption", "heading", "title", "illustration", "figure", "table")


def choose_alternatives(root: etree._Element) -> None:
    """Of each choice between a new drawing and its older form, keep the one that says more."""
    for alternative in list(root.iter(f"{{{MC}}}AlternateContent")):
        parent = alternative.getparent()
        if parent is None:
            continue
        choices = [*alternative.iterchildren(f"{{{MC}}}Choice", f"{{{MC}}}Fallback")]
        told = next((c for c in choices if _says_something(c)), choices[0] if choices else None)
        at = parent.index(alternative)
        parent[at : at + 1] = list(told) if told is not None else []


def _says_something(choice: etree._Element) -> bool:
    return any(
        choice.find(f".//{name}") is not None
        for name in (
            w("txbxContent"),
            f"{{{A}}}blip",
            f"{{{VML}}}imagedata",
            f"{{{_DIAGRAM}}}relIds",
        )
    )


def unbox(
    root: etree._Element,
    package: Package,
    styles: Styles,
    numbers: dict[etree._Element, int],
    ledger: Ledger,
) -> None:
    """Put what stands in boxes and groups after the paragraph that holds them."""
    for serial, holder in enumerate(list(root.iter(w("drawing"), w("pict"), w("object"))), 1):
        host = next(holder.iterancestors(w("p")), None)
        if host is None:
            continue
        number = numbers.get(host, 0)
        boxes = [
            box for box in holder.iter(w("txbxContent"))
            if next(box.iterancestors(w("drawing"), w("pict"), w("object"))) is holder
        ]  # fmt: skip
        inside = [block for box in boxes for block in box]
        if not inside:
            inside = _diagram(holder, package)
        _tell(holder, inside, number, package, ledger)
        for block in inside:
            _mark(block, styles, f"{BOX}{serial}")
        _place_after(host, inside)
        _keep_pictures(holder, grouped=bool(boxes) or _is_group(holder))


def _is_group(holder: etree._Element) -> bool:
    return len(holder.findall(f".//{{{PIC}}}pic")) > 1


def _tell(
    holder: etree._Element,
    inside: list[etree._Element],
    number: int,
    package: Package,
    ledger: Ledger,
) -> None:
    words = squeeze(" ".join(t.text or "" for block in inside for t in block.iter(w("t"))))
    if words:
        short = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        ledger.report("PT611", number, f"“{short}” stands now after the paragraph beside it")
    chart = holder.find(f".//{{{_CHART}}}chart")
    if chart is not None:
        said = _texts(_target(chart.get(f"{{{R}}}id", ""), package), f"{{{A}}}t")
        ledger.report("PT620", number, f"a chart{f': “{said}”' if said else ''}", said)
    elif holder.tag == w("object"):
        program = next((e.get("ProgID", "") for e in holder.iter() if e.get("ProgID")), "")
        ledger.report("PT620", number, f"an object of another program{program and f' ({program})'}")


def _diagram(holder: etree._Element, package: Package) -> list[etree._Element]:
    """The words of a SmartArt diagram, a paragraph for each of its nodes."""
    relation = holder.find(f".//{{{_DIAGRAM}}}relIds")
    data = _target(relation.get(f"{{{R}}}dm", ""), package) if relation is not None else None
    said = [
        squeeze("".join(t.text or "" for t in p.iter(f"{{{A}}}t")))
        for p in (data.iter(f"{{{A}}}p") if data is not None else ())
    ]
    return [made("p", run(words)) for words in said if words]


def _target(id_: str, package: Package) -> etree._Element | None:
    relation = package.relations(package.main).get(id_)
    return package.part(relation.target) if relation and not relation.external else None


def _texts(root: etree._Element | None, name: str) -> str:
    return squeeze(" ".join(t.text or "" for t in root.iter(name))) if root is not None else ""


def _mark(block: etree._Element, styles: Styles, name: str) -> None:
    if block.tag != w("p"):
        return
    props = block.find(w("pPr"))
    said = styles.name(value(props, "pStyle")).lower()
    if any(word in said for word in _TELLING):
        return
    if props is None:
        props = made("pPr")
        block.insert(0, props)
    for old in props.findall(w("pStyle")):
        props.remove(old)
    props.insert(0, made("pStyle", val=styles.add("paragraph", name)))


def _place_after(host: etree._Element, inside: list[etree._Element]) -> None:
    for block in reversed(inside):
        host.addnext(block)


def _keep_pictures(holder: etree._Element, *, grouped: bool) -> None:
    """Give every picture of a group a drawing of its own; a drawing without one is left out."""
    run_ = next(holder.iterancestors(w("r")), None)
    pictures = holder.findall(f".//{{{PIC}}}pic") if holder.tag == w("drawing") else []
    if not grouped or run_ is None:
        return
    for picture in reversed(pictures):
        run_.addnext(made("r", _drawing(picture, holder)))
    if not any(True for _ in holder.iter(f"{{{VML}}}imagedata")):
        parent = holder.getparent()
        if parent is not None:
            parent.remove(holder)


def _drawing(picture: etree._Element, holder: etree._Element) -> etree._Element:
    around = holder.find(f".//{{{WP}}}docPr")
    own = picture.find(f".//{{{PIC}}}cNvPr")
    described = (own.get("descr") if own is not None else "") or (
        around.get("descr", "") if around is not None else ""
    )
    inline = etree.Element(f"{{{WP}}}inline")
    size = picture.find(f".//{{{A}}}ext[@cx]")
    if size is not None:
        etree.SubElement(inline, f"{{{WP}}}extent", cx=size.get("cx", ""), cy=size.get("cy", ""))
    etree.SubElement(inline, f"{{{WP}}}docPr", id="1", name="picture", descr=described or "")
    graphic = etree.SubElement(inline, f"{{{A}}}graphic")
    data = etree.SubElement(graphic, f"{{{A}}}graphicData", uri=PIC)
    data.append(deepcopy(picture))
    return made("drawing", inline)


def mark_decorative(root: etree._Element) -> None:
    """Say in the description of an image that its author marked it as ornament."""
    for flag in root.iter(f"{{{_ADEC}}}decorative"):
        holder = next(flag.iterancestors(f"{{{WP}}}docPr", f"{{{PIC}}}cNvPr"), None)
        if holder is not None and flag.get("val") in ("1", "true"):
            holder.set("descr", DECORATIVE)
            holder.attrib.pop("title", None)


def table_descriptions(
    root: etree._Element, numbers: dict[etree._Element, int], ledger: Ledger
) -> None:
    """Name the alternative texts of tables (PT630): a table is read itself, and has none."""
    for props in root.iter(w("tblPr")):
        said = " – ".join(_taken(props))
        if said:
            first = next(props.iterancestors(w("tbl"))).find(f".//{w('p')}")
            number = numbers.get(first, 0) if first is not None else 0
            ledger.report("PT630", number, f"“{said}”")


def _taken(props: etree._Element) -> Iterator[str]:
    """Title and description; they leave the file, as pandoc would print them as a caption."""
    for name in ("tblCaption", "tblDescription"):
        for told in props.findall(w(name)):
            if value(told).strip():
                yield squeeze(value(told))
            props.remove(told)
