from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "has no abstracts"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", "<abstract><p>A short abstract.</p></abstract>", "")
