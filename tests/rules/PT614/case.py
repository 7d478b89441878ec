"""A table in a footnote."""

from pathlib import Path

from tests.manuscripts.word import Word, note, p, table

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "<table-wrap>"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word([*GOOD, p("Here", note(2))], footnotes={2: p("See") + table(["a", "b"])}).bytes()
    )
