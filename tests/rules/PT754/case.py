from pathlib import Path

from tests.spoiling import press

COMMAND = ["export", "chapter.xml", "--format", "print"]
SAYS = "[print] icc"


def setup(folder: Path) -> None:
    press(folder)


def spoil(folder: Path) -> None:
    """Nothing is said of a profile."""
    (folder / "pubtool.toml").write_text("")
