"""The documentation says what the program does."""

from __future__ import annotations

import dataclasses
import re
import runpy
import tomllib
import typing
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool.cli import main
from pubtool.settings import BookFacts, Person, Settings

ROOT = Path(__file__).parent.parent


def keys(kind: type) -> set[str]:
    """Every key of a settings class and of those inside it, with hyphens."""
    found = set()
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        found.add(field.name.rstrip("_").replace("_", "-"))
        for inner in (hints[field.name], *typing.get_args(hints[field.name])):
            if dataclasses.is_dataclass(inner):
                found |= keys(typing.cast(type, inner))
    return found


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    known = (keys(Settings) | keys(BookFacts) | keys(Person)) - {"root", "file"}
    missing = {key for key in known if not re.search(rf"\b{re.escape(key)}\b", text)}
    assert missing == set()


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text()
    for name in main.commands:
        assert f"pubtool {name}" in text or name == "formats"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_links_in_the_documentation_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text()):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert main.commands[name].help
    assert "Usage: main" in result.output


def test_the_reference_page_is_the_one_the_schema_makes() -> None:
    reference = runpy.run_path(str(ROOT / "docs" / "reference.py"))
    schema = etree.parse(str(reference["SCHEMA"])).getroot()
    assert reference["PAGE"].read_text("utf-8") == reference["page"](schema), "run: make docs"


def test_the_crosswalk_is_the_one_the_tables_make() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "metadata.py"))
    assert made["PAGE"].read_text("utf-8") == made["page"](), "run: make docs"


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"].values()
    rows = [*project["dependencies"], *(row for extra in optional for row in extra)]
    text = (ROOT / "docs" / "dependencies.md").read_text().lower()
    missing = [n for row in rows if (n := re.split(r"[<>=\[]", row)[0].lower()) not in text]
    assert missing == []


def test_the_lock_names_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.txt").read_text()
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index-url|--find-links", lock)
