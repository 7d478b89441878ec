from pathlib import Path

from tests.spoiling import press

COMMAND = ["export", "chapter.xml", "--format", "print"]
SAYS = "octavo"


def setup(folder: Path) -> None:
    press(folder)


def spoil(folder: Path) -> None:
    """A size that is none."""
    press(folder, 'trim = "octavo"')
