"""PDF: the tag tree mended where WeasyPrint leaves it wrong (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from typing import Any

from pubtool.writers.pdf_tables import name_headings

_IN_ITEM = frozenset({"/Lbl", "/LBody"})


def mend(pdf: Any) -> None:
    """Lists get bodies, links one annotation, cells headings, and unmeaning images no meaning."""
    dictionaries: list[Any] = [o for o in pdf.objects if isinstance(o, dict)]
    objects = {o.reference: o for o in dictionaries}
    elements = {key: o for key, o in objects.items() if o.get("Type") == "/StructElem"}
    for element in list(elements.values()):
        if element["S"] == "/LI":
            _body(element, elements, pdf)
        elif element["S"] == "/Figure" and not element.get("Alt"):
            element["S"] = "/NonStruct"
            element.pop("A", None)
        elif element["S"] == "/Table":
            name_headings(element, elements)
    _drop_annotations(_doubled(elements, objects), objects, pdf)


# ── list items ──


def _body(item: Any, elements: dict[bytes, Any], pdf: Any) -> None:
    """Put what stands in a list item beside its label into an `LBody`."""
    import pydyf

    loose = [k for k in item["K"] if _role(k, elements) not in _IN_ITEM]
    if not loose:
        return
    body = next((k for k in item["K"] if _role(k, elements) == "/LBody"), None)
    if body is None:
        made = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array([]), "P": item.reference}
        )
        pdf.add_object(made)
        elements[made.reference] = made
        body = made.reference
    kept = [k for k in item["K"] if k not in loose]
    item["K"] = pydyf.Array(kept if body in kept else [*kept, body])
    elements[body]["K"].extend(loose)
    for kid in loose:
        if kid in elements:
            elements[kid]["P"] = body


def _role(kid: Any, elements: dict[bytes, Any]) -> str:
    element = elements.get(kid) if isinstance(kid, bytes) else None
    return str(element["S"]) if element is not None else ""


# ── links ──


def _doubled(elements: dict[bytes, Any], objects: dict[bytes, Any]) -> dict[bytes, Any]:
    """The annotations of markup within a link, which repeat the link's own; taken off the tree."""
    found = {}
    for element in elements.values():
        if element["S"] == "/Link":
            continue
        for kid in [k for k in element["K"] if isinstance(k, bytes) and k in objects]:
            if objects[kid].get("Type") == "/OBJR":
                element["K"].remove(kid)
                found[objects[kid]["Obj"]] = objects[objects[kid]["Obj"]]
    return found


def _drop_annotations(annotations: dict[bytes, Any], objects: dict[bytes, Any], pdf: Any) -> None:
    """Remove annotations from their pages and from the parent tree (14.7.4.4)."""
    if not annotations:
        return
    for page in objects.values():
        if page.get("Type") == "/Page" and "Annots" in page:
            page["Annots"] = type(page["Annots"])(a for a in page["Annots"] if a not in annotations)
    numbers = objects[objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
    gone = {annotation["StructParent"] for annotation in annotations.values()}
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    numbers[:] = [part for pair in pairs if pair[0] not in gone for part in pair]
