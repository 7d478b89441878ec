from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "<h1> is followed by <h3>"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """Every second level becomes a third."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "chapter.xhtml", b"h2", b"h3")
