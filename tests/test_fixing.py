"""`pubtool check --fix`: what it changes, what it shows, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool.cli import main
from pubtool.lint.fixing import difference, fixed
from pubtool.settings import Check, Settings
from pubtool.source import parse

NBSP = "\u00a0"


def chapter(body: str, language: str = "en", front: str = "", back: str = "") -> bytes:
    return (
        f'<chapter xmlns="urn:pubtool:chapter:1" id="c" xml:lang="{language}"><front>'
        f"<title>T</title>{front}</front><body>{body}</body>{back}</chapter>"
    ).encode()


def put_right(body: str, language: str = "en", settings: Settings | None = None) -> str:
    before = chapter(f"<p>{body}</p>", language)
    after = fixed(parse(before, "c.xml"), settings or Settings()).decode()
    return after.partition("<p>")[2].rpartition("</p>")[0]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "cafe\u0301", "café"),
        ("en", "two  spaces", "two spaces"),
        ("en", "in 1912-1913", "in 1912–1913"),
        ("en", "(p. 186, pp. 3-9)", f"(p.{NBSP}186, pp.{NBSP}3–9)"),
        ("en", '"one" isn\'t "two"', "“one” isn’t “two”"),
        ("en", "&quot;one&quot;", "“one”"),
        ("en", '("<italic>one</italic>")', "(“<italic>one</italic>”)"),
        ("de", '"eins" und “zwei”', "„eins“ und „zwei“"),
        ("fr", '"un" et « deux »', f"«{NBSP}un{NBSP}» et «{NBSP}deux{NBSP}»"),
        ("ru", '"раз"', "«раз»"),
        ("tr", '"bir" (s. 7)', f"“bir” (s.{NBSP}7)"),
        # What may mean something is left alone.
        ("en", 'one" two', 'one" two'),
        ("en", "5' 3\" tall", "5' 3\" tall"),
        ("en", '"one', '"one'),
        ("en", '<monospace>"x"  1-2</monospace>', '<monospace>"x"  1-2</monospace>'),
        ("en", "978-0-306-40615-7", "978-0-306-40615-7"),
        ("en", "https://example.org/1-2", "https://example.org/1-2"),
        ("en", "a <query>?</query> b", "a <query>?</query> b"),
        ("uz", '"o\'zbek"', '"o\'zbek"'),
    ],
)
def test_what_is_put_right(language: str, before: str, after: str) -> None:
    assert put_right(before, language) == after


def test_the_house_has_its_own_marks_and_may_want_none() -> None:
    own = Settings(check=Check(quotes={"en": "‘’"}))
    assert put_right('"one"', settings=own) == "‘one’"
    assert put_right("‘one’", settings=own) == "‘one’"
    off = Settings(check=Check(rules={"PT230": "off", "PT224": "off"}))
    assert put_right('"one"  1-2', settings=off) == '"one"  1–2'


def test_every_other_byte_is_kept() -> None:
    data = (
        b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<!-- \"a\"  b 1-2 -->\r\n"
        b"<chapter  xmlns='urn:pubtool:chapter:1' id='c' xml:lang=\"en\" ><front><title>A &#38; B"
        b"</title></front><body\n><p  id='p1' >one <![CDATA[two  three]]> &gt; 1-2</p ></body>"
        b"</chapter>\r\n"
    )
    after = fixed(parse(data, "c.xml"), Settings())
    assert after == data.replace(b"two  three", b"two three").replace(
        b"&gt; 1-2", "&gt; 1–2".encode()
    )


def test_evidence_is_never_touched() -> None:
    wording = '<as-written>"A"  b, 1-2, p. 3, e\u0301</as-written>'
    back = (
        f'<back><references><ref id="r"><title>"A"  1-2</title>{wording}</ref></references></back>'
    )
    line = '<citation-line>"A"  (pp. 1-2)</citation-line>'
    data = chapter("<p>w</p>", front=line, back=back)
    assert fixed(parse(data, "c.xml"), Settings()) == data


def test_an_orcid_is_shortened_only_if_it_is_right() -> None:
    def who(orcid: str) -> bytes:
        name = f"<name><family>X</family></name><orcid>{orcid}</orcid>"
        return chapter("<p>w</p>", front=f"<contributor>{name}</contributor>")

    right = fixed(parse(who("https://orcid.org/0000-0002-1825-0097"), "c.xml"), Settings())
    assert right == who("0000-0002-1825-0097")
    wrong = who("https://orcid.org/0000-0002-1825-0098")
    assert fixed(parse(wrong, "c.xml"), Settings()) == wrong


def test_the_difference_names_the_file() -> None:
    assert difference("c.xml", b"a\n", b"a\n") == ""
    assert difference("c.xml", b"a", b"b").startswith("--- c.xml as it is\n+++ c.xml put right\n")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "c.xml"
    file.write_bytes(chapter("<p>two  spaces</p>"))
    return file


def test_fix_writes_and_shows(path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--fix", str(path)])
    assert path.read_bytes() == chapter("<p>two spaces</p>")
    assert "-<chapter" in result.stdout
    assert "PT224" not in result.stderr
    again = CliRunner().invoke(main, ["check", "--fix", str(path)])
    assert "+++" not in again.stdout
    assert [p.name for p in path.parent.iterdir()] == ["c.xml"]


def test_diff_only_shows(path: Path) -> None:
    before = path.read_bytes()
    result = CliRunner().invoke(main, ["check", "--fix", "--diff", str(path)])
    assert path.read_bytes() == before
    assert "+++" in result.stdout
    assert "PT224" in result.stderr


def test_the_json_stays_alone_on_standard_output(path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--fix", str(path), "--output-format", "json"])
    assert isinstance(json.loads(result.stdout), list)
    assert "+++" in result.stderr


def test_diff_without_fix_is_a_wrong_use(path: Path) -> None:
    assert CliRunner().invoke(main, ["check", "--diff", str(path)]).exit_code == 2


def test_a_file_that_is_no_chapter_is_left_alone(tmp_path: Path) -> None:
    for name, data in {
        "a.xml": b"<a>two  spaces</a>",
        "b.xml": chapter("<para>two  s</para>"),
    }.items():
        file = tmp_path / name
        file.write_bytes(data)
        result = CliRunner().invoke(main, ["check", "--fix", str(file)])
        assert result.exit_code == 1
        assert file.read_bytes() == data
