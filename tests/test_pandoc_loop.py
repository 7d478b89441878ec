"""The pandoc that stays: the same book as a fresh process, no file opened, whatever it is given."""

from __future__ import annotations

import json

import pytest

from pubtool import tools
from pubtool.diagnostics import ToolFailed
from pubtool.edition import Edition
from pubtool.writers import epub
from tests.conftest import EVERYTHING


def document(*blocks: object) -> bytes:
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}).encode()


def raw(html: str) -> dict[str, object]:
    return {"t": "RawBlock", "c": ["html", html]}


def image(source: str) -> dict[str, object]:
    return {"t": "Para", "c": [{"t": "Image", "c": [["", [], []], [], [source, ""]]}]}


GOOD = document({"t": "Para", "c": [{"t": "Str", "c": "Əliyeva"}]})


def test_the_book_is_the_same_by_loop_and_by_process(
    everything: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_loop = epub.write(everything).data
    monkeypatch.setattr(tools.PANDOC_LOOP, "epub", lambda *_, **__: None)
    assert epub.write(everything).data == by_loop


@pytest.mark.parametrize(
    "blocks",
    [
        [raw('<img src="/etc/hostname"/>')],
        [raw('<video POSTER="file:///etc/hostname"></video>')],
        [image("/etc/hostname")],
        [image("http://127.0.0.1/x.png")],
        [{"t": "Nonsense"}],
    ],
)
def test_what_may_open_a_file_is_refused_and_the_next_document_made(blocks: list[object]) -> None:
    loop = tools.PandocLoop()
    assert loop.epub(document(*blocks)) is None
    assert (loop.epub(GOOD) or b"").startswith(b"PK")
    loop.close()


def test_it_is_stopped_at_its_limit_and_starts_again() -> None:
    loop = tools.PandocLoop()
    long = document(*[{"t": "Para", "c": [{"t": "Str", "c": "word"}]}] * 60_000)
    with pytest.raises(ToolFailed, match="stopped after"):
        loop.epub(long, seconds=0)
    assert loop.epub(GOOD)
    loop.close()


def test_an_image_of_the_chapter_is_in_the_book(everything: Edition) -> None:
    assert EVERYTHING.parent.joinpath("images", "map.png").exists()
    assert b"EPUB/media/file1.png" in epub.write(everything).data
