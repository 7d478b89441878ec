"""An image that is neither PNG nor JPEG."""

from pathlib import Path

from tests.manuscripts.word import Word, p, picture

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "PNG file"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word([*GOOD, p(picture("rId9", "A plan"))], images={"rId9": b"no image"}).bytes()
    )
