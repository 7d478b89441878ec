"""PDF: our tag tree put into the file in the place of WeasyPrint's (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.writers.pdf_boxes import Painting
from pubtool.writers.pdf_tables import name_headings, nodes
from pubtool.writers.pdf_tree import Annotation, Mark, Node, Tree, grow

_MAY_BE_EMPTY = frozenset({"TD", "TH"})
_DATE = "D:20000101000000Z"


def tag(pdf: Any, paintings: Sequence[Painting], language: str) -> None:
    """Give a file the tag tree of its pages, and tell what on them is an artifact."""
    tree = grow(paintings, language)
    _prune(tree.root)
    for number, node in enumerate(_all(tree.root)):
        if node.role == "Table":
            name_headings(node, f"t{number}")
    _mark_artifacts(tree.artifacts, paintings)
    _Writer(pdf, pdf.page_references).write(tree, [len(painting.marks) for painting in paintings])
    _drop_annotations(tree.superfluous, pdf)


def _prune(node: Node) -> bool:
    """Take nodes off that hold nothing; True if the node itself may stay."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or _prune(kid)]
    return bool(node.kids) or node.role in _MAY_BE_EMPTY


def _all(node: Node) -> Iterator[Node]:
    yield node
    for kid in nodes(node):
        yield from _all(kid)


# ── what is no part of the text ──


def _mark_artifacts(artifacts: set[Mark], paintings: Sequence[Painting]) -> None:
    """Turn marked content of the pages into artifacts (14.8.2.2)."""
    for number, painting in enumerate(paintings):
        gone = {mark.mcid for mark in artifacts if mark.page == number}
        parts = painting.stream.stream
        for at, part in enumerate(parts):
            if isinstance(part, dict) and part.get("MCID") in gone:
                parts[at - 1 : at + 2] = ["/Artifact", type(part)({"Type": "/Pagination"}), b"BDC"]


def _drop_annotations(superfluous: set[bytes], pdf: Any) -> None:
    """Remove annotations from their pages."""
    for page in (o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Page"):
        if "Annots" in page:
            page["Annots"] = type(page["Annots"])(a for a in page["Annots"] if a not in superfluous)


# ── the tree as objects of the file ──


@dataclass(slots=True)
class _Writer:
    """Writes nodes into the objects of the tree that WeasyPrint made, and into new ones."""

    pdf: Any
    pages: Sequence[bytes]
    free: list[Any] = field(default_factory=list)
    owners: dict[Mark, bytes] = field(default_factory=dict)
    annotations: list[tuple[Annotation, bytes]] = field(default_factory=list)
    named: dict[str, bytes] = field(default_factory=dict)

    def write(self, tree: Tree, counts: Sequence[int]) -> None:
        """Write a tree; `counts` says how many marks each page has."""
        import pydyf

        found: list[Any] = [o for o in self.pdf.objects if isinstance(o, dict)]
        objects = {o.reference: o for o in found}
        self.free = [o for o in objects.values() if o.get("Type") in ("/StructElem", "/OBJR")]
        for unused in self.free:
            unused.clear()
        self.free.reverse()
        root = objects[self.pdf.catalog["StructTreeRoot"]]
        root["K"] = pydyf.Array([self._element(tree.root, root.reference)])
        numbers = pydyf.Array()
        for page, count in enumerate(counts):
            owners = [self.owners.get(Mark(page, mcid), b"null") for mcid in range(count)]
            numbers.extend([page, pydyf.Array(owners)])
        for number, (annotation, owner) in enumerate(self.annotations, len(counts)):
            objects[annotation.reference]["StructParent"] = number
            numbers.extend([number, owner])
        objects[root["ParentTree"]]["Nums"] = numbers
        root["ParentTreeNextKey"] = len(counts) + len(self.annotations)
        if self.named:
            pairs = [p for key in sorted(self.named) for p in (_string(key), self.named[key])]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})

    def _element(self, node: Node, parent: bytes) -> bytes:
        """The reference of the object that a node becomes."""
        import pydyf

        made = self._object()
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        made.update({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        if page is not None:
            made["Pg"] = self.pages[page]
        made.update((key, _string(said)) for key, said in node.facts.items())
        if "ID" in node.facts:
            self.named[node.facts["ID"]] = made.reference
        if node.attributes:
            made["A"] = pydyf.Dictionary({k: _value(v) for k, v in node.attributes.items()})
        if node.mathml:
            made["AF"] = pydyf.Array([self._formula(node.mathml)])
        made["K"] = pydyf.Array(self._kid(kid, made.reference, page) for kid in node.kids)
        return bytes(made.reference)

    def _kid(self, kid: Node | Mark | Annotation, owner: bytes, page: int | None) -> Any:
        import pydyf

        if isinstance(kid, Node):
            return self._element(kid, owner)
        where = {"Pg": self.pages[kid.page]}
        if isinstance(kid, Annotation):
            self.annotations.append((kid, owner))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.reference, **where})
        self.owners[kid] = owner
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "MCID": kid.mcid, **where})

    def _object(self) -> Any:
        import pydyf

        if self.free:
            return self.free.pop()
        made = pydyf.Dictionary()
        self.pdf.add_object(made)
        return made

    def _formula(self, mathml: str) -> bytes:
        """MathML as a file that belongs to its formula (ISO 19005-3, 6.8)."""
        import pydyf

        data = mathml.encode()
        told = {"Size": len(data), "ModDate": _string(_DATE)}
        extra = {
            "Type": "/EmbeddedFile",
            "Subtype": "/application#2fmathml+xml",
            "Params": pydyf.Dictionary(told),
        }
        stream = pydyf.Stream([data], extra, compress=True)
        self.pdf.add_object(stream)
        name = _string("formula.mml")
        file = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": name,
                "UF": name,
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "AFRelationship": "/Supplement",
                "Desc": _string("MathML"),
            }
        )
        self.pdf.add_object(file)
        return bytes(file.reference)


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)


def _value(value: Any) -> Any:
    """A value of an attribute: a name, a number, or a list of numbers or of ids."""
    import pydyf

    if isinstance(value, list | tuple):
        return pydyf.Array(_string(v) if isinstance(v, str) else v for v in value)
    return value
