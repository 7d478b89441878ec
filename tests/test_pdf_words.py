"""Every golden chapter on screen and for the press: sound, and its words are the PDF's words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import formats
from tests.test_golden import CASES, GOLDEN
from tests.test_pdf import with_jats
from tests.test_print import for_press


@pytest.mark.parametrize("name", ["pdf", "print"])
@pytest.mark.parametrize("case", CASES)
def test_the_words_of_the_pdf_are_the_words_of_the_chapter(
    case: str, name: str, press_profile: Path, edition_of: Callable[[Path], Edition]
) -> None:
    edition = edition_of(GOLDEN / case / "chapter.xml")
    ready, format_ = for_press(with_jats(edition), press_profile), formats()[name]
    made = format_.write(ready)
    assert errors(made.findings) == []
    assert format_.check(made.data, "c.pdf", "full") == []
    assert format_.conserved(ready, made.data, "c.pdf") == []
