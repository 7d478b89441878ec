from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "Tab. 1"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A label in other words."""
    article(
        folder,
        (
            "<p>Words.</p><table-wrap><label>Tab. 1</label><table><tr><td>a</td></tr></table>"
            "</table-wrap>"
        ),
    )
