from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "leads to the break of page 9"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    chapter = folder / "chapter.xml"
    chapter.write_text(
        chapter.read_text().replace("Words with", '<page-break number="9"/>Words with')
    )
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """A line of the page list says another number than its break."""
    book = folder / "build" / "chapter.epub"
    rewrite(book, "nav.xhtml", b">9</a>", b">8</a>")
