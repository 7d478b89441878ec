from pathlib import Path

from PIL import Image
from tests.spoiling import press

COMMAND = ["export", "chapter.xml", "--format", "print", "--check", "none"]
SAYS = "RGB"


def setup(folder: Path) -> None:
    press(folder)


def spoil(folder: Path) -> None:
    """A coloured image that nobody is to convert."""
    press(folder, 'rgb = "report"')
    for path in folder.rglob("*.png"):
        Image.new("RGB", (9, 9), "red").save(path)
