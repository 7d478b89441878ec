"""Each of the 45 rules of the receivers: an edit of a good file is told by it and by no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lxml import etree

from pubtool.checks.dtds import parsed
from pubtool.checks.repository import received, severity
from pubtool.diagnostics import Diagnostic, errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.resources import find
from pubtool.settings import JATS_PROFILES as PROFILES
from tests.test_jats_facts import PLACES

Edit = Callable[[etree._Element, str], None]
DTDS = ("jats", "bits")


def at(root: etree._Element, path: str, format_: str) -> etree._Element:
    """The first element at a path, {m} being the chapter's metadata and {b} the book's."""
    names = {"ali": "http://www.niso.org/schemas/ali/1.0/", "mml": MML}
    found = root.xpath(path.format(**PLACES[format_]), namespaces=names)
    assert isinstance(found, list)
    assert found, path
    element = found[0]
    assert isinstance(element, etree._Element)
    return element


MML = "http://www.w3.org/1998/Math/MathML"
XLINK = "{http://www.w3.org/1999/xlink}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def unset(path: str, name: str) -> Edit:
    def edit(root: etree._Element, format_: str) -> None:
        del at(root, path, format_).attrib[name]

    return edit


def put(path: str, name: str, value: str) -> Edit:
    return lambda root, format_: at(root, path, format_).set(name, value)


def say(path: str, text: str) -> Edit:
    def edit(root: etree._Element, format_: str) -> None:
        element = at(root, path, format_)
        del element[:]
        element.text = text

    return edit


def drop(path: str) -> Edit:
    def edit(root: etree._Element, format_: str) -> None:
        element = at(root, path, format_)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return edit


def add(path: str, xml: str) -> Edit:
    """An element more, at the end of what stands at the path."""
    return lambda root, format_: at(root, path, format_).append(etree.fromstring(xml))


def twice(path: str) -> Edit:
    """The same element once more after itself."""

    def edit(root: etree._Element, format_: str) -> None:
        element = at(root, path, format_)
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))

    return edit


def move(path: str, to: str) -> Edit:
    return lambda root, format_: at(root, to, format_).append(at(root, path, format_))


def rename(path: str, name: str) -> Edit:
    def edit(root: etree._Element, format_: str) -> None:
        at(root, path, format_).tag = name

    return edit


def wrap(path: str, name: str) -> Edit:
    """All that stands in an element, put into another inside it."""

    def edit(root: etree._Element, format_: str) -> None:
        element = at(root, path, format_)
        inner = etree.Element(name)
        inner.text = "".join(element.itertext())
        del element[:]
        element.text = None
        element.append(inner)

    return edit


@dataclass(frozen=True)
class Case:
    rule: str
    edit: Edit
    only: str = ""


WHO = "{m}/contrib-group/contrib[@id='c1']"
LICENCE = "{m}/permissions/license"
CC = "creativecommons.org/licenses/by/4.0"
SUBJECTS = (
    '<subj-group subj-group-type="heading"><subject>A</subject><subject>B</subject></subj-group>'
)
NESTED = (
    '<aff><institution-wrap><institution>X</institution><institution-id institution-id-type="ror">'
    'https://ror.org/03yrm5c26</institution-id></institution-wrap><country country="AZ">A</country>'
    "</aff>"
)
CASES = (
    Case("JR01", put("/*", "dtd-version", "1.0")),
    Case("JR02", add("{m}/title-group", "<subtitle/>")),
    Case("JR02", add("//back", "<ack/>")),
    Case("JR02", add("//body", "<p/>")),
    Case("JR03", put("//body//xref[@ref-type='fig']", "rid", "gone")),
    Case("JR03", put("//body//xref[@rid='r1 r2']", "rid", "r1 gone")),
    Case("JR03", put("//body//xref[@ref-type='fig']", "rid", "methods")),
    Case("JR04", put("//sec[@id='sub']", "id", "eq1-math")),
    Case("JR05", put("/article", "article-type", "chapter"), "jats"),
    Case("JR06", unset("/*", LANG)),
    Case("JR07", unset("/*/book-part", "id"), "bits"),
    Case("JR08", unset("/*/book-part", "book-part-type"), "bits"),
    Case("JR09", drop("{b}/source"), "jats"),
    Case("JR09", drop("{b}/book-title-group"), "bits"),
    Case("JR10", drop("{b}//publisher-loc")),
    Case("JR11", unset("{b}", "source-id-type"), "jats"),
    Case("JR11", unset("{b}/book-id", "book-id-type"), "bits"),
    Case("JR11", say("{b}/book-id[2]", "doi:10.5555/x"), "bits"),
    Case("JR12", unset("{m}/article-id", "pub-id-type"), "jats"),
    Case("JR12", unset("{m}/book-part-id", "book-part-id-type"), "bits"),
    Case("JR12", say("{m}/*[. = '10.5555/invented.2026.03']", "https://doi.org/10.5555/x")),
    Case("JR13", unset("{m}/isbn", "publication-format"), "jats"),
    Case("JR13", unset("{b}/isbn", "publication-format"), "bits"),
    Case("JR14", say("{m}/pub-date/year", "26")),
    Case("JR14", twice("{m}/pub-date")),
    Case("JR14", drop("{m}/pub-date")),
    Case("JR15", drop("{m}/lpage")),
    Case("JR16", say("{m}/title-group/*[self::title or self::article-title]", " ")),
    Case("JR16", wrap("{m}/title-group/*[self::title or self::article-title]", "bold")),
    Case("JR17", unset(WHO, "contrib-type")),
    Case("JR18", twice(f"{WHO}/name")),
    Case("JR18", drop(f"{WHO}/name/given-names")),
    Case("JR19", say(f"{WHO}/contrib-id", "0000-0002-1825-0097")),
    Case("JR20", unset(WHO, "corresp")),
    Case("JR20", put(WHO, "corresp", "true")),
    Case("JR21", add(WHO, NESTED)),
    Case("JR22", move("{m}/aff[@id='aff2']", "/article/front"), "jats"),
    Case("JR22", move("{m}/aff[@id='aff2']", "{b}"), "bits"),
    Case("JR23", rename("{m}/aff[@id='aff1']/institution-wrap/institution", "named-content")),
    Case("JR24", put("{m}/aff/country", "country", "Azerbaijan")),
    Case("JR24", drop("{m}/aff/country")),
    Case("JR25", say("{m}/aff//institution-id", "03yrm5c26")),
    Case("JR26", unset(f"{WHO}/role", "vocab-term"), "jats"),
    Case("JR26", put(f"{WHO}/role", "content-type", "http://credit.niso.org/"), "bits"),
    Case("JR27", say("{m}//funding-source//institution-id[1]", "10.5555/fund")),
    Case("JR28", say("{m}/abstract/p", "word " * 2000)),
    Case("JR28", add("{m}/abstract", "<title>Abstract</title>")),
    Case("JR28", drop("{m}/abstract")),
    Case("JR29", unset("{m}/trans-abstract", LANG)),
    Case("JR29", rename("{m}/trans-abstract", "abstract")),
    Case("JR29", unset("{m}/title-group/trans-title-group", LANG)),
    Case("JR30", drop("{m}/kwd-group[1]/kwd[1]")),
    Case("JR31", say("{m}/permissions/copyright-statement", f"© All. See https://{CC}/")),
    Case("JR31", say("{m}/permissions/copyright-year", "MMXXVI")),
    Case("JR32", unset(LICENCE, "license-type")),
    Case("JR32", drop(f"{LICENCE}/ali:license_ref")),
    Case("JR32", drop(LICENCE)),
    Case("JR33", say(f"{LICENCE}/ali:license_ref", "https://example.org/other")),
    Case("JR34", add("{m}", f"<article-categories>{SUBJECTS}</article-categories>"), "jats"),
    Case("JR34", add("{m}", SUBJECTS), "bits"),
    Case("JR35", unset("//ref[@id='r5']", "id")),
    Case("JR35", say("//ref[@id='r5']/mixed-citation", "")),
    Case("JR36", unset("//ref[@id='r5']/mixed-citation", "publication-type")),
    Case("JR37", unset("//ref//person-group", "person-group-type")),
    Case("JR38", rename("//ref[@id='r4']//part-title", "article-title")),
    Case("JR39", drop("//ref[@id='r1']//publisher-name")),
    Case("JR39", add("//ref[@id='r1']//element-citation", "<fpage>3</fpage>")),
    Case("JR40", unset("//ref//pub-id", "pub-id-type")),
    Case("JR40", say("//ref//pub-id", "https://doi.org/10.5555/x")),
    Case("JR41", say("//body/sec[last()]/title", "About the Author")),
    Case("JR42", drop("//body//xref[@rid='fn1']")),
    Case("JR42", move("//back/fn-group/fn[@id='fn1']", "//sec[@id='methods']")),
    Case("JR43", unset("//mml:math", "id")),
    Case("JR44", unset("{m}/self-uri", "content-type")),
    Case("JR45", add("{m}", "<publisher><publisher-name>P</publisher-name></publisher>"), "bits"),
    Case("JR45", say("{b}/pub-id", "10.5555/invented.2026.03"), "jats"),
)


def rule_of(finding: Diagnostic) -> str:
    return finding.message.partition(":")[0]


def told(root: etree._Element, profile: str = "generic") -> Counter[str]:
    data = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return Counter(rule_of(finding) for finding in received(data, "c.xml", profile))


@pytest.mark.parametrize(
    ("case", "format_"),
    [(case, name) for case in CASES for name in DTDS if case.only in ("", name)],
    ids=lambda value: value if isinstance(value, str) else value.rule,
)
def test_an_edit_is_told_by_its_rule_and_no_other(
    case: Case, format_: str, everything: Edition
) -> None:
    root = parsed(formats()[format_].write(everything).data)
    before = told(root)
    case.edit(root, format_)
    assert set(told(root) - before) == {case.rule}


def test_every_rule_has_its_edit() -> None:
    rules = {f"JR{n:02}" for n in range(1, 46)}
    assert {case.rule for case in CASES} == rules
    text = find("schema", "repository.sch").read_text()
    assert set(re.findall(r'<sch:diagnostic id="(JR\d\d)-do">', text)) == rules
    assert {id_[:4] for id_ in re.findall(r'<sch:assert id="(JR[^"]+)"', text)} == rules


def test_every_assertion_says_how_grave_it_is_and_what_to_do() -> None:
    schema = etree.parse(str(find("schema", "repository.sch")))
    for told_of in schema.getroot().iter("{http://purl.oclc.org/dsdl/schematron}assert"):
        if told_of.get("test") == "true()":
            continue
        id_ = told_of.get("id", "")
        assert told_of.get("role") in ("error", "warning", "note"), id_
        assert told_of.get("diagnostics") == f"{id_[:4]}-do"
        assert (told_of.text or "").startswith(f"{id_[:4]}: "), id_
        asked = {name.rstrip("!") for name in told_of.get("flag", "").split()}
        assert asked
        assert asked <= {"pmc", "jats4r", "crossref", "scielo", "ingenta", "brill"}


@pytest.mark.parametrize(
    ("role", "flag", "profile", "grave"),
    [
        ("error", "pmc!", "generic", "error"),
        ("error", "pmc!", "scielo", "error"),
        ("warning", "pmc!", "generic", "warning"),
        ("warning", "pmc!", "pmc", "error"),
        ("warning", "pmc!", "jats4r", None),
        ("note", "pmc jats4r", "jats4r", "note"),
    ],
)
def test_a_profile_keeps_the_rules_of_its_receiver(
    role: str, flag: str, profile: str, grave: str | None
) -> None:
    assert severity(role, flag, profile) == grave


@pytest.mark.parametrize("format_", DTDS)
def test_a_finding_stands_where_the_element_stands(format_: str, everything: Edition) -> None:
    data = formats()[format_].write(everything).data
    spoilt = data.replace(b">https://orcid.org/0000-0002", b">0000-0002")
    (finding,) = errors(received(spoilt, "c.xml", "generic"))
    before = spoilt[: spoilt.index(b'<contrib-id contrib-id-type="orcid">0000-0002')]
    assert (finding.line, finding.column) == (before.count(b"\n") + 1, 1)
    assert finding.hint == "Write the ORCID iD in full."


def test_a_missing_licence_is_a_warning_to_all_and_an_error_to_pubmed_central(
    everything: Edition,
) -> None:
    root = parsed(formats()["jats"].write(everything).data)
    drop(LICENCE)(root, "jats")
    data = etree.tostring(root.getroottree())
    graves = {p: [f.rule for f in received(data, "c", p) if rule_of(f) == "JR32"] for p in PROFILES}
    assert graves == {
        "generic": ["PT713"],
        "pmc": ["PT712"],
        "jats4r": ["PT712"],
        "scielo": ["PT712"],
        "crossref": [],
    }
