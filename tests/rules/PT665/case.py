from pathlib import Path

from tests.spoiling import book

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "2 chapters: c1 “Title 1”; c2 “Title 2”"


def setup(folder: Path) -> None:
    book(folder, "Words.")


def spoil(folder: Path) -> None:
    """A second chapter, and one file to write them to."""
    book(folder, "Words.", "More words.")
