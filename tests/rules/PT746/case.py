from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "the package says “tr”"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """The package names another language."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, ".opf", b"<dc:language>en<", b"<dc:language>tr<")
