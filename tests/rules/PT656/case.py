from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "<list> cannot stand in <td>"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A list in a cell."""
    article(
        folder,
        (
            "<table-wrap><label>Table 1</label><table><tr><td><list><list-item><p>a list</p>"
            "</list-item></list></td></tr></table></table-wrap>"
        ),
    )
