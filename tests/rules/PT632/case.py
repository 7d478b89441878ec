"""An image, and no file to write beside."""

from pathlib import Path

from tests.manuscripts.word import PNG, Word, p, picture

COMMAND = ["import", "in.docx"]
SAYS = "was not written"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word([*GOOD, p(picture("rId9", "A square"))], images={"rId9": PNG}).bytes()
    )
