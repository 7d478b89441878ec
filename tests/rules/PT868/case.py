from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "has no date"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", ' published="2026-02-01"', "")
    edit(folder / "pubtool.toml", 'year = "2026"', "")
