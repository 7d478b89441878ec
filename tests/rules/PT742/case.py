from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "ISBN “9780306406158”"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """The last digit of the ISBN is wrong."""
    rewrite(
        folder / "build" / "chapter.epub",
        ".opf",
        b"urn:isbn:9780306406157",
        b"urn:isbn:9780306406158",
    )
