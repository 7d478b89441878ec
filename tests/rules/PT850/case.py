from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "must be https"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "pubtool.toml", "http://127.0.0.1", "http://repository.example.org")
