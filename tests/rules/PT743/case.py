from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "claims “MathML”"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """A feature is claimed that the book has not."""
    rewrite(
        folder / "build" / "chapter.epub",
        ".opf",
        b">readingOrder</meta>",
        b">MathML</meta>",
    )
