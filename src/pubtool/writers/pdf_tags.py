"""PDF: the tag tree mended where WeasyPrint leaves it wrong (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from typing import Any

_IN_ITEM = frozenset({"/Lbl", "/LBody"})


def mend(pdf: Any) -> None:
    """Give list items their bodies, and take meaning from images that have no description."""
    import pydyf

    objects: list[Any] = [o for o in pdf.objects if isinstance(o, dict)]
    elements = {o.reference: o for o in objects if o.get("Type") == "/StructElem"}
    for element in list(elements.values()):
        if element["S"] == "/LI":
            _body(element, elements, pdf, pydyf)
        elif element["S"] == "/Figure" and not element.get("Alt"):
            element["S"] = "/NonStruct"
            element.pop("A", None)


def _body(item: Any, elements: dict[bytes, Any], pdf: Any, pydyf: Any) -> None:
    """Put what stands in a list item beside its label into an `LBody`."""
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
