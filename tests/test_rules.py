"""Every rule of the catalogue has a fixture: a good project, and what spoils it.

`tests/rules/good` is a project without a fault. `tests/rules/<ID>/` says how to spoil it: either
`case.toml` (text to replace, the command, the line and words expected) or `case.py` with a
function `spoil(folder)` and, where needed, COMMAND and SETUP.
"""

from __future__ import annotations

import inspect
import json
import runpy
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool.catalogue import CATALOGUE
from pubtool.cli import main
from pubtool.deposit import run
from pubtool.deposit.engine import Patience

RULES = Path(__file__).parent / "rules"
CASES = sorted(p.name for p in RULES.iterdir() if p.name.startswith("PT"))


@dataclass(frozen=True)
class Case:
    command: list[str]
    spoil: Callable[[Path, pytest.MonkeyPatch], None]
    setup: Callable[[Path], None]
    line: int | None = None
    says: str = ""


def nothing(folder: Path) -> None:
    """A good project needs no setting up."""


def _with_monkeypatch(
    spoil: Callable[..., None],
) -> Callable[[Path, pytest.MonkeyPatch], None]:
    if len(inspect.signature(spoil).parameters) == 2:
        return spoil
    return lambda folder, _: spoil(folder)


def load(id_: str) -> Case:
    script = RULES / id_ / "case.py"
    if script.exists():
        told = runpy.run_path(str(script))
        return Case(
            told.get("COMMAND", ["check", "chapter.xml"]),
            _with_monkeypatch(told["spoil"]),
            told.get("setup", nothing),
            told.get("LINE"),
            told.get("SAYS", ""),
        )
    told = tomllib.loads((RULES / id_ / "case.toml").read_text())

    def spoil(folder: Path, _: pytest.MonkeyPatch) -> None:
        for edit in told.get("replace", []):
            path = folder / edit["file"]
            text = path.read_text()
            assert edit["old"] in text
            path.write_text(text.replace(edit["old"], edit["new"]))

    return Case(
        told.get("command", ["check", "chapter.xml"]),
        spoil,
        nothing,
        told.get("line"),
        told.get("says", ""),
    )


def findings(folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The diagnostics of a command run in a folder, as its JSON says them."""
    monkeypatch.chdir(folder)
    # A fixture may spoil the program itself, of which results kept before know nothing.
    anew = ["--no-cache"] if command[0] == "export" else []
    result = CliRunner().invoke(main, [*command, *anew, "--output-format", "json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    text = result.stdout if command[0] == "check" else result.stderr
    if not text.startswith("["):
        raise AssertionError(result.output)
    return json.loads(text)


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    # A server that does not answer is asked again at once.
    monkeypatch.setattr(run, "Patience", partial(Patience, pause=lambda _: None))
    folder = tmp_path / "project"
    shutil.copytree(RULES / "good", folder)
    return folder


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    assert set(CASES) == set(CATALOGUE)


@pytest.mark.parametrize("id_", sorted(CATALOGUE))
def test_every_rule_can_be_explained(id_: str) -> None:
    result = CliRunner().invoke(main, ["explain", id_.lower()])
    assert result.exit_code == 0
    entry = CATALOGUE[id_]
    for said in (entry.title, entry.why, entry.bad, entry.good, entry.hint):
        assert said
        assert said in result.stdout


@pytest.mark.parametrize("id_", CASES)
def test_a_spoilt_project_is_told_about_and_a_good_one_is_not(
    id_: str, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = load(id_)
    case.setup(good)
    before = findings(good, _on_good(case.command), monkeypatch)
    assert id_ not in {row["rule"] for row in before}
    case.spoil(good, monkeypatch)
    told = [row for row in findings(good, case.command, monkeypatch) if row["rule"] == id_]
    assert told, f"{id_} was not found"
    assert told[0]["severity"] == CATALOGUE[id_].severity
    assert told[0]["hint"]
    assert case.says in told[0]["message"]
    if case.line is not None:
        assert told[0]["line"] == case.line


def _on_good(command: list[str]) -> list[str]:
    return [part.replace("chapter-9.xml", "chapter.xml") for part in command]
