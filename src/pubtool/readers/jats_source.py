"""JATS read safely: a DOCTYPE is allowed, but nothing is loaded for it and nothing it declares.

The named characters that only the DTD knows (`&mdash;`) are put in beforehand from Python's own
table, which holds those of ISO 8879 and ISO 9573-13. Page breaks told by processing instructions
become elements, so that the rules see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.parsers import expat

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, Unreadable, found
from pubtool.rules import AT
from pubtool.source import Source, markup, tree

DEEPEST = 100
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
# What may hold an ampersand that is none, or a reference to a named character.
_NAMED = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|&([A-Za-z][A-Za-z0-9.]*);", re.S)
_PAGE = re.compile(r"(?:print[-_]?)?(?:pb|page|pagebreak|page[-_]break|pagenum(?:ber)?)$", re.I)
_NUMBER = re.compile(r"""(?:^|["'=\s])(?:p(?:age)?[-_. ]?)?([0-9]+|[ivxlcdm]+)(?=$|["'\s])""", re.I)


def parse(data: bytes, file: str) -> tuple[Source, list[Diagnostic]]:
    """The tree, each element stamped with its place, and the characters nobody knows (PT652).

    Raises Unreadable: PT001, PT002, PT651 (the DOCTYPE declares entities), PT653 (too deep).
    """
    text = markup(data, file)
    _refuse_entities(data, file)
    text, findings = _with_characters(text, file)
    whole = text.encode()
    source = Source(file, whole, tree(whole, file, instructions=True))
    _refuse_depth(source)
    for element, (line, column) in zip(source.root.iter("*"), source.places, strict=True):
        element.set(AT, f"{line}:{column}")
    _turn_instructions(source.root)
    return source, findings


class _Declared(Exception):
    """Ends the expat pass at the declaration of an entity."""


def _refuse_entities(data: bytes, file: str) -> None:
    """Raise Unreadable (PT651) at an entity that the document itself declares."""
    parser = expat.ParserCreate()

    def declared(name: str, *_: object) -> None:
        raise _Declared(name)

    def root(*_: object) -> None:
        raise StopIteration

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except _Declared as entity:
        place = Place(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        message = f"the DOCTYPE declares an entity of its own, “{entity}”"
        raise Unreadable(found("PT651", place, message)) from None
    except (StopIteration, expat.ExpatError):
        return


def _with_characters(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """The markup with named characters as numbers; a name not known stays as it is written."""
    findings = []

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name is None or name in _XML_OWN:
            return match[0]
        known = html5.get(f"{name};")
        if known is None:
            findings.append(_unknown(match, text, file))
            return f"&amp;{name};"
        return "".join(f"&#{ord(c)};" for c in known)

    return _NAMED.sub(character, text), findings


def _unknown(match: re.Match[str], text: str, file: str) -> Diagnostic:
    before = text[: match.start()]
    column = len(before.rpartition("\n")[2]) + 1
    message = f"{match[0]} is no character that pubtool knows; it is left as it is written"
    return found("PT652", Place(file, before.count("\n") + 1, column), message)


def _refuse_depth(source: Source) -> None:
    depth = 0
    for event, element in etree.iterwalk(source.root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            message = f"elements stand inside each other more than {DEEPEST} deep"
            raise Unreadable(found("PT653", source.place(element), message))


def _turn_instructions(root: etree._Element) -> None:
    """Instructions that mark a page become milestones; the others say nothing about the text."""
    for instruction, number in list(_pages(root)):
        milestone = etree.Element("milestone-start")
        milestone.set("content-type", "page-break")
        milestone.set("rationale", number)
        milestone.tail = instruction.tail
        parent = instruction.getparent()
        if parent is not None:
            parent.replace(instruction, milestone)
    etree.strip_tags(root, etree.ProcessingInstruction)


def _pages(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for instruction in root.iter(etree.ProcessingInstruction):
        if not isinstance(instruction, etree._ProcessingInstruction):
            continue
        number = page_number(instruction.text or "")
        if _PAGE.match(str(instruction.target)) and number:
            yield instruction, number


def page_number(text: str) -> str:
    """The number of a page in "12", 'n="12"', "page-xii"; "" where there is none."""
    match = _NUMBER.search(text.strip())
    return match[1] if match else ""
