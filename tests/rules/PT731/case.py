from pathlib import Path

import pikepdf
from tests.spoiling import export

SAYS = ""
COMMAND = ["check", "build/chapter.pdf"]


def setup(folder: Path) -> None:
    export(folder, "pdf")


def spoil(folder: Path) -> None:
    """PDF/UA asks for the title to be shown (ISO 14289-1, 7.1)."""
    path = folder / "build" / "chapter.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        pdf.save(path)
