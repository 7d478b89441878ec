from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "1 open query"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", "It is one", "It <query>Is it?</query>is one")
