"""Reading XML: safe against hostile files, and exact about places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.diagnostics import Unreadable
from pubtool.source import parse, read


def test_every_element_knows_its_line_and_column() -> None:
    source = parse("<a>\n  <ə/><b>\n</b></a>".encode(), "x.xml")
    places = [(source.place(e).line, source.place(e).column) for e in source.root.iter()]
    assert places == [(1, 1), (2, 3), (2, 7)]


def test_comments_and_instructions_do_not_shift_places() -> None:
    source = parse(b"<!-- one --><a><?pi x?><!-- two -->\n<b/></a>", "x.xml")
    assert source.place(source.root[0]).line == 2


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1 if i else str()};" * 10}">' for i in range(9))
    + "]><x>&a8;</x>"
)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"not xml at all", "PT001"),
        (b"<a><b></a>", "PT001"),
        (b"<a>\xfe</a>", "PT002"),
        (b"<?xml version='1.0' encoding='iso-8859-9'?><a/>", "PT002"),
        ("<a>ə</a>".encode("utf-16"), "PT002"),
        (LAUGHS.encode(), "PT005"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "PT005"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "PT005"),
    ],
)
def test_bad_bytes_are_refused(data: bytes, rule: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(data, "x.xml")
    assert refused.value.finding.rule == rule
    assert refused.value.finding.line >= 1
    assert refused.value.finding.hint


def test_empty_missing_folder_and_too_large(tmp_path: Path) -> None:
    empty, huge = tmp_path / "empty.xml", tmp_path / "huge.xml"
    empty.touch()
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    for path, rule in (
        (empty, "PT003"),
        (huge, "PT004"),
        (tmp_path / "none.xml", "PT006"),
        (tmp_path, "PT006"),
    ):
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert refused.value.finding.rule == rule


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    assert rule_or_tree(data).startswith(("PT00", "<"))


def rule_or_tree(data: bytes) -> str:
    try:
        return f"<{parse(data, 'x.xml').root.tag}>"
    except Unreadable as refused:
        return refused.finding.rule
