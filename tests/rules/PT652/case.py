from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "&ourlogo;"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A character that only the sender's DTD knows."""
    article(folder, "<p>The sign &ourlogo; here &mdash; and there.</p>")
