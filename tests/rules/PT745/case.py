from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "the heading says “First”"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """The contents call a section by another name."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "nav.xhtml", b">First</a>", b">Second</a>")
