"""A run in hidden letters."""

from pathlib import Path

from tests.manuscripts.word import Word, p, r

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "ask Ayla"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word([*GOOD, p(r("ask Ayla", "<w:vanish/>"), "Seen.")]).bytes()
    )
