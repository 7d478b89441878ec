from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "stands in for “☞” (U+261E)"


def spoil(folder: Path) -> None:
    """A sign that is not in the typeface."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("Words with", "Words ☞ with"))
