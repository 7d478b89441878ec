"""The transform engine: a format is a table from element name to one small function.

    jats = Rules("jats", text=one)

    @jats("sec")
    def section(e, go):
        return el("sec", go.inside(e), id=e.get("id"))

The function returns what the element becomes; `go` applies the table to what is inside. An
element without a rule is a finding with its line and column, and its text is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.model import Chapter
from pubtool.source import local

Out = TypeVar("Out")
Rule = TypeVar("Rule", bound=Callable[..., Any])
# The second argument is the run: `Go` where a chapter is written, a reader's own where one is read.
Function: TypeAlias = "Callable[[etree._Element, Any], Out | list[Out] | None]"
Text: TypeAlias = "Callable[[str], list[Out]]"

AT = "{urn:pubtool:place}at"


class Rules(Generic[Out]):
    """A table of rules for one format, and the names whose content their parent's rule reads."""

    def __init__(self, name: str, text: Text[Out]) -> None:
        self.name = name
        self.text = text
        self.table: dict[str, Function[Out]] = {}
        self.read_by_parent: set[str] = set()

    def __call__(self, *names: str) -> Callable[[Rule], Rule]:
        """Register a function as the rule for these elements."""

        def register(function: Rule) -> Rule:
            self.table.update(dict.fromkeys(names, function))
            return function

        return register

    def reads(self, *names: str) -> None:
        """Declare elements that have no rule of their own: their parent's rule reads them."""
        self.read_by_parent.update(names)

    def extend(self, name: str = "", text: Text[Out] | None = None) -> Rules[Out]:
        """A copy to which a house, or a neighbouring format, adds its own rules."""
        copy: Rules[Out] = Rules(name or self.name, text or self.text)
        copy.table = dict(self.table)
        copy.read_by_parent = set(self.read_by_parent)
        return copy

    def covers(self) -> set[str]:
        """Every element name this format knows what to do with."""
        return set(self.table) | self.read_by_parent


@dataclass
class Walk(Generic[Out]):
    """One run of a table over one tree."""

    rules: Rules[Out]

    def __call__(self, element: etree._Element) -> list[Out]:
        """What one element becomes."""
        rule = self.rules.table.get(local(element))
        if rule is None:
            self.without_rule(element)
            return self.inside(element)
        made = rule(element, self)
        if made is None:
            return []
        return made if isinstance(made, list) else [made]

    def inside(self, element: etree._Element, but: Collection[str] = ()) -> list[Out]:
        """What the text and children of an element become, without the children named in `but`."""
        out: list[Out] = self.rules.text(element.text) if element.text else []
        for child in element:
            if local(child) not in but:
                out.extend(self(child))
            if child.tail:
                out.extend(self.rules.text(child.tail))
        return out

    def each(self, elements: Iterable[etree._Element]) -> list[Out]:
        """What several elements become, one after the other, without the text between them."""
        return [out for element in elements for out in self(element)]

    def blocks(self, element: etree._Element, but: Collection[str] = ()) -> list[Out]:
        """What the child elements become; the white space between blocks is left out."""
        return self.each(child for child in element if local(child) not in but)

    def without_rule(self, element: etree._Element) -> None:
        """Say that the table does not know an element, whose text is kept."""
        raise NotImplementedError


@dataclass
class Go(Walk[Out]):
    """One run of a table over one chapter; collects findings, and holds a writer's options."""

    chapter: Chapter
    options: dict[str, Any] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def place(self, element: etree._Element) -> Place:
        """Where an element of the resolved tree stood in the chapter's file."""
        return place_of(element, self.chapter.file)

    def without_rule(self, element: etree._Element) -> None:
        """PT701: a writer lacks a rule."""
        message = f"no rule in “{self.rules.name}” for <{local(element)}>"
        self.findings.append(found("PT701", self.place(element), message))


def place_of(element: etree._Element | None, file: str) -> Place:
    """Where a resolved element, or the nearest one around it, stood in the chapter's file."""
    while element is not None:
        at = element.get(AT)
        if at:
            line, _, column = at.partition(":")
            return Place(file, int(line), int(column))
        element = element.getparent()
    return Place(file)


XmlNode: TypeAlias = "str | etree._Element"
Content: TypeAlias = "XmlNode | Iterable[Content] | None"


def one(text: str) -> list[XmlNode]:
    """Text as an XML writer keeps it: itself."""
    return [text]


class Builder:
    """Makes elements of one output vocabulary, whose prefixes are fixed beforehand."""

    def __init__(self, prefixes: dict[str, str] | None = None) -> None:
        self.prefixes = {"xml": "http://www.w3.org/XML/1998/namespace", **(prefixes or {})}
        self.nsmap = prefixes or None

    def __call__(self, tag: str, *content: Content, **attributes: str | None) -> etree._Element:
        """An element, its tag as written, with a prefix where it has one: "mml:math".

        Of the attributes, `xlink_href=` becomes xlink:href, `alt_text=` alt-text; None is left out.
        """
        prefix, colon, name = tag.rpartition(":")
        qualified = f"{{{self.prefixes[prefix]}}}{name}" if colon else tag
        element = etree.Element(qualified, nsmap=self.nsmap)
        for name, value in attributes.items():
            if value is not None:
                element.set(self._name(name.rstrip("_")), value)
        for item in content:
            fill(element, item)
        return element

    def _name(self, name: str) -> str:
        prefix, _, rest = name.partition("_")
        if rest and prefix in self.prefixes:
            return f"{{{self.prefixes[prefix]}}}{rest.replace('_', '-')}"
        return name.replace("_", "-")


def fill(element: etree._Element, content: Content) -> None:
    """Append text and elements to an element, in order."""
    if content is None:
        return
    if isinstance(content, str):
        _append_text(element, content)
    elif isinstance(content, etree._Element):
        element.append(content)
    else:
        for item in content:
            fill(element, item)


def _append_text(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
