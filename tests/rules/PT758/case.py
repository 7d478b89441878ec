from pathlib import Path

import pikepdf
from tests.spoiling import export, press

COMMAND = ["check", "build/chapter.print.pdf"]
SAYS = "RGB"


def setup(folder: Path) -> None:
    press(folder)
    export(folder, "print")


def spoil(folder: Path) -> None:
    """What no press would take."""
    path = folder / "build" / "chapter.print.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        file.pages[0].contents_add(b"1 0 0 rg 0 0 9 9 re f")
        file.save(path)
