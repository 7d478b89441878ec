from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "100 deep"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """Far more markup than any text has."""
    article(folder, f"<p>{'<italic>' * 120}deep{'</italic>' * 120}</p>")
