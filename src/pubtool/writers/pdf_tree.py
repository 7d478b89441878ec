"""PDF: the tag tree of a chapter, grown from the boxes of its pages (ISO 32000-1, 14.7 and 14.8).

An element broken over lines and pages is one node, a note stands where its number does, and what
is no part of the text (running heads, heads of tables said again, ornaments) is an artifact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pubtool.writers.pdf_boxes import Painting, children, kind, tag
from pubtool.writers.pdf_roles import role

_POINTS = 0.75
_CELLS = frozenset({"TH", "TD"})
_WITHIN_LINES = frozenset({"Link", "Reference", "Span", "Lbl"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: the page it stands on, counted from 0, and its identifier there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a page: its reference as an object of the file."""

    page: int
    reference: bytes


@dataclass(eq=False, slots=True)
class Node:
    """An element of the tree.

    `facts` are entries of its dictionary that are text, `attributes` the entries of its A.
    """

    role: str
    language: str
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    mathml: str = ""
    page: int = 0


@dataclass(slots=True)
class Tree:
    """The tree, and what stands outside it: marks of artifacts, annotations said twice."""

    root: Node
    artifacts: set[Mark] = field(default_factory=set)
    superfluous: set[bytes] = field(default_factory=set)


def grow(paintings: Sequence[Painting], language: str) -> Tree:
    """The tag tree of painted pages; `language` is that of the document."""
    tree = Tree(Node("Document", language))
    grower = _Grower(tree)
    for number, painting in enumerate(paintings):
        grower.page, grower.painting = number, painting
        grower.visit(painting.box, (tree.root,))
    return tree


Path = tuple[Node, ...]
Key = tuple[Any, str]


@dataclass(slots=True)
class _Grower:
    """Goes through the boxes of one page after the other; an empty path means an artifact."""

    tree: Tree
    page: int = 0
    painting: Painting = field(default_factory=lambda: Painting(None, 0))
    nodes: dict[Key, Node] = field(default_factory=dict)

    def visit(self, box: Any, path: Path) -> None:
        """Put a box and what is in it under the last node of a path."""
        if kind(box) == "MarginBox":
            path = ()
        elif kind(box) != "TextBox":
            path = self._entered(box, path)
        self._take(box, path)
        for child in children(box):
            self.visit(child, path)

    def _take(self, box: Any, path: Path) -> None:
        """Take up what was painted of a box itself, and the annotation upon it."""
        mcid = self.painting.marks.get(box)
        if mcid is not None:
            mark = Mark(self.page, mcid)
            if path:
                path[-1].kids.append(mark)
            else:
                self.tree.artifacts.add(mark)
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None:
            # Markup within a link repeats the annotation of the link itself.
            if path and path[-1].role == "Link" and tag(box) == "a":
                path[-1].kids.append(Annotation(self.page, annotation.reference))
            else:
                self.tree.superfluous.add(annotation.reference)

    def _entered(self, box: Any, path: Path) -> Path:
        """The path into a box: longer by its node, if its element has one that is not entered."""
        name = tag(box)
        if not path or not name:
            return path
        key = (box.element, name)
        known = self.nodes.get(key)
        if known is None:
            return self._begun(box, key, path)
        if known in path:
            return path
        if known.role == "THead" and known.page != self.page:
            return ()
        return (*path, known, *_body(known))

    def _begun(self, box: Any, key: Key, path: Path) -> Path:
        """The path into a box whose element is met for the first time."""
        element, name = key
        if name == "img" and not element.get("alt"):
            return ()
        language = box.style["lang"] or path[-1].language
        if name.endswith("::footnote-call"):
            return self._called(key, language, path)
        wanted = role(name, element) or ("Span" if language != path[-1].language else "")
        if not wanted:
            return path
        node = self.nodes[key] = Node(wanted, language, page=self.page)
        self._describe(node, box, element)
        if wanted == "LI":
            node.kids.append(Node("LBody", language))
        if name in ("dt", "dd"):
            path = (*path, *_defining(name, path[-1]))
        self._add(node, path)
        return (*path, node, *_body(node))

    def _add(self, node: Node, path: Path) -> None:
        """Put a node at the end of the last of a path; the label of an item before its body."""
        if node.language != path[-1].language:
            node.facts["Lang"] = node.language
        if node.role == "Lbl" and path[-1].role == "LBody":
            path[-2].kids.insert(0, node)
        else:
            path[-1].kids.append(node)

    def _called(self, key: Key, language: str, path: Path) -> Path:
        """What the page carries to its foot stands where it is called for; filled when it comes.

        A note comes after its number and after a link around that.
        """
        element, name = key
        carried, inner = (element, name.partition(":")[0]), path
        if role(name, element):
            reference = self.nodes[key] = Node("Reference", language, page=self.page)
            self._add(reference, path)
            inner = (*path, reference)
            while path[-1].role in _WITHIN_LINES:
                path = path[:-1]
        node = self.nodes[carried] = Node(role(carried[1], element), language, page=self.page)
        if node.role == "Note":
            node.facts["ID"] = element.get("id") or f"note-{len(self.nodes)}"
        self._add(node, path)
        return inner

    def _describe(self, node: Node, box: Any, element: Any) -> None:
        """Say what a node is to readers who do not see it."""
        if node.role in ("Figure", "Formula"):
            node.facts["Alt"] = element.get("alt") or "".join(element.itertext())
            node.attributes = {"O": "/Layout", "BBox": self._rectangle(box)}
            node.mathml = element.get("data-mathml", "")
        elif node.role in _CELLS:
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            node.attributes = {"O": "/Table", **{k: v for k, v in spans.items() if v != 1}}
        elif element.get("title"):
            node.facts["E"] = element.get("title")

    def _rectangle(self, box: Any) -> tuple[float, ...]:
        """Where a box stands on its page, in points from its lower left corner."""
        left, top = box.content_box_x(), box.content_box_y()
        width, height = box.width or 0, box.height or 0
        floor = self.painting.height - top - height
        return tuple(_POINTS * at for at in (left, floor, left + width, floor + height))


def _body(node: Node) -> Path:
    """The body of an item of a list, as the rest of a path; nothing of any other node."""
    return tuple(kid for kid in node.kids if isinstance(kid, Node) and kid.role == "LBody")


def _defining(name: str, list_: Node) -> Path:
    """The item of a list of definitions that a term begins and a definition joins, and its body."""
    last = list_.kids[-1] if list_.kids else None
    if name == "dt" or not isinstance(last, Node):
        last = Node("LI", list_.language, [Node("LBody", list_.language)])
        list_.kids.append(last)
    return (last, *_body(last))
