from pathlib import Path

from tests.spoiling import printed

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "begins with “A”, which is no longer there"
setup = printed


def spoil(folder: Path) -> None:
    """The chapter is rewritten after it was printed."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("A chapter without", "No chapter without"))
