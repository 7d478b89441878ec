"""The EPUB in a real reader: epub.js in headless Chromium finds its way."""

from __future__ import annotations

from typing import Any

import pytest

from pubtool.edition import Edition
from pubtool.writers import epub
from tests.browsing import needs_browser, seen


@pytest.fixture(scope="module")
def told(everything: Edition) -> dict[str, Any]:
    needs_browser("epubjs", "jszip")
    report: dict[str, Any] = seen("reader.html", {"book.epub": epub.write(everything).data})
    assert "error" not in report, report
    return report


def test_it_shows_contents_landmarks_and_pages(told: dict[str, Any]) -> None:
    assert told["title"].startswith("Every element of a chapter")
    assert "1 Methods and materials" in told["contents"]
    assert {"cover", "titlepage", "bodymatter", "bibliography", "endnotes"} <= set(
        told["landmarks"]
    )
    assert told["pages"] == [41, 57]


def test_it_shows_the_text(told: dict[str, Any]) -> None:
    assert "Nigar Şəhla Əliyeva" in told["text"]


@pytest.mark.parametrize("role", ["doc-noteref", "doc-backlink", "doc-biblioref"])
def test_links_turn_to_the_right_page(told: dict[str, Any], role: str) -> None:
    (step,) = [step for step in told["steps"] if step["role"] == role]
    assert step["to"]
    assert step["shown"]


def test_a_note_is_what_readers_show_in_a_popup(told: dict[str, Any]) -> None:
    """They take the element that a noteref leads to, if it is an aside of type footnote."""
    (step,) = [step for step in told["steps"] if step["role"] == "doc-noteref"]
    assert (step["kind"], step["tag"]) == ("footnote", "aside")
    assert step["to"].startswith("1")
