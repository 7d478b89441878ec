"""Is this tree a chapter? The schema's answer, put into words, and what a schema cannot say.

Pure: schemas are passed in, findings come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from lxml import etree

from pubtool import text
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.model import q
from pubtool.source import NAMESPACE, Source, local, nearest

_ELEMENT = re.compile(r"^Element '(?:\{[^}]*\})?([^']+)'(?:, attribute '([^']+)')?: (.*)$", re.S)
_EXPECTED = re.compile(r"Expected is (?:one of )?\( ?([^)]*?) ?\)")
_QUALIFIED = re.compile(r"\{[^}]*\}")
_XREF_TARGETS = frozenset(
    {
        "sec",
        "app",
        "fig",
        "fig-group",
        "table-wrap",
        "disp-formula",
        "inline-formula",
        "fn",
        "boxed-text",
        "p",
        "list",
        "list-item",
        "disp-quote",
        "verse-group",
        "media",
        "glossary",
        "statement",
        "ack",
        "def-item",
        "code",
        "page-break",
        "references",
        "epigraph",
    }
)


def root_finding(source: Source) -> Diagnostic | None:
    """PT007 if the root is not a `<chapter>` of our namespace."""
    root = source.root
    if root.tag == f"{{{NAMESPACE}}}chapter":
        return None
    message = f"the root element is <{local(root)}>, not a <chapter> of {NAMESPACE}"
    return found("PT007", source.place(root), message)


def chapter_findings(source: Source, schema: etree.XMLSchema) -> list[Diagnostic]:
    """What keeps a source from being a chapter (PT1xx, PT4xx) or from release (PT201)."""
    wrong_root = root_finding(source)
    if wrong_root is not None:
        return [wrong_root]
    return [
        *schema_findings(source, schema),
        *id_findings(source),
        *identifier_findings(source),
        *query_findings(source),
        *reference_findings(source),
        *alternative_findings(source),
    ]


def schema_findings(source: Source, schema: etree.XMLSchema) -> list[Diagnostic]:
    """The schema's messages as findings, each at the element it is about."""
    if schema.validate(source.root):
        return []
    return list(dict.fromkeys(_schema_finding(source, entry) for entry in schema.error_log))


def _schema_finding(source: Source, entry: etree._LogEntry) -> Diagnostic:
    place = _entry_place(source, entry)
    match = _ELEMENT.match(entry.message.strip())
    if match is None:
        return found("PT101", place, _QUALIFIED.sub("", entry.message))
    name, attribute, said = match[1], match[2], _QUALIFIED.sub("", match[3]).strip()
    expected = _EXPECTED.search(said)
    wanted = [
        w.strip() for w in (expected[1].split(",") if expected else []) if w.strip() != "##other*"
    ]
    if attribute or "attribute" in said:
        return found(
            "PT103", place, f"<{name}>{f' {attribute}' if attribute else ''}: {_plain(said)}"
        )
    if "Character content" in said or "character content" in said.lower():
        return found("PT106", place, f"<{name}> may hold elements only, but there is text in it")
    if said.startswith("This element is not expected"):
        if len(wanted) == 1 and not nearest(name, wanted):
            return found("PT102", place, f"<{wanted[0]}> is missing before this <{name}>")
        return found("PT101", place, f"<{name}> is not expected here{_listed(wanted, name)}")
    if said.startswith("Missing child element"):
        return found("PT102", place, f"<{name}> is incomplete{_listed(wanted, '')}")
    return found("PT103", place, f"<{name}>: {_plain(said)}")


def _listed(wanted: Sequence[str], written: str) -> str:
    if not wanted:
        return ""
    names = [f"<{w}>" for w in wanted]
    said = f"; expected {'one of ' if len(names) > 1 else ''}{', '.join(names)}"
    return said + (nearest(written, list(wanted)) if written else "")


def _plain(said: str) -> str:
    """libxml2's wording for values, without its talk of facets and types."""
    said = re.sub(r"\[facet '[^']+'\] ", "", said)
    said = re.sub(
        r" is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '[^']*')?\.?",
        " is not one of the values allowed",
        said,
    )
    said = re.sub(
        r"The value '([^']*)' is not accepted by the pattern '.*?'\.?$",
        r"“\1” has the wrong form",
        said,
    )
    return re.sub(
        r"The value '([^']*)' is not an element of the set \{(.*)\}\.?$",
        r"“\1” is not one of \2",
        said,
    ).rstrip(".")


