"""The alternative text of a table."""

from pathlib import Path

from tests.manuscripts.word import Word, p, table

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "A table of treaties"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word(
            [*GOOD, table(["a", "b"], props='<w:tblDescription w:val="A table of treaties"/>')]
        ).bytes()
    )
