from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "does not pass"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", "A short abstract", "A longer abstract")
