from pathlib import Path

import pikepdf
from tests.spoiling import export, press

COMMAND = ["check", "build/chapter.print.pdf"]
SAYS = "odd number"


def setup(folder: Path) -> None:
    press(folder)
    export(folder, "print")


def spoil(folder: Path) -> None:
    """What no press would take."""
    path = folder / "build" / "chapter.print.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        del file.pages[-1]
        file.save(path)
