"""Small chapters and what exactly they become.

A case is a folder of tests/golden with a chapter.xml; `pytest tests/test_golden.py --update-golden`
writes what is expected anew, for a reviewer to read as a diff.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool import pipeline
from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.writers.pandoc_document import document

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/chapter.xml"))


def jats(edition: Edition) -> bytes:
    return formats()["jats"].write(edition).data


def html(edition: Edition) -> bytes:
    """The page without its styles and the bytes of its images, which are files of their own."""
    page = formats()["html"].write(edition).data
    page = re.sub(rb"(?s)<style>.*?</style>", b"<style/>", page)
    return re.sub(rb"(data:[^;]+;base64,)[^\"']+", rb"\1...", page)


def pandoc(edition: Edition) -> bytes:
    """Pandoc's document model, a block a line."""
    made, _ = document(edition, mathml=True, embed=False)
    blocks = (json.dumps(block, ensure_ascii=False) for block in made["blocks"])
    meta = json.dumps(made["meta"], ensure_ascii=False)
    return (meta + "\n[\n" + ",\n".join(blocks) + "\n]\n").encode()


EXPECTED: dict[str, Callable[[Edition], bytes]] = {
    "expected.jats.xml": jats,
    "expected.html": html,
    "expected.pandoc.json": pandoc,
}


def test_there_are_cases() -> None:
    assert len(CASES) >= 7


# A repository would ask more of a book; Hebrew stands in the style's own typeface.
ASKED = {("jats", "PT713"), ("jats", "PT714"), ("pdf", "PT792")}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("case", CASES)
def test_a_chapter_becomes_exactly_this(
    case: str, name: str, update_golden: bool, edition_of: Callable[[Path], Edition]
) -> None:
    made = EXPECTED[name](edition_of(GOLDEN / case / "chapter.xml"))
    path = GOLDEN / case / name
    if update_golden:
        path.write_bytes(made)
    assert made.decode() == path.read_text()


@pytest.mark.parametrize("case", CASES)
def test_every_case_passes_every_check(case: str, tmp_path: Path) -> None:
    from pubtool import config

    path = GOLDEN / case / "chapter.xml"
    settings, _ = config.load(path)
    names = ["jats", "html", "epub", "pdf", "docx"]
    told = list(pipeline.export(path, names, settings, tmp_path, "full"))
    outcomes = [result for result in told if isinstance(result, pipeline.Outcome)]
    assert {o.format: o.passed for o in outcomes} == dict.fromkeys(names, True)
    # The cases say little of their book, which a repository would ask for.
    found = [(o.format, f) for o in outcomes for f in o.findings]
    assert [f for name, f in found if (name, f.rule) not in ASKED] == []
    assert errors(f for _, f in found) == []
    assert errors([result for result in told if not isinstance(result, pipeline.Outcome)]) == []
