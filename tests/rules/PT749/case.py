from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "the citation “Demir, 1999” leads to no reference"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """A citation that is a link without an address."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "chapter.xhtml", b'href="#demir-1999"', b"")
