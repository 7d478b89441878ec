"""What is asked for on the command line or in [jats] is what a repository receives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool.cli import main
from tests.test_rules import RULES

XLINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The good project, of which neither licence nor address is known."""
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    chapter = tmp_path / "chapter.xml"
    known = r"<license .*</license>|<url>.*</url>"
    chapter.write_text(re.sub(known, "", chapter.read_text()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", "chapter.xml", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


def test_the_version_of_jats(project: Path) -> None:
    assert export("-f", "jats", "--jats-version", "1.4")[0] == 0
    data = (project / "build" / "chapter.jats.xml").read_text()
    assert 'dtd-version="1.4"' in data
    assert '"JATS-archivearticle1-4-mathml3.dtd"' in data


def test_a_profile_refuses_what_its_receiver_would(project: Path) -> None:
    assert export("-f", "jats,bits")[0] == 0
    code, said = export("-f", "jats,bits", "--profile", "pmc")
    assert code == 1
    assert "error PT712 JR32: no licence is named" in said
    assert sorted(p.name for p in (project / "build").iterdir()) == [
        "chapter.bits.xml.invalid",
        "chapter.bits.xml.invalid.json",
        "chapter.jats.xml.invalid",
        "chapter.jats.xml.invalid.json",
    ]


def test_the_profile_of_the_project_holds_for_finished_files_too(project: Path) -> None:
    export("-f", "jats")
    shutil.copy("build/chapter.jats.xml", "finished.jats.xml")
    with (project / "pubtool.toml").open("a") as file:
        file.write('[jats]\nprofile = "pmc"\n')
    result = CliRunner().invoke(main, ["check", "finished.jats.xml"])
    assert result.exit_code == 1
    assert "JR32" in result.stderr


@pytest.mark.parametrize(
    ("key", "value"), [("version", "1.2"), ("citations", "none"), ("profile", "doaj")]
)
def test_an_unknown_choice_is_told_with_those_there_are(
    key: str, value: str, project: Path
) -> None:
    with (project / "pubtool.toml").open("a") as file:
        file.write(f'[jats]\n{key} = "{value}"\n')
    code, said = export("-f", "jats")
    assert code == 1
    assert f"PT012 “{key}” must be one of" in said


@pytest.mark.parametrize("citations", ["both", "element", "mixed"])
@pytest.mark.parametrize("format_", ["jats", "bits"])
def test_references_as_they_are_asked_for(citations: str, format_: str, project: Path) -> None:
    with (project / "pubtool.toml").open("a") as file:
        file.write(f'[jats]\ncitations = "{citations}"\n')
    assert export("-f", format_)[0] == 0
    root = etree.parse(f"build/chapter.{format_}.xml")
    kinds = {str(e.tag) for e in root.iter("element-citation", "mixed-citation")}
    wanted = {"both": {"element-citation", "mixed-citation"}}
    assert kinds == wanted.get(citations, {f"{citations}-citation"})


def test_the_files_made_beside_it_are_named(project: Path) -> None:
    assert export("-f", "jats,bits,html")[0] == 0
    for name in ("jats", "bits"):
        root = etree.parse(f"build/chapter.{name}.xml")
        named = {e.get("content-type"): e.get(XLINK) for e in root.iter("self-uri")}
        assert named == {"html": "chapter.html"}
        assert (project / "build" / named["html"]).exists()
