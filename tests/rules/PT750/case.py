from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "words"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """Three words are gone."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "chapter.xhtml", b"Words with a note", b"Words with")