def _entry_place(source: Source, entry: etree._LogEntry) -> Place:
    path = getattr(entry, "path", None)
    # A prefix in the path, as of an element foreign to a chapter, stands for nothing here.
    with suppress(etree.XPathError):
        hit = source.root.getroottree().xpath(path, namespaces=None) if path else None
        if isinstance(hit, list) and hit and isinstance(hit[0], etree._Element):
            return source.place(hit[0])
    return Place(source.file, entry.line, max(entry.column, 1))


def id_findings(source: Source) -> list[Diagnostic]:
    """Duplicate ids (PT104), references to nothing (PT105) or to the wrong kind (PT107)."""
    seen: dict[str, etree._Element] = {}
    findings = []
    for element in source.root.iter("*"):
        id_ = element.get("id")
        if id_ is None:
            continue
        if id_ in seen:
            first = source.place(seen[id_])
            message = f"the id “{id_}” stands already on <{local(seen[id_])}> in line {first.line}"
            findings.append(found("PT104", source.place(element), message))
        else:
            seen[id_] = element
    return findings + [
        f for pointer in _pointers(source.root) for f in _follow(source, pointer, seen)
    ]


Pointer = tuple[etree._Element, str, str, frozenset[str]]


def _pointers(root: etree._Element) -> Iterable[Pointer]:
    """Every attribute that points at an id: (element, attribute, id, kinds it may point at)."""
    for xref in root.iter(q("xref")):
        yield xref, "rid", xref.get("rid", ""), _XREF_TARGETS
    for cite in root.iter(q("cite")):
        for id_ in cite.get("ref", "").split():
            yield cite, "ref", id_, frozenset({"ref"})
    for contributor in root.iter(q("contributor")):
        for id_ in contributor.get("affiliations", "").split():
            yield contributor, "affiliations", id_, frozenset({"affiliation"})


def _follow(source: Source, pointer: Pointer, seen: dict[str, etree._Element]) -> list[Diagnostic]:
    element, attribute, id_, kinds = pointer
    target = seen.get(id_)
    if target is None:
        known = [name for name, e in seen.items() if local(e) in kinds]
        message = f"{attribute}=“{id_}” points at nothing{nearest(id_, known)}"
        return [found("PT105", source.place(element), message)]
    if local(target) not in kinds:
        message = f"<{local(element)} {attribute}=“{id_}”> points at a <{local(target)}>"
        return [found("PT107", source.place(element), message)]
    return []


def identifier_findings(source: Source) -> list[Diagnostic]:
    """ORCID, ISBN and DOI with a wrong form or check digit."""
    checks = (
        ("orcid", "PT401", text.orcid),
        ("isbn", "PT402", text.isbn),
        ("doi", "PT403", text.doi),
    )
    return [
        found(rule, source.place(e), f"“{(e.text or '').strip()}” is not a valid {name.upper()}")
        for name, rule, valid in checks
        for e in source.root.iter(q(name))
        if (e.text or "").strip() and valid(e.text or "") is None
    ]


def query_findings(source: Source) -> list[Diagnostic]:
    """Every question still open (PT201)."""
    return [
        found("PT201", source.place(e), f"open query: {text.squeeze(''.join(e.itertext()))}")
        for e in source.root.iter(q("query"))
    ]


def reference_findings(source: Source) -> list[Diagnostic]:
    """References that are nothing but their wording (PT301)."""
    return [
        found(
            "PT301", source.place(e), f"reference “{e.get('id')}” has no fields, only its wording"
        )
        for e in source.root.iter(q("ref"))
        if len(e) == 1
    ]


def alternative_findings(source: Source) -> list[Diagnostic]:
    """Images without alternative text that are not marked as mere ornament (PT505)."""
    return [
        found("PT505", source.place(e), f"<{local(e)}> has no <alt>")
        for e in source.root.iter(q("fig"), q("inline-graphic"), q("table-wrap"))
        if e.get("decorative") != "yes" and e.find(q("alt")) is None and e.find(q("table")) is None
    ]


def house_findings(source: Source, schematron: etree.XSLT) -> list[Diagnostic]:
    """The messages of a publisher's Schematron, compiled to XSLT, as findings (PT108)."""
    report = schematron(source.root)
    svrl = "{http://purl.oclc.org/dsdl/svrl}"
    findings = []
    for tag in ("failed-assert", "successful-report"):
        for entry in report.getroot().iter(f"{svrl}{tag}"):
            hit = source.root.xpath(entry.get("location", "/*"))
            element = hit[0] if isinstance(hit, list) and hit else source.root
            place = source.place(element if isinstance(element, etree._Element) else source.root)
            message = text.squeeze("".join(entry.itertext()))
            findings.append(found("PT108", place, message))
    return findings
