from pathlib import Path

from tests.spoiling import book

COMMAND = ["import", "in.xml", "--part", "c2", "-o", "out.xml", "--force"]
SAYS = "there is no part “c2”"


def setup(folder: Path) -> None:
    book(folder, "Words.", "More words.")


def spoil(folder: Path) -> None:
    """The chapter that was asked for is gone."""
    book(folder, "Words.")
