from pathlib import Path

from tests.spoiling import book

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "<index> is in no chapter"


def setup(folder: Path) -> None:
    book(folder, "Words.")


def spoil(folder: Path) -> None:
    """An index of the book."""
    book(folder, "Words.", back="<book-back><index><p>An index</p></index></book-back>")
