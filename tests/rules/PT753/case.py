from pathlib import Path

from tests.conftest import needs_ace
from tests.spoiling import export, rewrite

SAYS = "image-alt"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    needs_ace()
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """An image without a name, which epubcheck only mentions."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "chapter.xhtml", b' alt="A dot"', b"")
