from pathlib import Path

from tests.spoiling import press

COMMAND = ["export", "chapter.xml", "--format", "print"]
SAYS = "not an ICC profile"


def setup(folder: Path) -> None:
    press(folder)


def spoil(folder: Path) -> None:
    """The file is something else."""
    (folder / "press.icc").write_text("ink")
