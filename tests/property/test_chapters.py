"""Generated chapters: valid in, valid out; every word kept; readers never crash."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pubtool import intake, pipeline
from pubtool.checks.attendant import messages
from pubtool.diagnostics import Unreadable, errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.labels import labels_for
from pubtool.resolve import resolve
from pubtool.settings import Print, Settings
from pubtool.source import LANG, parse
from pubtool.validate import chapter_findings
from tests.property.strategies import chapters, mutated

_MANY = int(os.environ.get("PUBTOOL_EXAMPLES", "1"))
_CHAPTERS = int(os.environ.get("PUBTOOL_CHAPTERS", "0"))


def examples(count: int) -> settings:
    """`make properties` multiplies the examples, `make thousand` says how many every test has."""
    return settings(
        max_examples=_CHAPTERS or count * _MANY,
        deadline=None,
        derandomize=_MANY == 1 and not _CHAPTERS,
        suppress_health_check=list(HealthCheck),
    )


def edition(data: bytes) -> Edition:
    source = parse(data, "c.xml")
    assert errors(chapter_findings(source, intake.schema())) == []
    return Edition(
        resolve(source, Settings(), labels_for(source.root.get(LANG, ""), {})), Settings()
    )


@pytest.mark.parametrize("name", ["jats", "bits", "html"])
@examples(150)
@given(data=chapters())
def test_valid_in_valid_out_and_no_word_lost(name: str, data: bytes) -> None:
    made_from, format_ = edition(data), formats()[name]
    made = format_.write(made_from)
    assert list(made.findings) == []
    assert errors(format_.check(made.data, "c.x", "full")) == []
    assert errors(format_.conserved(made_from, made.data, "c.x")) == []
    assert format_.write(edition(data)).data == made.data


@examples(12)
@given(data=chapters())
def test_the_epub_of_a_generated_chapter(data: bytes) -> None:
    made_from, format_ = edition(data), formats()["epub"]
    made = format_.write(made_from)
    assert errors(made.findings) == []
    # Ace, at three seconds a book, looks at the golden chapters and the example.
    assert errors(format_.check(made.data, "c.epub", "quick")) == []
    assert messages(made.data) == []
    assert errors(format_.conserved(made_from, made.data, "c.epub")) == []


@examples(10)
@given(data=chapters())
def test_the_pdf_of_a_generated_chapter(data: bytes) -> None:
    made_from = edition(data)
    jats = formats()["jats"].write(made_from).data
    holds(replace(made_from, parts={"jats": jats}), "pdf")


@examples(3)
@given(data=chapters())
def test_the_print_pdf_of_a_generated_chapter(press_profile: Path, data: bytes) -> None:
    made_from = edition(data)
    project = replace(made_from.settings, print=Print(icc=str(press_profile)))
    holds(replace(made_from, settings=project), "print")


def holds(made_from: Edition, name: str) -> None:
    """A format makes a file of a chapter that passes its checks and has its words."""
    format_ = formats()[name]
    made = format_.write(made_from)
    assert errors(made.findings) == []
    assert errors(format_.check(made.data, "c.x", "full")) == []
    assert errors(format_.conserved(made_from, made.data, "c.x")) == []


@examples(200)
@given(
    data=chapters(),
    edits=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_chapter_is_refused_or_exported_but_never_crashes(
    data: bytes, edits: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(tmp_path_factory.getbasetemp()) / "damaged"
    folder.mkdir(exist_ok=True)
    path = folder / "c.xml"
    path.write_bytes(mutated(data, edits))
    try:
        results = list(pipeline.export(path, ["jats"], Settings(root=folder), folder, "quick"))
    except Unreadable as refused:
        results = [refused.finding]
    made = [r for r in results if isinstance(r, pipeline.Outcome)]
    assert made or errors(r for r in results if not isinstance(r, pipeline.Outcome))
    assert all(outcome.passed for outcome in made), [o.findings for o in made]
