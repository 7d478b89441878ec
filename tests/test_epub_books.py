"""Every chapter there is, as EPUB: no message of epubcheck, none of Ace, no word lost.

Ace takes seconds a book: the suite shows it one, `make test-ace` (PUBTOOL_ACE=all) all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pubtool import tools
from pubtool.checks import epub as epub_check
from pubtool.checks.ace import violations
from pubtool.checks.attendant import messages
from pubtool.edition import Edition
from pubtool.outcome import PRINT_PAGES
from pubtool.writers import epub, pdf_press
from tests.conftest import needs_ace
from tests.test_golden import CASES, GOLDEN
from tests.test_pagination import unbroken
from tests.test_pdf_tags import EXAMPLE
from tests.test_print import for_press

BOOKS = ["example", "example in print", "seed", *CASES]
SHOWN_TO_ACE = BOOKS if os.environ.get("PUBTOOL_ACE") == "all" else ["everything"]


@pytest.fixture(scope="module")
def edition_named(
    edition_of: Callable[[Path], Edition], request: pytest.FixtureRequest
) -> Callable[[str], Edition]:
    def named(name: str) -> Edition:
        if name == "seed":
            return edition_of(request.getfixturevalue("seed_chapter"))
        if not name.startswith("example"):
            return edition_of(GOLDEN / name / "chapter.xml")
        edition = edition_of(EXAMPLE)
        if name == "example":
            return edition
        edition = for_press(unbroken(edition), request.getfixturevalue("press_profile"))
        facts = pdf_press.write(edition).beside[PRINT_PAGES]
        return replace(edition, facts={"print": facts})

    return named


@pytest.mark.parametrize("name", BOOKS)
def test_no_validator_says_a_word_and_no_word_is_lost(
    name: str, edition_named: Callable[[str], Edition]
) -> None:
    edition = edition_named(name)
    made = epub.write(edition)
    assert made.findings == ()
    assert messages(made.data) == []
    assert epub_check.check(made.data, "c.epub", "quick") == []
    assert epub_check.conserved(edition, made.data, "c.epub") == []
    assert epub.write(edition).data == made.data


@pytest.mark.parametrize("name", SHOWN_TO_ACE)
def test_ace_finds_no_violation(name: str, edition_named: Callable[[str], Edition]) -> None:
    needs_ace()
    assert violations(epub.write(edition_named(name)).data) == []


# ── books of other makers ──

FOREIGN = """% A foreign book
% Somebody

# One

Words and a note.[^1]

## Two

- an item

[^1]: The note.
"""


def foreign(text: str, *arguments: str) -> bytes:
    """The book that pandoc makes by itself."""
    return tools.pandoc(["--from=markdown", "--to=epub3", "--output=-", *arguments], text.encode())[
        0
    ]


def rules_of(book: bytes) -> set[str]:
    return {finding.rule for finding in epub_check.check(book, "c.epub", "quick")}


def test_a_book_of_another_maker_is_checked_by_the_same_rules() -> None:
    sound = foreign(FOREIGN, "--metadata=lang:en")
    before = rules_of(sound)
    # Pandoc always claims alternativeText, and its own style is too pale in places.
    assert before <= {"PT743", "PT748"}
    skipped = foreign(FOREIGN.replace("## Two", "### Two"), "--metadata=lang:en")
    assert rules_of(skipped) - before == {"PT747"}
    bad = foreign(FOREIGN, "--metadata=lang:en", "--metadata=identifier:ISBN 978-0-306-40615-8")
    assert rules_of(bad) - before == {"PT742"}
