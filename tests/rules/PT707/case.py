from pathlib import Path

from tests.spoiling import printed

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "the chapter marks the pages of its print edition"
setup = printed


def spoil(folder: Path) -> None:
    """The pages of another edition are marked in the chapter."""
    path = folder / "chapter.xml"
    text = path.read_text()
    path.write_text(text.replace("It is one, and", 'It is <page-break number="2"/>one, and'))
