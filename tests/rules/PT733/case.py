from pathlib import Path

SAYS = "U+E0"
COMMAND = ["export", "chapter.xml", "--format", "pdf"]


def spoil(folder: Path) -> None:
    """A letter of the private use area, which no installed font has."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("Words with", "Words \ue0ff with"))
