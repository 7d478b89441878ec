from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "r1"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A reference with nothing in it."""
    article(folder, "<p>Words.</p>", back="<ref-list><ref id='r1'/></ref-list>")
