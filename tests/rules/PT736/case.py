from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf", "--check", "none"]
SAYS = "too long: “ooooo"


def spoil(folder: Path) -> None:
    """A word that no line can hold."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("Words with", f"Words {'o' * 120} with"))
