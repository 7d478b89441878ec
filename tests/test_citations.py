"""Citations in running text: what is linked, what is only named, and that no word changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pubtool.model import q
from pubtool.readers.apparatus import structure
from pubtool.readers.citation_targets import loose
from pubtool.readers.citations import link_citations
from pubtool.readers.draft import element
from pubtool.readers.inline import content
from pubtool.readers.ledger import Ledger

LIST = {
    "aliyev-i": "Aliyev, I. (2009). *Silk*. Elm.",
    "aliyev-h": "Aliyev, H. (1997). *Speeches*. Elm.",
    "aliyev-h3": "Aliyev, H. (2003). *Letters*. Elm.",
    "twin-1": "Culture and the press. (2008). *Volume 1*. Elm.",
    "twin-2": "Culture and the press. (2008). *Volume 2*. Elm.",
    "demir-kaya": "Demir, A., & Kaya, B. (2010). *Roads*. Elm.",
    "demir-many": "Demir, A., Kaya, B., & Ak, C. (2011). *Seas*. Elm.",
    "demir-a": "Demir, A. (2015a). *Hills*. Elm.",
    "demir-b": "Demir, A. (2015b). *Rivers*. Elm.",
    "baxs": "Baxşəliyeva, G. (2014). *Şərq*. Elm.",
    "ivanov": "Иванов, П. (1999). *История*. Наука.",
    "bank": "World Bank. (2018). *Migration*. https://example.org/a",
    "news": "Baku newspaper. (1994, February 9).",
    "nodate": "Şahin, L. (n.d.). *Winds*. Elm.",
    "two-of-one-1": "Kara, A. (2001). *Trees*. Elm.",
    "two-of-one-2": "Kara, B. (2001). *Leaves*. Elm.",
    "garcia": "García Márquez, A. (2005). *Stones*. Elm.",
    "obrien": "O’Brien, S. (2006). *Ships*. Elm.",
}


def chapter(*paragraphs: str, references: dict[str, str] = LIST) -> etree._Element:
    refs = [
        element("ref", element("as-written", content(text)), id=id_)
        for id_, text in references.items()
    ]
    return element(
        "chapter",
        element("front", element("title", "A title")),
        element("body", [element("p", content(text)) for text in paragraphs]),
        element("back", element("references", refs)),
        id="ch01",
        lang="en",
    )


def linked(*paragraphs: str, references: dict[str, str] = LIST) -> tuple[list[str], list[str]]:
    """Each citation as "ref|locator|label|mode|words", and the findings PT683 and PT684."""
    root = chapter(*paragraphs, references=references)
    ledger = Ledger("chapter.txt")
    structure(root, ledger)
    cites = [
        "|".join([*(cite.get(n, "") for n in ("ref", "locator", "label", "mode")), words_of(cite)])
        for cite in root.iter(q("cite"))
    ]
    told = [f"{d.rule} {d.message}" for d in ledger.findings if d.rule in ("PT683", "PT684")]
    return cites, told


def words_of(e: etree._Element) -> str:
    return "".join(e.itertext())


ONE: list[tuple[str, list[str]]] = [
    ("so (Aliyev, 2009, p. 186).", ["aliyev-i|186|||Aliyev, 2009, p. 186"]),
    ("so (Aliyev, 2009, pp. 12–14).", ["aliyev-i|12–14|||Aliyev, 2009, pp. 12–14"]),
    ("so (Aliyev 2009: 186).", ["aliyev-i|186|||Aliyev 2009: 186"]),
    ("so (Aliyev, 2009, s. 45).", ["aliyev-i|45|||Aliyev, 2009, s. 45"]),
    ("so (Aliyev, 2009, səh. 45).", ["aliyev-i|45|||Aliyev, 2009, səh. 45"]),
    ("so (Aliyev, 2009, c. 12).", ["aliyev-i|12|volume||Aliyev, 2009, c. 12"]),
    ("so (Aliyev, 2009, ch. 3).", ["aliyev-i|3|chapter||Aliyev, 2009, ch. 3"]),
    ("so (Aliyev, 2009, p. xii).", ["aliyev-i|xii|||Aliyev, 2009, p. xii"]),
    ("so (Aliyev, 2009, pp. 3, 7–9).", ["aliyev-i|3, 7–9|||Aliyev, 2009, pp. 3, 7–9"]),
    ("so (see Aliyev, 2009).", ["aliyev-i||||Aliyev, 2009"]),
    ("so (bkz. Aliyev, 2009, s. 5).", ["aliyev-i|5|||Aliyev, 2009, s. 5"]),
    ("so (I. Aliyev, 2009).", ["aliyev-i||||I. Aliyev, 2009"]),
    ("so (İlham Aliyev, 2009).", ["aliyev-i||||İlham Aliyev, 2009"]),
    ("so (ALIYEV, 2009).", ["aliyev-i||||ALIYEV, 2009"]),
    (
        "so (Aliyev, 1997; Demir & Kaya, 2010, p. 3).",
        ["aliyev-h||||Aliyev, 1997", "demir-kaya|3|||Demir & Kaya, 2010, p. 3"],
    ),
    ("so (Aliyev, 1997, 2003).", ["aliyev-h aliyev-h3||||Aliyev, 1997, 2003"]),
    ("so (Aliyev, 1997; 2003).", ["aliyev-h||||Aliyev, 1997", "aliyev-h3||||2003"]),
    ("so (Demir et al., 2011).", ["demir-many||||Demir et al., 2011"]),
    ("so (Demir vd., 2011, s. 4).", ["demir-many|4|||Demir vd., 2011, s. 4"]),
    ("so (Demir and Kaya, 2010).", ["demir-kaya||||Demir and Kaya, 2010"]),
    ("so (Demir ve Kaya, 2010).", ["demir-kaya||||Demir ve Kaya, 2010"]),
    ("so (Demir, 2015b).", ["demir-b||||Demir, 2015b"]),
    ("so (Bakhshaliyeva, 2014).", ["baxs||||Bakhshaliyeva, 2014"]),
    ("so (Ivanov, 1999).", ["ivanov||||Ivanov, 1999"]),
    ("so (World Bank, 2018).", ["bank||||World Bank, 2018"]),
    ("so (WB, 2018).", ["bank||||WB, 2018"]),
    ("so (Baku newspaper, 1994).", ["news||||Baku newspaper, 1994"]),
    ("so (Şahin, n.d.).", ["nodate||||Şahin, n.d."]),
    ("so (García Márquez, 2005).", ["garcia||||García Márquez, 2005"]),
    ("so (O'Brien, 2006).", ["obrien||||O'Brien, 2006"]),
    ("so (A. Kara, 2001).", ["two-of-one-1||||A. Kara, 2001"]),
    ("so (Culture and the press, 2008, vol. 2, p. 7).",
     ["twin-2|7|||Culture and the press, 2008, vol. 2, p. 7"]),
    ("As Aliyev (2009) says.", ["aliyev-i|||narrative|Aliyev (2009)"]),
    ("As Aliyev (2009, p. 5) says.", ["aliyev-i|5||narrative|Aliyev (2009, p. 5)"]),
    ("As Aliyev’s (2009: 5) book says.", ["aliyev-i|5||narrative|Aliyev’s (2009: 5)"]),
    ("As Demir and Kaya (2010) say.", ["demir-kaya|||narrative|Demir and Kaya (2010)"]),
    ("As Demir et al. (2011) say.", ["demir-many|||narrative|Demir et al. (2011)"]),
    ("As H. Aliyev (1997) says.", ["aliyev-h|||narrative|H. Aliyev (1997)"]),
    ("In *Culture*, as (Aliyev, 2009) says.", ["aliyev-i||||Aliyev, 2009"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cites"), ONE, ids=[text for text, _ in ONE])
def test_what_fits_one_reference_is_linked(text: str, cites: list[str]) -> None:
    assert linked(text) == (cites, [])


SEVERAL = [
    ("so (Culture and the press, 2008, p. 3).", ["twin-1", "twin-2"]),
    ("so (Kara, 2001).", ["two-of-one-1", "two-of-one-2"]),
    ("so (Demir, 2015).", ["demir-a", "demir-b"]),
]


@pytest.mark.parametrize(("text", "ids"), SEVERAL, ids=[text for text, _ in SEVERAL])
def test_what_fits_several_is_named_and_not_guessed(text: str, ids: list[str]) -> None:
    cites, told = linked(text)
    assert cites == []
    assert len(told) == 1
    assert told[0].startswith("PT683")
    assert all(id_ in told[0] for id_ in ids)


NONE = [
    "so (Hasanov, 2006).",
    "so (Aliyev, 2010).",
    "so (X. Aliyev, 2009).",
    "As Aliyev (2012) says.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_fits_none_is_named(text: str) -> None:
    cites, told = linked(text)
    assert cites == []
    assert [said[:5] for said in told] == ["PT684"]


NO_CITATIONS = [
    "Independence came (18 October 1991).",
    "It began in Baku (1918) and Kars (1921).",
    "The war (1914–1918) ended.",
    "He was born there (born 1923).",
    "It is so (in May 1997).",
    "The city (Baku, 1918) fell.",
    "It grew (by 5 per cent).",
]


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_a_date_in_brackets_is_no_citation(text: str) -> None:
    assert linked(text) == ([], [])


SAME = [
    (["So (Aliyev, 2009, p. 5). And (ibid., p. 7)."], "aliyev-i|7|||ibid., p. 7"),
    (["So (Aliyev, 2009, p. 5).", "And (Ibid.)."], "aliyev-i||||Ibid."),
    (["So (Aliyev, 2009). And (a.g.e., s. 7)."], "aliyev-i|7|||a.g.e., s. 7"),
    (["So (Aliyev, 2009). And (там же, с. 7)."], "aliyev-i|7|||там же, с. 7"),
    (
        ["So (Aliyev, 1997). And (Kaya, x). (Demir, 2015a). (Aliyev, op. cit., p. 9)."],
        "aliyev-h|9|||Aliyev, op. cit., p. 9",
    ),
    (["So (Bakhshaliyeva, op. cit., p. 9)."], "baxs|9|||Bakhshaliyeva, op. cit., p. 9"),
]


@pytest.mark.parametrize(("texts", "last"), SAME, ids=[texts[-1] for texts, _ in SAME])
def test_ibid_and_op_cit_mean_what_was_cited_before(texts: list[str], last: str) -> None:
    cites, told = linked(*texts)
    assert (cites[-1], told) == (last, [])


def test_ibid_after_an_ambiguous_citation_is_ambiguous() -> None:
    cites, told = linked("So (Kara, 2001). And (ibid., p. 7).")
    assert cites == []
    assert [said[:5] for said in told] == ["PT683", "PT683"]


def test_ibid_without_anything_before_is_named() -> None:
    cites, told = linked("So (ibid., p. 7).")
    assert cites == []
    assert "no citation before it" in told[0]


NUMBERED = [
    ("so [3].", ["demir-a||||3"]),
    ("so [1, 3–4].", ["aliyev-h demir-a demir-b||||1, 3–4"]),
    ("so [2, s. 45; 4].", ["aliyev-h3|45|||2, s. 45", "demir-b||||4"]),
    ("so [2, с. 45].", ["aliyev-h3|45|||2, с. 45"]),
]
SHORT_LIST = {id_: LIST[id_] for id_ in ("aliyev-h", "aliyev-h3", "demir-a", "demir-b")}


@pytest.mark.parametrize(("text", "cites"), NUMBERED, ids=[text for text, _ in NUMBERED])
def test_numbers_in_square_brackets(text: str, cites: list[str]) -> None:
    assert linked(text, references=SHORT_LIST) == (cites, [])


def test_a_number_the_list_has_not_is_named() -> None:
    cites, told = linked("So [1]. And [2]. And [9].", references=SHORT_LIST)
    assert [cite[-1] for cite in cites] == ["1", "2"]
    assert "no reference number 9" in told[0]


def test_numbers_are_no_citations_where_years_are() -> None:
    cites, told = linked("So (Aliyev, 1997) in [1].", references=SHORT_LIST)
    assert ([cite.split("|")[0] for cite in cites], told) == (["aliyev-h"], [])


def test_markup_within_a_citation_stays_within_it() -> None:
    root = chapter("So (*Culture and the press*, 2008, vol. 1) it is.")
    structure(root, Ledger("x"))
    cite = next(root.iter(q("cite")))
    assert cite.get("ref") == "twin-1"
    assert [e.tag for e in cite] == [q("italic")]
    assert (cite.getparent().text, cite.tail) == ("So (", ") it is.")  # type: ignore[union-attr]


def test_markup_across_the_end_of_a_citation_is_named() -> None:
    cites, told = linked("So (*see Aliyev*, 2009).")
    assert cites == []
    assert "italics or another markup" in told[0]


def test_what_is_never_cited_is_named() -> None:
    root = chapter("So (Aliyev, 1997).", references=SHORT_LIST)
    ledger = Ledger("x")
    structure(root, ledger)
    uncited = [d.message.split()[0] for d in ledger.findings if d.rule == "PT685"]
    assert uncited == ["aliyev-h3", "demir-a", "demir-b"]


def test_citations_that_are_there_already_stay() -> None:
    root = chapter("So (", references=SHORT_LIST)
    paragraph = next(root.iter(q("p")))
    paragraph.append(element("cite", "Aliyev, 1997", ref="aliyev-h"))
    paragraph[0].tail = ") it is."
    structure(root, Ledger("x"))
    assert [cite.get("ref") for cite in root.iter(q("cite"))] == ["aliyev-h"]


def test_transliterations_of_one_name_compare_equal() -> None:
    assert loose("Çanakkale") == loose("Chanakkale")
    assert loose("Bakhshaliyeva") == loose("Baxşəliyeva")
    assert loose("Aliyev") == loose("Алиев") == loose("Əliyev")
    assert loose("Hasanov") != loose("Hasanova")


PIECES = st.sampled_from(
    ["(Aliyev, 2009", ", p. 5)", "Demir (2010)", "(ibid.)", "[3, 5]", "*", "(", ")", "; ", " ",
     "Culture and the press", ", 2008", "et al.", "op. cit.", "I. ", "[", "]", "–", "2015a", "é"]
)  # fmt: skip


@given(st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_linking_changes_no_word(paragraphs: list[str]) -> None:
    root = chapter(*paragraphs)
    structure(root, Ledger("x"))
    before = [re.sub(r"\s+", " ", words_of(p)) for p in chapter(*paragraphs).iter(q("p"))]
    assert [re.sub(r"\s+", " ", words_of(p)) for p in root.iter(q("p"))] == before
    for cite in root.iter(q("cite")):
        assert words_of(cite).strip()
        assert set(cite.get("ref", "").split()) <= set(LIST)


def test_linking_needs_no_structured_references_to_be_safe() -> None:
    root = chapter("So (Aliyev, 2009).")
    link_citations(root, Ledger("x"))
    assert list(root.iter(q("cite"))) == []
