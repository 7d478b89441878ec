from pathlib import Path

from tests.deposit.rule_cases import project, unused

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "cannot be read"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    (folder / "token").unlink()
