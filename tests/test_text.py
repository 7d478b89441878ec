"""The small facts about text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool import text


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("0000-0002-1825", None),
    ],
)
def test_orcid(written: str, bare: str | None) -> None:
    assert text.orcid(written) == bare


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("0-306-40615-2", "0306406152"),
        ("0-8044-2957-X", "080442957X"),
        ("978-0-306-40615-8", None),
        ("978-0-306", None),
    ],
)
def test_isbn(written: str, digits: str | None) -> None:
    assert text.isbn(written) == digits


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("10.5555/12345678", "10.5555/12345678"),
        ("https://doi.org/10.5555/a(b)c", "10.5555/a(b)c"),
        ("doi: 10.5555/x", "10.5555/x"),
        ("doi.org/10.1234", None),
    ],
)
def test_doi(written: str, bare: str | None) -> None:
    assert text.doi(written) == bare


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("127-133", ("127", "133")),
        ("pp. 127–133", ("127", "133")),
        ("xii–xv", ("xii", "xv")),
        ("127", None),
    ],
)
def test_page_range(written: str, pages: tuple[str, str] | None) -> None:
    assert text.page_range(written) == pages


@pytest.mark.parametrize(
    ("word", "language", "name"),
    [
        ("ALİYEVA", "az", "Aliyeva"),
        ("IŞIK", "tr", "Işık"),
        ("IRVING", "en", "Irving"),
        ("KARA-IŞIK", "tr", "Kara-Işık"),
    ],
)
def test_titled_knows_both_letters_i(word: str, language: str, name: str) -> None:
    assert text.titled(word, language) == name


def test_lower_leaves_no_stray_dot() -> None:
    assert text.lower("TÜRKİYE", "en") == "türkiye"
    assert "\u0307" not in text.lower("İZMİR", "en")


def test_fold_finds_spellings_that_differ_in_case_and_diacritics() -> None:
    assert text.fold("TÜRKİYE, IŞIK") == text.fold("Türkiye Işık")


def test_words_are_folded() -> None:
    assert text.words("  a\u00adb \n e\u0301 ") == ["ab", "é"]


@given(
    st.lists(st.text(alphabet="abcde", min_size=1)), st.lists(st.text(alphabet="abcde", min_size=1))
)
def test_word_differences_balance(before: list[str], after: list[str]) -> None:
    lost, added = text.word_differences(before, after)
    assert sorted(before + added) == sorted(after + lost)
    assert not set(lost) & set(added)


@given(st.text())
def test_ascii_id_is_an_id(anything: str) -> None:
    id_ = text.ascii_id(anything)
    assert id_[0].isalpha()
    assert id_.isascii()
