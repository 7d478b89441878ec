from pathlib import Path

from tests.spoiling import press

COMMAND = ["export", "chapter.xml", "--format", "print"]
SAYS = "pixels an inch"


def setup(folder: Path) -> None:
    press(folder, more="[images]\nprint-dpi = 1")


def spoil(folder: Path) -> None:
    """The usual limit, which a dot does not reach."""
    press(folder)
