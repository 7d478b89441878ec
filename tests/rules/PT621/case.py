"""An HTML page that is called a Word document."""

from pathlib import Path

from tests.manuscripts.word import Word, p

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "an HTML page"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(b"<html><body>Words</body></html>")
