"""A chapter to JATS and back, and two chapters compared element by element.

What is not compared is declared here, and nothing else:

- what `resolve` makes: labels from numbers, ids nobody wrote, words of empty links (both chapters
  are resolved, so that numbers are compared as they will be printed);
- a language that an element inherits anyway, and attributes that say what holds without them;
- e-mail addresses that are not to be published, and open queries: JATS is published;
- white space around what stands on lines of its own, and doubled in attributes, where the schema
  folds it;
- the order of abstracts (the DTD wants those in the chapter's language first) and of the names
  among the fields of a reference;
- the date of publication, where it only repeats the year of the volume.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from lxml import etree

from pubtool import intake
from pubtool.diagnostics import Diagnostic, errors
from pubtool.edition import Edition
from pubtool.labels import labels_for
from pubtool.model import child, children, language_of, q
from pubtool.readers import jats
from pubtool.resolve import resolve
from pubtool.settings import Settings
from pubtool.source import LANG, local, parse
from pubtool.text import doi, orcid, squeeze
from pubtool.validate import chapter_findings
from pubtool.writers import jats_article

DEFAULTS = {
    ("chapter", "type"): "chapter",
    ("contributor", "role"): "author",
    ("contributor", "corresponding"): "no",
    ("contributor", "equal"): "no",
    ("contributor", "deceased"): "no",
    ("name", "role"): "author",
    ("collab", "role"): "author",
    ("editor", "role"): "editor",
    ("abstract", "kind"): "abstract",
    ("list", "type"): "bullet",
    ("list", "style"): "decimal",
    ("fn", "kind"): "footnote",
    ("cite", "label"): "page",
    ("cite", "mode"): "parenthetical",
    ("ref", "type"): "other",
    ("p", "continued"): "no",
    ("fig", "decorative"): "no",
    ("see", "also"): "no",
    ("email", "visible"): "no",
}
MADE = ("generated", "id-given", "n", "number", "kind", "{urn:pubtool:place}at")
MIXED = frozenset(
    """
    title subtitle short-title trans-title keyword license copyright citation-line series attrib
    verse-line p source th td italic bold sc sub sup underline strike monospace foreign term abbrev
    xref cite ext-link query see container-title volume-title note as-written code tex
    """.split()
)


@dataclass(frozen=True)
class Returned:
    """A chapter that came back from JATS."""

    data: bytes
    findings: list[Diagnostic]
    jats: bytes


def there_and_back(data: bytes, writer: ModuleType = jats_article) -> Returned:
    """A canonical chapter through our JATS, or our BITS."""
    made = writer.write(edition(data))
    back = jats.read(made.data, "back.xml", Settings())
    return Returned(back.data, back.findings, made.data)


def edition(data: bytes) -> Edition:
    source = parse(data, "c.xml")
    # An identifier with a wrong check digit is reported, and comes back as it was.
    wrong = errors(chapter_findings(source, intake.schema()))
    assert [f.message for f in wrong if not f.rule.startswith("PT4")] == []
    labels = labels_for(source.root.get(LANG, ""), {})
    return Edition(resolve(source, Settings(), labels), Settings())


def differences(before: bytes, after: bytes) -> list[str]:
    """What is not the same in two chapters, an element a line."""
    first, second = (list(told(edition(data).chapter.root)) for data in (before, after))
    return [
        *(f"- {line}" for line in _missing(first, second)),
        *(f"+ {line}" for line in _missing(second, first)),
        *([] if sorted(first) != sorted(second) or first == second else ["~ another order"]),
    ]


def _missing(wanted: list[str], there: list[str]) -> list[str]:
    left = list(there)
    missing = []
    for line in wanted:
        if line in left:
            left.remove(line)
        else:
            missing.append(line)
    return missing


def told(root: etree._Element) -> Iterator[str]:
    """Every element of a resolved chapter with its path, attributes and text."""
    _settle(root)
    for element in root.iter("*"):
        yield f"{_path(element)} {_attributes(element)} {_text(element)}"


def _settle(root: etree._Element) -> None:
    for e in list(root.iter(q("email"), q("query"), q("citation-line"))):
        hidden = local(e) == "email" and e.get("visible") != "yes"
        if hidden or local(e) == "query" or e.get("generated") == "yes":
            _remove(e)
    for e in root.iter("*"):
        parent = e.getparent()
        if e.get(LANG) and parent is not None and e.get(LANG) == language_of(parent):
            del e.attrib[LANG]
    front = root[0]
    own = [a for a in children(front, "abstract") if language_of(a) == root.get(LANG)]
    others = [a for a in children(front, "abstract") if a not in own]
    for a in reversed([*own, *others]):
        place = [e for e in front if local(e) in _BEFORE_ABSTRACTS][-1]
        place.addnext(a)
    for ref in root.iter(q("ref")):
        names = [e for e in ref if local(e) in ("name", "collab")]
        roles = list(dict.fromkeys(e.get("role", "author") for e in names))
        for n, e in enumerate(sorted(names, key=lambda e: roles.index(e.get("role", "author")))):
            ref.insert(n, e)
    dates, book = child(front, "dates"), child(front, "book")
    year = child(book, "year") if book is not None else None
    if dates is not None and year is not None and dates.get("published") == year.text:
        del dates.attrib["published"]
        if not dates.attrib:
            front.remove(dates)


_BEFORE_ABSTRACTS = (
    "title",
    "subtitle",
    "short-title",
    "trans-title",
    "contributor",
    "affiliation",
)


def _remove(e: etree._Element) -> None:
    e.tag = q("gone")
    e.text = None
    for inner in list(e):
        e.remove(inner)
    parent = e.getparent()
    assert parent is not None
    etree.strip_tags(parent, q("gone"))


def _path(e: etree._Element) -> str:
    names = [local(a) for a in (e, *e.iterancestors())]
    return "/".join(reversed(names))


def _attributes(e: etree._Element) -> dict[str, str]:
    name = local(e)
    kinds = {"abstract", "statement", "sec", "fn"}
    said = {
        local_name(k): v
        for k, v in e.attrib.items()
        if (k not in MADE or (k == "kind" and name in kinds)) and DEFAULTS.get((name, k)) != v
    }
    if name == "contributor":
        said = {k: v for k, v in said.items() if k != "id" or e.get("id-given") is None}
    if "ror" in said:
        said["ror"] = said["ror"].removeprefix("https://ror.org/")
    return {k: squeeze(v) for k, v in sorted(said.items())}


def local_name(key: str) -> str:
    return key.rpartition("}")[2]


def _text(e: etree._Element) -> list[str]:
    texts = [e.text or "", *(c.tail or "" for c in e)]
    if local(e) in MIXED or e.tag.startswith("{http://www.w3.org/1998/Math"):
        return texts
    if local(e) == "orcid":
        return [orcid(texts[0]) or texts[0]]
    if local(e) == "doi":
        return [doi(texts[0]) or texts[0]]
    return [squeeze(t) for t in texts]
