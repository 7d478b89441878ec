"""Writes docs/reference.md from the documentation in chapter.xsd: every element, its attributes.

Run by `make docs`; tests/test_docs.py fails where the page and the schema differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "src" / "pubtool" / "schema" / "chapter.xsd"
PAGE = ROOT / "docs" / "reference.md"
XS = "{http://www.w3.org/2001/XMLSchema}"
HEAD = """# The elements of a chapter

Made from `src/pubtool/schema/chapter.xsd` by `make docs`. All elements are in the namespace
`urn:pubtool:chapter:1`. Every element may have an `id` and, where its text is in another language,
`xml:lang`; the tables name them only where they are required.
"""
COMMON = {"id", "xml:lang"}

Element = etree._Element


def page(schema: Element) -> str:
    """The whole reference page as Markdown."""
    elements = sorted(schema.iterchildren(f"{XS}element"), key=lambda e: str(e.get("name")))
    return HEAD + "".join(entry(e, schema) for e in elements)


def entry(declared: Element, schema: Element) -> str:
    """One element: what it is, what it holds, its attributes."""
    kind = type_of(declared, schema)
    parts = [f"\n## `<{declared.get('name')}>`\n", f"{documentation(declared)}\n"]
    inside = ", ".join(dict.fromkeys(content(kind, schema))) if kind is not None else "*text*"
    parts.append(f"Holds: {inside or 'nothing'}.\n")
    rows = list(attributes(kind, schema)) if kind is not None else []
    if rows:
        parts.append("| attribute | values | meaning |\n|---|---|---|\n" + "".join(rows))
    return "\n".join(parts)


def documentation(e: Element) -> str:
    """What the schema says about an element or attribute, on one line."""
    said = e.findtext(f"{XS}annotation/{XS}documentation") or ""
    return " ".join(said.split()).replace("|", "\\|").replace("<", "\\<")


def named(schema: Element, tag: str, name: str | None) -> Element | None:
    """The top-level declaration of that kind and name."""
    return next((e for e in schema.iterchildren(f"{XS}{tag}") if e.get("name") == name), None)


def type_of(declared: Element, schema: Element) -> Element | None:
    """The complex type of an element; None if it holds plain text without attributes."""
    own = declared.find(f"{XS}complexType")
    return own if own is not None else named(schema, "complexType", declared.get("type"))


def content(kind: Element, schema: Element) -> Iterator[str]:
    """The names of what may stand inside, groups written out, in the order of the schema."""
    extension = kind.find(f".//{XS}extension")
    if kind.get("mixed") == "true" or kind.find(f"{XS}simpleContent") is not None:
        yield "*text*"
    if extension is not None:
        base = named(schema, "complexType", extension.get("base"))
        if base is not None:
            yield from content(base, schema)
    for e in kind.iter(f"{XS}element", f"{XS}group"):
        if e.tag == f"{XS}element":
            yield f"`<{e.get('ref') or e.get('name')}>`"
        elif e.get("ref") == "inlines":
            yield "inline elements"
        elif (group := named(schema, "group", e.get("ref"))) is not None:
            yield from content(group, schema)


def attributes(kind: Element, schema: Element) -> Iterator[str]:
    """A row of the table for each attribute."""
    for e in kind.iter(f"{XS}attribute", f"{XS}attributeGroup", f"{XS}extension"):
        if e.tag == f"{XS}attribute":
            name = e.get("name") or e.get("ref")
            required = " (required)" if e.get("use") == "required" else ""
            if name in COMMON and not required:
                continue
            yield f"| `{name}`{required} | {values(e, schema)} | {documentation(e)} |\n"
            continue
        base = e.get("ref") or e.get("base")
        tag = "attributeGroup" if e.tag.endswith("attributeGroup") else "complexType"
        group = named(schema, tag, base)
        if group is not None and group is not kind:
            yield from attributes(group, schema)


def values(attribute: Element, schema: Element) -> str:
    """The values an attribute may have, or what their type is called."""
    kind = attribute.find(f"{XS}simpleType")
    if kind is None:
        kind = named(schema, "simpleType", attribute.get("type"))
    listed = [e.get("value") for e in kind.iter(f"{XS}enumeration")] if kind is not None else []
    if listed:
        return ", ".join(f"`{value}`" for value in listed)
    return (attribute.get("type") or "").removeprefix("xs:")


if __name__ == "__main__":
    PAGE.write_text(page(etree.parse(str(SCHEMA)).getroot()), "utf-8")
