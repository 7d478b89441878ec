"""An object of another program."""

from pathlib import Path

from tests.manuscripts.word import Word, p

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "Excel.Sheet.12"
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
            [*GOOD, p('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>')]
        ).bytes()
    )
