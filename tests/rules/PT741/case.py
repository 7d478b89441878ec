from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = ""
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """A link in the package that leads to no file."""
    rewrite(folder / "build" / "chapter.epub", ".opf", b'href="nav.xhtml"', b'href="gone.xhtml"')
