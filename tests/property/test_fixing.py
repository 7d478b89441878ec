"""`--fix` on generated chapters: nothing but the declared characters changes, and only once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pubtool import intake
from pubtool.cli import main
from pubtool.diagnostics import errors
from pubtool.lint import lint
from pubtool.lint.fixing import fixed
from pubtool.settings import TARGETS, Check, Settings
from pubtool.source import parse
from pubtool.validate import chapter_findings
from tests.property.strategies import chapters, mutated
from tests.property.test_chapters import examples

_SPACE = re.compile(r"[ \u00a0]+")
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»‟', '"') | dict.fromkeys("'’", "'") | {"-": "–"})
# What authors type and `--fix` looks for.
_TYPED = st.sampled_from(
    [
        '"one"',
        "it's",
        "1912-1913",
        "p. 186",
        "two  spaces",
        "e\u0301",
        "&quot;q&quot;",
        "«x»",
        "“y”",
    ]
)


def bare(text: str) -> str:
    """A text without what `--fix` may change: spaces, quotes, dashes, composition."""
    flat = unicodedata.normalize("NFC", text).translate(_QUOTES)
    return re.sub(r'"\s*(?=\S)|(?<=\S)\s*"', '"', _SPACE.sub(" ", flat))


def shape(root: etree._Element) -> list[tuple[str, dict[str, str], str, str]]:
    return [
        (str(e.tag), dict(e.attrib), bare(e.text or ""), bare(e.tail or "")) for e in root.iter()
    ]


def typed(data: bytes, words: list[str]) -> bytes:
    """The chapter with what authors type in it, in every paragraph and wording."""
    text = data.decode()
    for n, word in enumerate(words):
        text = text.replace("<p>", f"<p>{word} ", n + 1)
        text = text.replace("<as-written>", f"<as-written>{word} ")
    return text.encode()


@examples(150)
@given(data=chapters(), words=st.lists(_TYPED, max_size=4))
def test_fixing_keeps_every_word_and_is_done_once(data: bytes, words: list[str]) -> None:
    source = parse(typed(data, words), "c.xml")
    assert errors(chapter_findings(source, intake.schema())) == []
    after = fixed(source, Settings())
    again = parse(after, "c.xml")
    assert fixed(again, Settings()) == after
    assert shape(again.root) == shape(source.root)
    assert errors(chapter_findings(again, intake.schema())) == []


@examples(100)
@given(
    data=chapters(),
    edits=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_damaged_chapter_is_never_written_worse(
    data: bytes, edits: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(tmp_path_factory.getbasetemp()) / "damaged-fix"
    folder.mkdir(exist_ok=True)
    path = folder / "c.xml"
    path.write_bytes(mutated(data, edits))
    result = CliRunner().invoke(
        main, ["check", "--fix", "--report", str(folder / "r.html"), str(path)]
    )
    assert isinstance(result.exception, SystemExit | None)
    if result.exit_code and "PT0" in result.stderr:
        assert path.read_bytes() == mutated(data, edits)
    assert (folder / "r.html").read_text().rstrip().endswith("</html>")


@examples(100)
@given(data=chapters(), words=st.lists(_TYPED, max_size=4))
def test_rules_have_an_answer_to_every_chapter(data: bytes, words: list[str]) -> None:
    source = parse(typed(data, words), "c.xml")
    lines = source.data.decode().split("\n")
    for finding in lint(source, Settings(check=Check(targets=TARGETS)), {}):
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.message.strip()


@examples(100)
@given(data=chapters(), words=st.lists(_TYPED, min_size=1, max_size=4))
def test_wordings_stay_as_written(data: bytes, words: list[str]) -> None:
    source = parse(typed(data, words), "c.xml")
    after = parse(fixed(source, Settings()), "c.xml")

    def written(root: etree._Element) -> list[bytes]:
        return [
            etree.tostring(e) for e in root.iter("{*}references", "{*}citation-line", "{*}code")
        ]

    assert written(after.root) == written(source.root)
