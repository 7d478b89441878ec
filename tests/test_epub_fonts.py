"""Fonts in the EPUB: by choice, the letters of the chapter alone, as their licence has it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pubtool import zipped
from pubtool.checks.attendant import messages
from pubtool.checks.epub import check
from pubtool.edition import Edition, Made
from pubtool.settings import Epub
from pubtool.source import fragment
from pubtool.writers import epub
from tests.spoiling import restricted_font
from tests.test_html import edition_from

FAMILY = "Gentium Book Plus"


def with_fonts(edition: Edition, *families: str) -> Made:
    settings = replace(edition.settings, epub=Epub(fonts=families))
    return epub.write(replace(edition, settings=settings))


def fonts_of(book: bytes) -> dict[str, bytes]:
    files = zipped.unpack(book)
    return {name: data for name, data in files.items() if name.startswith("EPUB/fonts/")}


@pytest.fixture(scope="module")
def book(everything: Edition) -> bytes:
    made = with_fonts(everything, FAMILY)
    assert made.findings == ()
    return made.data


def test_none_unless_asked_for(everything: Edition) -> None:
    assert fonts_of(epub.write(everything).data) == {}


def test_the_book_is_valid_and_always_the_same(everything: Edition, book: bytes) -> None:
    assert {(m.severity, m.id) for m in messages(book)} == {("USAGE", "CSS-028")}
    assert check(book, "c.epub", "full") == []
    assert with_fonts(everything, FAMILY).data == book


def test_each_face_has_the_letters_of_the_book_alone(book: bytes) -> None:
    files = zipped.unpack(book)
    text = {
        c
        for name in files
        if name.endswith(".xhtml")
        for c in "".join(fragment(files[name]).itertext())
    }
    assert len(fonts_of(book)) == 4
    for data in fonts_of(book).values():
        with TTFont(BytesIO(data)) as font:
            held = {chr(code) for code in font.getBestCmap()}
        assert {*"Əşğıöüç"} <= held
        assert held <= text | {" "}
        assert len(data) < 120_000


def test_the_licence_is_noted_and_the_font_comes_first(book: bytes) -> None:
    style = zipped.unpack(book)["EPUB/styles/chapter.css"].decode()
    assert style.count("@font-face") == 4
    assert style.count("SIL Open Font License, Version 1.1.") == 1
    assert style.rstrip().endswith(f'body {{ font-family: "{FAMILY}", serif; }}')


@pytest.mark.parametrize(
    ("fs_type", "rules"),
    [
        (0x0, []),
        (0x8, []),
        (0x2, ["PT709"]),
        (0x4, ["PT709"]),
        (0x108, ["PT709"]),
        (0x200, ["PT709"]),
    ],
)
def test_what_a_font_forbids_is_not_done(
    fs_type: int, rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(restricted_font(tmp_path, fs_type)))
    made = with_fonts(edition_from(), FAMILY)
    assert [f.rule for f in made.findings] == rules
    assert bool(fonts_of(made.data)) == (not rules)
