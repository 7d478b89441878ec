from pathlib import Path

from tests.spoiling import printed

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "have changed since"
setup = printed


def spoil(folder: Path) -> None:
    """A slip is corrected after printing."""
    path = folder / "chapter.xml"
    path.write_text(path.read_text().replace("It is one, and", "It is but one, and"))
