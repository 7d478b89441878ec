from pathlib import Path

from tests.deposit.rule_cases import project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "there is no chapter.jats.xml"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    (folder / "build" / "chapter.jats.xml").unlink()
