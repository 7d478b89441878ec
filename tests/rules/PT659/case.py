from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "table.png"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A table in two forms."""
    article(
        folder,
        (
            "<table-wrap><label>Table 1</label><alternatives><graphic xlink:href='table.png'/>"
            "<table><tr><td>a</td></tr></table></alternatives></table-wrap>"
        ),
    )
