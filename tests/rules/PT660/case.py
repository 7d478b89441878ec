from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "A note."


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A note that nothing calls."""
    article(folder, "<p>Words.</p>", back="<fn-group><fn><p>A note.</p></fn></fn-group>")
