"""The HTML page: polyglot, self-contained, accessible, and whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tinyhtml5 import parse as parse_html

from pubtool import intake
from pubtool.checks.html import check, conserved, words
from pubtool.diagnostics import Unreadable, errors
from pubtool.edition import Edition
from pubtool.labels import labels_for
from pubtool.resolve import resolve
from pubtool.resources import builtin
from pubtool.settings import BookFacts, Settings, Style
from pubtool.source import LANG, MATHML, fragment, local, parse
from pubtool.text import direction
from pubtool.validate import chapter_findings
from pubtool.writers.html_page import write
from pubtool.writers.html_style import css_string
from tests.property.strategies import chapters

XHTML = "{http://www.w3.org/1999/xhtml}"
FRONT = "<title>Margins</title>"


def edition_from(
    body: str = "<p>Text.</p>",
    front: str = FRONT,
    back: str = "",
    language: str = "en",
    project: Settings | None = None,
) -> Edition:
    """The edition of a small valid chapter."""
    chapter = (
        f'<chapter xmlns="urn:pubtool:chapter:1" id="c1" xml:lang="{language}">'
        f"<front>{front}</front><body>{body}</body>{back and f'<back>{back}</back>'}</chapter>"
    )
    source = parse(chapter.encode(), "c.xml")
    assert errors(chapter_findings(source, intake.schema())) == []
    project = project or Settings()
    return Edition(resolve(source, project, labels_for(source.root.get(LANG, ""), {})), project)


def page_of(edition: Edition) -> etree._Element:
    """The root of a page that was made without a finding and passes its check."""
    made = write(edition)
    assert made.findings == ()
    assert check(made.data, "c.html", "full") == []
    assert conserved(edition, made.data, "c.html") == []
    return fragment(made.data)


def one(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.findall(path.replace("/h:", f"/{XHTML}"))
    return found


@pytest.fixture(scope="module")
def page(everything: Edition) -> bytes:
    return write(everything).data


@pytest.fixture(scope="module")
def root(page: bytes) -> etree._Element:
    return fragment(page)


# ── the page as a whole ──


def test_the_golden_page_passes(everything: Edition, page: bytes) -> None:
    assert check(page, "chapter.html", "full") == []
    assert conserved(everything, page, "chapter.html") == []


NESTED = (
    '<sec id="s1"><title>A <italic>title</italic></title><p><ext-link href="https://example.org/">'
    'one <xref rid="s1">two <cite ref="r1">three<fn><p>note</p></fn></cite></xref></ext-link></p>'
    "<list><list-item><p>item</p></list-item></list><p><italic/> end</p></sec>"
)
REF = '<references><ref id="r1"><as-written>A work.</as-written></ref></references>'


def shape(element: Any) -> object:
    """What a parser understood: names, attributes and text, but for line ends around blocks."""
    name = str(element.tag).rpartition("}")[2]
    attributes = {k: v for k, v in element.attrib.items() if not k.endswith(("lang", "xmlns"))}
    bare = name in ("html", "head", "style")
    kids = [(shape(kid), "" if bare else (kid.tail or "").rstrip("\n")) for kid in element]
    return name, attributes, "" if bare else (element.text or "").rstrip("\n"), kids


@pytest.mark.parametrize("body", [None, NESTED])
def test_html_and_xml_parsers_see_the_same_page(body: str | None, everything: Edition) -> None:
    """Polyglot: a link in a link, or an empty element that closes itself, would show here."""
    data = write(everything if body is None else edition_from(body, back=REF)).data
    assert shape(parse_html(data.decode(), namespace_html_elements=False)) == shape(fragment(data))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=chapters())
def test_any_chapter_is_the_same_page_to_both_parsers(data: bytes) -> None:
    source = parse(data, "c.xml")
    labels = labels_for(source.root.get(LANG, ""), {})
    made = write(Edition(resolve(source, Settings(), labels), Settings())).data
    assert shape(parse_html(made.decode(), namespace_html_elements=False)) == shape(fragment(made))


def test_only_void_elements_close_themselves(page: bytes) -> None:
    closed = set(re.findall(rb"<([\w:]+)[^<>]*/>", page.split(b"</style>")[1]))
    assert closed <= {b"br", b"img", b"col"}


def test_the_page_fetches_nothing(root: etree._Element) -> None:
    sources = [e.get("src", "") for e in root.iter("*") if e.get("src") is not None]
    assert sources
    assert all(s.startswith("data:image/") for s in sources)
    assert list(root.iter(f"{XHTML}link")) == []
    # A script of this type is data: no browser runs it.
    assert [dict(e.attrib) for e in root.iter(f"{XHTML}script")] == [
        {"type": "application/ld+json"}
    ]
    style = one(root, ".//h:style").text or ""
    assert "url(" not in style
    assert "@import" not in style


def test_the_style_knows_no_pixels_and_no_left_or_right() -> None:
    style = (builtin("styles") / "screen.css").read_text()
    assert re.findall(r"\d+px\b", style) == []
    assert re.findall(r"(?:margin|padding|border|inset)-(?:left|right)", style) == []
    assert "prefers-color-scheme: dark" in style
    assert "34em" in style


def test_it_can_be_read_without_eyes(root: etree._Element) -> None:
    assert all(e.get("alt") is not None for e in root.iter(f"{XHTML}img"))
    first_link = next(root.iter(f"{XHTML}a"))
    targets = {e.get("id"): e for e in root.iter("*")}
    assert first_link.get("class") == "skip"
    assert local(targets[first_link.get("href", "")[1:]]) == "div"
    assert one(root, ".//h:main") is not None
    roles = {e.get("role") for e in root.iter("*")}
    assert {
        "doc-chapter", "doc-subtitle", "doc-abstract", "doc-introduction", "doc-conclusion",
        "doc-epigraph", "doc-endnotes", "doc-noteref", "doc-backlink", "doc-bibliography",
        "doc-biblioref", "doc-acknowledgments", "doc-appendix", "doc-glossary", "doc-pagebreak",
    } <= roles  # fmt: skip
    levels = [int(local(e)[1]) for e in root.iter("*") if re.fullmatch(r"h\d", local(e))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_notes_are_reached_both_ways(root: etree._Element) -> None:
    calls = [e for e in root.iter(f"{XHTML}a") if e.get("role") == "doc-noteref"]
    backs = [e for e in root.iter(f"{XHTML}a") if e.get("role") == "doc-backlink"]
    assert [c.text for c in calls] == ["1", "2"]
    for call, back in zip(calls, backs, strict=True):
        note = next(back.iterancestors(f"{XHTML}li"))
        assert call.get("href") == f"#{note.get('id')}"
        assert back.get("href") == f"#{call.get('id')}"
        assert back.get("aria-label") == "Back to the text"


def test_every_foreign_run_names_its_language_twice_and_its_direction(
    root: etree._Element,
) -> None:
    runs = [e for e in root.iter("*") if e.get("lang") is not None]
    assert {e.get("lang") for e in runs} == {"en", "tr", "az"}
    assert all(e.get(LANG) == e.get("lang") and e.get("dir") == "ltr" for e in runs)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("en", "ltr"), ("az", "ltr"), ("az-Arab", "rtl"), ("ar", "rtl"), ("fa-IR", "rtl"),
        ("ku-Arab-IQ", "rtl"), ("ur-Latn", "ltr"), ("he", "rtl"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_direction_follows_script_then_language(tag: str | None, way: str | None) -> None:
    assert direction(tag) == way


def test_a_page_from_the_right_says_so() -> None:
    root = page_of(edition_from('<p>متن <foreign xml:lang="en">text</foreign></p>', language="fa"))
    assert root.get("dir") == "rtl"
    assert one(root, ".//h:span[@class='foreign']").get("dir") == "ltr"


def test_head_describes_the_chapter(root: etree._Element, everything: Edition) -> None:
    metas = {m.get("name"): m.get("content") for m in root.iter(f"{XHTML}meta")}
    assert one(root, ".//h:title").text == everything.chapter.record.full_title
    assert metas["author"] == "Caspian Manuscript Group"
    assert metas["description"] == (
        "An abstract with markup and a second thought. Its second paragraph."
    )
    assert metas["keywords"] == "codicology, marginal notes"


# ── its parts ──


def test_tables_scroll_inside_themselves_and_keep_their_model(root: etree._Element) -> None:
    table = one(root, ".//h:table")
    scroll = table.getparent()
    assert scroll is not None
    assert (scroll.get("class"), scroll.get("tabindex"), scroll.get("role")) == (
        "scroll", "0", "group",
    )  # fmt: skip
    assert scroll.get("aria-label") == "Table 1"
    caption = table[0]
    assert local(caption) == "caption"
    assert words(etree.tostring(caption)) == ["Leaves", "and", "lines"]
    heads = list(table.iter(f"{XHTML}th"))
    assert [h.get("scope") for h in heads] == ["col", "colgroup", "col", "col"] + ["row"] * 3
    assert heads[0].get("rowspan") == heads[1].get("colspan") == "2"
    assert [c.get("class") for c in table.iter(f"{XHTML}td")] == [
        "right", "right", None, "right", "right",
    ]  # fmt: skip


def test_a_figure_has_alt_caption_and_a_folded_description(root: etree._Element) -> None:
    figure = one(root, ".//h:figure[@id='fig1']")
    assert [local(e) for e in figure] == ["img", "details", "figcaption"]
    assert figure[0].get("alt") == "A square in two colours"
    assert "".join(figure[2].itertext()).startswith("Figure 1\N{EN SPACE}A drawing")


def test_formulas_are_mathml_with_words_or_tex_with_a_role(root: etree._Element) -> None:
    maths = list(root.iter(f"{{{MATHML}}}math"))
    assert [(m.get("display"), m.get("alttext")) for m in maths] == [
        ("inline", "a^2"),
        ("block", r"\frac{n}{n+1}"),
    ]
    tex = [e for e in root.iter(f"{XHTML}code") if e.get("role") == "math"]
    assert [(e.text, e.get("aria-label")) for e in tex] == [
        (r"\alpha + 1", "alpha plus one"),
        ("E = mc^2", "E = mc^2"),
    ]


def test_citations_lead_to_every_reference_they_name(root: etree._Element) -> None:
    cites = [e for e in root.iter(f"{XHTML}span") if e.get("class") == "cite"]
    double = next(c for c in cites if len(c) == 2)
    assert [(a.get("href"), a.get("role")) for a in double] == [
        ("#r1", "doc-biblioref"),
        ("#r2", "doc-biblioref"),
    ]
    assert double[1].get("aria-label") == "Əsgərov 2004"
    items = one(root, ".//h:section[@role='doc-bibliography']/h:ul")
    assert [li.get("id") for li in items] == ["r1", "r2", "r3", "r4", "r5"]


def test_a_link_around_a_link_is_no_link() -> None:
    """HTML forbids it; the innermost wins, so that the note stays in reach."""
    root = page_of(edition_from(NESTED, back=REF))
    links = [e for e in root.iter(f"{XHTML}a") if next(e.iterdescendants(f"{XHTML}a"), None)]
    assert links == []
    assert [e.text for e in root.iter(f"{XHTML}a") if e.get("role") == "doc-noteref"] == ["1"]


def test_an_open_query_is_marked_and_is_no_word_of_the_author(root: etree._Element) -> None:
    query = one(root, ".//h:mark")
    assert query.get("class") == "query"
    assert query.get("data-generated") == "yes"
    assert "".join(query.itertext()) == "[Query: Is this year right?]"


def test_people_have_their_orcid_and_others_their_role() -> None:
    front = (
        "<title>T</title><contributor><name><family>Suna</family></name>"
        "<orcid>0000-0002-1825-0097</orcid><email visible='no'>hidden@example.org</email>"
        "<bio><p>Teaches.</p></bio></contributor>"
        "<contributor role='translator'><name><family>Elçin</family></name></contributor>"
    )
    edition = edition_from(front=front, language="tr")
    root = page_of(edition)
    links = {a.get("href") for a in root.iter(f"{XHTML}a")}
    assert "https://orcid.org/0000-0002-1825-0097" in links
    assert "hidden@example.org" not in write(edition).data.decode()
    assert one(root, ".//h:span[@class='role']").text == " (çeviren)"
    assert one(root, ".//h:section[@id='_about']/h:h2").text == "Yazar hakkında"


def test_a_doi_in_a_generated_citation_is_said_once_and_linked() -> None:
    project = Settings(book=BookFacts(title="Volume", publisher="Press", year="2026"))
    author = "<contributor><name><family>Əliyeva</family></name></contributor>"
    front = f"{FRONT}{author}<identifiers><doi>10.5555/volume.1</doi></identifiers>"
    root = page_of(edition_from(front=front, project=project))
    address = "https://doi.org/10.5555/volume.1"
    (link,) = root.findall(f".//{XHTML}footer//{XHTML}a")
    assert (link.get("href"), link.text) == (address, address)
    assert "".join(one(root, ".//h:footer").itertext()).count(address) == 1


def test_the_colophon_links_doi_and_licence(root: etree._Element) -> None:
    colophon = one(root, ".//h:footer")
    links = {a.get("href"): a.get("rel") for a in colophon.iter(f"{XHTML}a")}
    assert links == {
        "https://doi.org/10.5555/invented.2026.03": None,
        "https://creativecommons.org/licenses/by/4.0/": "license",
    }
    assert [p.get("class") for p in colophon] == [
        "citation", "doi", "license", "copyright", "funding",
    ]  # fmt: skip


def test_ids_of_the_page_leave_the_authors_ids_alone() -> None:
    ids = ("text", "notes", "about", "fn1-call", "main")
    body = "".join(f'<sec id="{i}"><title>{i}</title><p>Words.</p></sec>' for i in ids)
    page_of(edition_from(f"{body}<sec><title>T</title><p>A<fn><p>b</p></fn></p></sec>"))


def test_a_label_runs_into_the_first_words_of_a_box() -> None:
    body = (
        '<boxed-text number="1"><p>Words.</p></boxed-text>'
        '<boxed-text number="2"><list><list-item><p>Item.</p></list-item></list></boxed-text>'
    )
    first, second = page_of(edition_from(body)).iter(f"{XHTML}aside")
    assert ["".join(p.itertext()) for p in first] == ["Box 1\N{EN SPACE}Words."]
    assert [local(e) for e in second] == ["p", "ul"]


# ── the check ──


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        (b"</main>", b"</mian>", "PT721", "main"),
        (b'id="intro"', b'id="methods"', "PT722", "methods"),
        (b'href="#fig1"', b'href="#fig9"', "PT722", "fig9"),
        (b' alt="Left part"', b"", "PT722", "alt"),
    ],
)
def test_the_check_finds(page: bytes, old: bytes, new: bytes, rule: str, says: str) -> None:
    assert old in page
    findings = check(page.replace(old, new), "c.html", "full")
    assert {f.rule for f in findings} == {rule}
    assert any(says in f.message for f in findings)


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        ("<p>Counted twice.</p>", "", "PT702", "Counted"),
        ("<i>italics</i> and", "<i>italics</i>", "PT702", "and"),
        ("Boxed words.", "Boxed words. Boxed", "PT703", "Boxed"),
        ("a bound book", "a bound look", "PT702", "book"),
        ('<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"', "<p", "PT702", "∎"),
    ],
)
def test_lost_and_invented_words_are_named(
    everything: Edition, page: bytes, old: str, new: str, rule: str, says: str
) -> None:
    text = page.decode()
    assert old in text
    if old.startswith("<math"):
        start = text.index(old)
        spoilt = text[:start] + text[text.index("</math>", start) + len("</math>") :]
    else:
        spoilt = text.replace(old, new)
    findings = conserved(everything, spoilt.encode(), "c.html")
    assert rule in {f.rule for f in findings}
    assert any(says in f.message for f in findings)


# ── what a publisher changes ──


def folder(tmp_path: Path, kind: str, name: str, content: str) -> Settings:
    (tmp_path / kind).mkdir()
    (tmp_path / kind / name).write_text(content)
    return Settings(root=tmp_path)


def test_a_project_may_have_its_own_style_with_nesting_and_ampersands(tmp_path: Path) -> None:
    style = 'a { color: teal; &:hover { color: navy; } } p::after { content: "<&>"; }'
    edition = edition_from(project=folder(tmp_path, "styles", "screen.css", style))
    assert style in write(edition).data.decode()
    page_of(edition)


def test_a_project_may_have_its_own_template(tmp_path: Path) -> None:
    template = (builtin("templates") / "page.html").read_text()
    own = template.replace("<main>", '<p data-generated="yes">House press</p><main>')
    root = page_of(edition_from(project=folder(tmp_path, "templates", "page.html", own)))
    assert one(root, ".//h:body/h:p").text == "House press"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 1 / 0 }}",
        "{% for %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include '../secret.txt' %}",
        "{% include '/etc/hostname' %}",
        "{% include 'none.html' %}",
        "{{ record.title.nothing.at_all }}",
    ],
)
def test_a_template_that_fails_or_reaches_out_is_a_finding(template: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    edition = edition_from(project=folder(tmp_path, "templates", "page.html", template))
    with pytest.raises(Unreadable) as broken:
        write(edition)
    assert broken.value.finding.rule == "PT802"
    assert broken.value.finding.file == "templates/page.html"


def test_settings_become_variables_that_cannot_break_out(everything: Edition) -> None:
    style = Style(fonts=('A "B" </style>',), link_color="red; } * { display: none </style>")
    edition = replace(everything, settings=replace(everything.settings, style=style))
    text = write(edition).data.decode()
    assert '--serif: "A \\22 B\\22  \\3C \\2F style\\3E ", "Gentium Book Plus", serif;' in text
    assert "--link: red  *  display: none /style;" in text
    assert check(text.encode(), "c.html", "full") == []


def test_a_css_string_is_safe() -> None:
    assert css_string('Əli "x" \\ \n</style>') == (
        '"Əli \\22 x\\22  \\5C  \\A \\3C \\2F style\\3E "'
    )
