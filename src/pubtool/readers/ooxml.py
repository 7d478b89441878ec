"""The vocabulary of Word's files, and the parts of a package by their relations (ISO/IEC 29500)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.readers.archive import Archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

# The strict variant of the standard has names of its own for the same things.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", PIC.encode()),
)
# Outside targets that are no content: a hyperlink is followed by readers, a template by Word.
_HARMLESS = frozenset({"hyperlink", "attachedTemplate"})
_MOST_SHOWN = 120


def w(name: str) -> str:
    """An element or attribute name of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(element: etree._Element | None, name: str = "") -> str:
    """The w:val of an element, or of its child of that name; "" without one."""
    found_ = element.find(w(name)) if name and element is not None else element
    return found_.get(w("val"), "") if found_ is not None else ""


def is_on(element: etree._Element | None) -> bool:
    """True for a property that is there and not switched off (w:val="0")."""
    return element is not None and element.get(w("val"), "1") not in ("0", "false", "off")


def made(name: str, *inside: etree._Element, **attributes: str) -> etree._Element:
    """An element of WordprocessingML."""
    element = etree.Element(w(name))
    for key, said in attributes.items():
        element.set(w(key), said)
    element.extend(inside)
    return element


def run(text: str) -> etree._Element:
    """A run of plain text."""
    piece = made("t")
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made("r", piece)


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part of the package points."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """A DOCX: its archive and the XML parts that were read, to be written back when changed."""

    archive: Archive
    main: str = "word/document.xml"
    parts: dict[str, etree._Element] = field(default_factory=dict)

    def part(self, name: str) -> etree._Element | None:
        """The root of a part, read once. Raises Unreadable (PT623, PT625)."""
        if name not in self.parts:
            root = self.archive.xml(name)
            if root is None:
                return None
            if b"purl.oclc.org/ooxml" in (
                root.tag if isinstance(root.tag, bytes) else str(root.tag).encode()
            ):
                root = _transitional(root)
            self.parts[name] = root
        return self.parts[name]

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a part by id."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {r.id: r for r in _relations(root, folder)}

    def related(self, kind: str) -> Iterator[str]:
        """The names of the parts of a kind that the document points at and that are there."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self.archive:
                yield relation.target

    def one(self, kind: str) -> etree._Element | None:
        """The only part of a kind: "styles", "numbering", "footnotes"."""
        return next((self.part(name) for name in self.related(kind)), None)


def _transitional(root: etree._Element) -> etree._Element:
    data = etree.tostring(root)
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    from pubtool.source import fragment

    return fragment(data)


def _relations(root: etree._Element, folder: str) -> Iterator[Relation]:
    for entry in root.iter(f"{{{_RELATIONS}}}Relationship"):
        target = entry.get("Target", "")
        external = entry.get("TargetMode") == "External"
        if not external:
            target = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
        kind = entry.get("Type", "").rpartition("/")[2]
        yield Relation(entry.get("Id", ""), kind, target, external)


def package(archive: Archive) -> Package:
    """The package of a DOCX. Raises Unreadable (PT623, PT624)."""
    made_ = Package(archive)
    for relation in made_.relations("").values():
        if relation.kind == "officeDocument":
            made_.main = relation.target
    if made_.part(made_.main) is None:
        message = f"the text itself (“{made_.main}”) is missing in it"
        raise Unreadable(found("PT623", Place(archive.file), message))
    _stay_inside(made_)
    return made_


def _stay_inside(package_: Package) -> None:
    """Refuse what would have to be fetched from elsewhere (PT624)."""
    for name in package_.archive.names:
        if not name.endswith(".rels") or not name.startswith(("word/", "_rels/")):
            continue
        root = package_.part(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in _relations(root, folder) if root is not None else ():
            leaves = relation.external or relation.target.startswith("..")
            if leaves and relation.kind not in _HARMLESS:
                message = f"{relation.kind} at “{relation.target[:_MOST_SHOWN]}”"
                raise Unreadable(found("PT624", Place(package_.archive.file), message))
