"""References from text: real ones, typical ones, and hundreds that another program typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pubtool.model import Reference, child, children, q
from pubtool.readers.draft import element
from pubtool.readers.inline import content
from pubtool.readers.ledger import Ledger
from pubtool.readers.references.choice import best, ranking
from pubtool.readers.references.facts import Facts, iso_date
from pubtool.readers.references.reading import read_list
from pubtool.readers.references.structuring import structure_references
from pubtool.readers.references.written import written
from pubtool.readers.text import read
from pubtool.record import reference
from pubtool.settings import Settings
from tests.cited import STYLES, expected, plain_copies, read_back, records, rendered

SEED = 20_261_124
COUNT = 300
# The least share of fields, and of whole references, that a grammar must read rightly.
BOUNDS = {
    "apa": (0.97, 0.90),
    "chicago": (0.97, 0.90),
    "chicago-notes": (0.97, 0.90),
    "mla": (0.97, 0.90),
    "harvard": (0.97, 0.90),
    "vancouver": (0.96, 0.90),
}
PLAIN_BOUNDS = {
    "apa": (0.97, 0.90),
    "chicago": (0.97, 0.90),
    "chicago-notes": (0.97, 0.90),
    "mla": (0.97, 0.90),
    "harvard": (0.93, 0.85),
    "vancouver": (0.96, 0.90),
}


def facts_of(text: str, style: str) -> Facts:
    return read_list([written(element("as-written", content(text)))], style)[0]


def listed(*texts: str) -> etree._Element:
    refs = [
        element("ref", element("as-written", content(text)), id=f"r{n}")
        for n, text in enumerate(texts, 1)
    ]
    return element("references", refs)


# ── the real list ──


@pytest.fixture(scope="module")
def thirteen(seed: Path) -> list[Reference]:
    imported = read(seed.read_bytes(), str(seed), Settings())
    root = etree.fromstring(imported.data)
    return [reference(ref) for ref in root.iter(q("ref"))]


def test_each_of_the_thirteen_is_structured(thirteen: list[Reference]) -> None:
    assert len(thirteen) == 13
    assert all(r.structured and r.as_written for r in thirteen)


BOOK = {"type": "book"}
NEWS = {"type": "article-newspaper"}
THIRTEEN: list[dict[str, str]] = [
    BOOK | {"who": "H. Aliyev", "year": "1997", "publisher": "Azernashr"},
    BOOK | {"who": "H. Aliyev", "year": "2000", "publisher": "Azernashr"},
    BOOK | {"who": "H. Aliyev", "year": "2003", "publisher": "AzAtaM"},
    BOOK | {"who": "", "year": "2008", "volume": "1", "publisher": "İdeal-Print"},
    BOOK | {"who": "", "year": "2008", "volume": "2", "publisher": "İdeal-Print"},
    BOOK | {"who": "I. Aliyev", "year": "2009", "place": "Istanbul"},
    NEWS | {"who": "", "date": "1992-05-03", "container-title": "Azerbaijan newspaper"},
    NEWS | {"who": "", "date": "1994-02-09/1994-02-12"},
    BOOK | {"who": "H. Hasanov", "year": "2005", "publisher": "Mətbuat xəbərləri"},
    BOOK | {"who": "", "year": "2008", "volume": "V", "volume-title": "1900-1920s"},
    BOOK | {"who": "", "year": "2007", "title": "National Encyclopedia of Azerbaijan"},
    NEWS | {"who": "", "date": "2012-08-24", "container-title": "Republic newspaper"},
    NEWS | {"who": "", "date": "2013-01-15", "container-title": "Republic newspaper"},
]
NAMES_OF_FIELDS = [
    "year title publisher",
    "year title publisher",
    "year title publisher",
    "year title volume publisher",
    "year title volume publisher",
    "year title place",
    "date container-title",
    "date container-title",
    "year title publisher",
    "year title volume volume-title publisher",
    "year title publisher",
    "date container-title",
    "date container-title",
]


@pytest.mark.parametrize("n", range(13))
def test_every_field_of_the_thirteen(thirteen: list[Reference], n: int) -> None:
    got = thirteen[n]
    said = {"type": got.type, "who": "; ".join(name.display for name in got.names)} | got.fields
    assert {name: said.get(name) for name in THIRTEEN[n]} == THIRTEEN[n]
    assert set(got.fields) == set(NAMES_OF_FIELDS[n].split())


def test_a_title_in_the_authors_place_is_the_whole_title(thirteen: list[Reference]) -> None:
    assert thirteen[3].get("title") == thirteen[4].get("title")
    assert thirteen[3].get("title").startswith("President")
    assert thirteen[9].get("title") == "History of Azerbaijan"


def test_the_real_chapter_has_fourteen_linked_citations_and_one_that_is_not(seed: Path) -> None:
    imported = read(seed.read_bytes(), str(seed), Settings())
    root = etree.fromstring(imported.data)
    linked = [cite.get("ref") for cite in root.iter(q("cite"))]
    rules = [(d.rule, d.line) for d in imported.findings if d.rule in ("PT683", "PT684", "PT685")]
    assert len(linked) == 14
    assert rules == [("PT683", 60), ("PT685", 90), ("PT685", 95), ("PT685", 96)]
    by_i_aliyev = [cite for cite in root.iter(q("cite")) if cite.get("ref") == "aliyev-2009"]
    assert [cite.get("locator") for cite in by_i_aliyev] == ["186", "354", "353"]


# ── hundreds that pandoc set from records the grammars were not written against ──


def score(style: str, *, italics: bool) -> tuple[float, float]:
    """The share of fields and of whole references that were read rightly."""
    made = {record["id"]: record for record in records(COUNT, SEED)}
    set_in_style = rendered(list(made.values()), style)
    entries = set_in_style if italics else dict(plain_copies(set_in_style))
    read_facts = read_list([written(e) for e in entries.values()], style)
    right = total = whole = 0
    for (id_, e), facts in zip(entries.items(), read_facts, strict=True):
        want, got = expected(made[id_], style, "".join(e.itertext())), read_back(facts)
        names = want.keys() | got.keys()
        good = sum(want.get(name) == got.get(name) for name in names)
        right, total, whole = right + good, total + len(names), whole + (good == len(names))
    return right / total, whole / len(entries)


@pytest.mark.parametrize("style", list(STYLES))
def test_references_with_italics_are_read(style: str) -> None:
    fields, whole = score(style, italics=True)
    assert (fields, whole) >= BOUNDS[style]
    assert whole >= BOUNDS[style][1]


@pytest.mark.parametrize("style", list(STYLES))
def test_references_without_italics_are_read(style: str) -> None:
    fields, whole = score(style, italics=False)
    assert fields >= PLAIN_BOUNDS[style][0]
    assert whole >= PLAIN_BOUNDS[style][1]


@pytest.mark.parametrize("style", list(STYLES))
def test_a_list_of_a_dozen_tells_its_style(style: str) -> None:
    entries = [written(e) for e in rendered(records(120, SEED + 1), style).values()]
    lists = [entries[n : n + 12] for n in range(0, 120, 12)]
    told = [best(some, ranking(some)[:2]) for some in lists]
    assert told.count(style) >= 9


# ── forms worth a name ──

FORMS: list[tuple[str, str, dict[str, str]]] = [
    (
        "apa",
        "Əliyev, Ş. A., & de Waal, T. (n.d.). *Şuşa*. Elm.",
        {"author": "Ş. A. Əliyev|T. de Waal", "year": "n.d.", "title": "Şuşa", "publisher": "Elm"},
    ),
    (
        "apa",
        "Yılmaz, A. (2019). Sınırın ötesi. B. Kaya (Ed.), *Kafkasya* içinde (ss. 12-34). İletişim.",
        {"type": "chapter", "editor": "B. Kaya", "container-title": "Kafkasya",
         "first-page": "12", "last-page": "34", "publisher": "İletişim"},
    ),
    (
        "apa",
        "Kaya, B. (2001, October 30). Yeni yol. *Cumhuriyet*, 7.",
        {"type": "article-newspaper", "date": "2001-10-30", "first-page": "7"},
    ),
    (
        "apa",
        "Иванов, И. И. (1999). *История* [History] (2nd ed.). Наука.",
        {"title": "История", "edition": "2", "note": "History"},
    ),
    (
        "apa",
        "Demir, A. (2020). *Roads* (Report No. 7). World Bank. Retrieved May 3, 2021, from "
        "https://example.org/a",
        {"type": "report", "number": "7", "url": "https://example.org/a", "accessed": "2021-05-03"},
    ),
    (
        "apa",
        "Demir, A. (2020). *Roads of the north* [Doktora tezi, Ankara Üniversitesi]. YÖK.",
        {"type": "thesis", "genre": "Doktora tezi", "title": "Roads of the north"},
    ),
    (
        "apa",
        "World Bank. (2011). *Migration*. https://doi.org/10.1000/182",
        {"author": "World Bank", "title": "Migration", "doi": "10.1000/182"},
    ),
    (
        "apa",
        "Demir, A. (2011). Roads. *Bilig*, *12*(3-4), e1023.",
        {"volume": "12", "issue": "3-4", "first-page": "e1023", "type": "article-journal"},
    ),
    (
        "apa",
        "Demir, A. (2011). *Roads of the north: Vol. 2. The passes*. Baku: Elm.",
        {"place": "Baku", "publisher": "Elm"},
    ),
    (
        "chicago",
        "Berg, Elizabeth van der, and Ömer Kaya Jr. 1948. “What Is a Border?” *Bilig* 5 (3): "
        "309–17.",
        {"author": "Elizabeth van der Berg|Ömer Kaya Jr.", "title": "What Is a Border?",
         "last-page": "317"},
    ),
    (
        "chicago-notes",
        "Demir, Aylin, ed. *Roads*. 2nd ed. Translated by Ömer Kaya. Baku: Elm, 1999.",
        {"editor": "Aylin Demir", "translator": "Ömer Kaya", "edition": "2", "place": "Baku",
         "publisher": "Elm", "year": "1999"},
    ),
    (
        "mla",
        "Demir, Aylin. “Roads.” *The North*, edited by Ömer Kaya, Elm, 1999, pp. 5–17.",
        {"type": "chapter", "editor": "Ömer Kaya", "publisher": "Elm", "first-page": "5"},
    ),
    (
        "harvard",
        "Demir, A. (1999) ‘The city’s roads’, *Bilig*, 5(3), pp. 5–17. Available at: "
        "https://example.org (Accessed: 3 May 2020).",
        {"title": "The city’s roads", "container-title": "Bilig", "accessed": "2020-05-03"},
    ),
    (
        "vancouver",
        "Demir A, Kaya BC, et al. The roads. Bilig. 1999;5(3):703–6. doi:10.1000/182",
        {"author": "A. Demir|B. C. Kaya", "last-page": "706", "doi": "10.1000/182"},
    ),
    (
        "vancouver",
        "Demir A. The roads. Ulus. 2020 May 27:9.",
        {"type": "article-newspaper", "date": "2020-05-27", "first-page": "9"},
    ),
    (
        "chicago",
        "Kaya, Jr., Ömer. 1980. “Roads.” *Transactions on Roads* TR-9 (3): 18–20.",
        {"author": "Ömer Kaya Jr.", "volume": "TR-9", "issue": "3", "last-page": "20"},
    ),
    (
        "chicago",
        "R&B Roads Inc. 1986. *Manual for Roads*. Technical Report RD-96-29. Baku: Elm.",
        {"author": "R&B Roads Inc", "type": "report", "genre": "Technical Report",
         "number": "RD-96-29", "place": "Baku"},
    ),
    (
        "chicago",
        "Demir, Aylin. 1977. “Der Raum.” Translated by Ömer Kaya. *Arch* 34 (9): 52–57.",
        {"translator": "Ömer Kaya", "container-title": "Arch", "volume": "34"},
    ),
    (
        "apa",
        "Roads of the north. (1949). *Bilig*, *45*(1), 141–149.",
        {"title": "Roads of the north", "container-title": "Bilig", "first-page": "141"},
    ),
    (
        "mla",
        "Demir, Aylin E. Railways of the East. 1933. Ankara University, PhD thesis.",
        {"author": "Aylin E. Demir", "title": "Railways of the East", "type": "thesis"},
    ),
    (
        "mla",
        "European Commission. Roads of the North. Elm, 1974.",
        {"author": "European Commission", "title": "Roads of the North", "publisher": "Elm"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("style", "text", "want"), FORMS, ids=[text[:30] for _, text, _ in FORMS])
def test_a_form(style: str, text: str, want: dict[str, str]) -> None:
    facts = facts_of(text, style)
    roles = {n.role for n in facts.names}
    people = {r: "|".join(n.display for n in facts.names if n.role == r) for r in roles}
    got = {"type": facts.type} | facts.fields | people
    assert {name: got.get(name) for name in want} == want


def test_a_long_dash_repeats_the_names_before() -> None:
    texts = ["Demir, Aylin. 1999. *Roads*. Baku: Elm.", "———. 2001. *Seas*. Baku: Elm."]
    facts = read_list([written(element("as-written", content(t))) for t in texts], "chicago")
    assert [n.display for n in facts[1].names] == ["Aylin Demir"]
    assert facts[1].fields["title"] == "Seas"


def test_a_family_name_of_two_words_is_known_from_another_entry() -> None:
    texts = [
        "García Márquez, Ana. 1999. *Roads*. Baku: Elm.",
        "Demir, Aylin, and Ana García Márquez. 2001. *Seas*. Baku: Elm.",
    ]
    facts = read_list([written(element("as-written", content(t))) for t in texts], "chicago")
    assert facts[1].names[1].family == "García Márquez"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1992, October 30", "1992-10-30"),
        ("1994, February 9-12", "1994-02-09/1994-02-12"),
        ("28 Ekim 1948", "1948-10-28"),
        ("3 мая 2020", "2020-05-03"),
        ("2012, August", "2012-08"),
        ("03.05.2020", "2020-05-03"),
        ("2008a", "2008"),
        ("in press", ""),
    ],
)
def test_a_date(text: str, iso: str) -> None:
    assert iso_date(text) == iso


# ── what is not sure is not written ──


def findings(root: etree._Element) -> list[tuple[str, str]]:
    ledger = Ledger("list.txt")
    structure_references(root, ledger)
    return [(d.rule, d.message) for d in ledger.findings]


def test_words_that_no_field_has_are_named() -> None:
    told = findings(listed("Demir, A. (2009). *Roads of the north*. Sold out. Baku: Elm."))
    assert any(rule == "PT681" and "Sold out" in said for rule, said in told)


def test_what_no_style_explains_keeps_only_its_wording() -> None:
    root = listed("A talk with the director of the museum", "Demir, A. (2009). *Roads*. Elm.")
    told = findings(root)
    assert [len(ref) for ref in root] == [1, 5]
    assert any(rule == "PT682" and "A talk" in said for rule, said in told)


def test_references_that_have_fields_already_are_left_alone() -> None:
    root = listed("Demir, A. (2009). *Roads*. Elm.")
    root[0].insert(0, element("year", "2010"))
    before = etree.tostring(root)
    assert findings(root) == []
    assert etree.tostring(root) == before


WORDS = st.text(
    st.sampled_from("abcİıəŞ ĞÇdeЖ.,:;()[]“”‘’\"'&-–*0123456789?!/—…"), min_size=1, max_size=90
)


@given(st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_wording_never_changes_and_nothing_is_raised(texts: list[str]) -> None:
    root = listed(*texts)
    before = [etree.tostring(e) for e in _as_written(root)]
    structure_references(root, Ledger("list.txt"))
    assert [etree.tostring(e) for e in _as_written(root)] == before
    for ref in children(root, "ref"):
        assert all("".join(part.itertext()).strip() for part in ref[:-1])


PIECES = st.sampled_from(
    ["Demir, A. ", "(1999). ", "(1999) ", "1999. ", "(Ed.), ", "In ", "“", "”", "A. ", "Roads. ",
     "*", "vol. 1, ", "pp. 1–9", ", ", "Elm", ": ", "[", "]", "(", ")", "https://a.b ", "2nd ed. ",
     "et al. ", "edited by A. Kaya, ", "———. ", "doi:10.1000/1 ", "Demir A. ", "; ", "2001;3:4. ",
     "Accessed 3 May 2020. ", "(Report No. 7)", "Trans.", "&", "no. 3 "]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=16).map("".join), st.sampled_from(list(STYLES)))
@settings(max_examples=200, deadline=None)
@example("(Ed.), (1999). Demir, A. ", "apa")
def test_no_order_of_parts_is_too_odd_to_read(text: str, style: str) -> None:
    facts = facts_of(text, style)
    for name in ("publisher", "place", "volume", "doi", "url"):
        assert all(word in text for word in re.findall(r"\w+", facts.fields.get(name, "")))


def _as_written(root: etree._Element) -> Iterator[etree._Element]:
    for ref in children(root, "ref"):
        kept = child(ref, "as-written")
        assert kept is not None
        yield kept
