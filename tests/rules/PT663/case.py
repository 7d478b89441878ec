from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "put together"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """Fields without wording."""
    article(
        folder,
        "<p>Words.</p>",
        back="<ref-list><ref id='r1'><element-citation><year>1999</year><source>Books</source>"
        "</element-citation></ref></ref-list>",
    )
