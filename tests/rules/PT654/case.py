from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "gene"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """The name of a gene."""
    article(folder, "<p>The <named-content content-type='gene'>BRCA1</named-content>.</p>")
