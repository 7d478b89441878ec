from pathlib import Path

COMMAND = ["import", "chapter.xml", "-o", "out.xml", "--force"]
SAYS = "version “9”"


def spoil(folder: Path) -> None:
    """A chapter from the future."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("urn:pubtool:chapter:1", "urn:pubtool:chapter:9"))
