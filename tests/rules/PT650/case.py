from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "no rule for <invented>"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """An element of nobody's JATS."""
    article(folder, "<p>An <invented>element</invented>.</p>")
