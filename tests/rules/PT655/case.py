from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "now end it"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A section where a chapter has none."""
    article(folder, "<p>Words.</p>", back="<sec><title>After</title><p>More words.</p></sec>")
