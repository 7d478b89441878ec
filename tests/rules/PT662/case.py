from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "because the text cites by them"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A numbered list of references."""
    article(
        folder,
        "<p>Words.</p>",
        back="<ref-list><ref id='r1'><label>1</label><mixed-citation>Demir A.</mixed-citation>"
        "</ref></ref-list>",
    )
