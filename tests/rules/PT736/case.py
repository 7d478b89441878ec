from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf", "--check", "none"]
SAYS = "too long:"


def spoil(folder: Path) -> None:
    """Words that may not be parted, more than a line can hold."""
    path = folder / "chapter.xml"
    held = "\N{NO-BREAK SPACE}".join(["ooooo"] * 30)
    path.write_text(path.read_text().replace("Words with", f"Words {held} with"))
