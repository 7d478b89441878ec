"""A text box beside a paragraph."""

from pathlib import Path

from tests.manuscripts.word import Word, p, text_box

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "Words in a box"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word([*GOOD, p(text_box(p("Words in a box")))]).bytes())
