from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "here"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A link without an address."""
    article(
        folder, "<p>See <xref ref-type='other' rid='gone'>there</xref> and <uri>here</uri>.</p>"
    )
