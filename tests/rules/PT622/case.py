"""A document with a password is an OLE container."""

from pathlib import Path

from tests.manuscripts.word import Word, p

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force"]
SAYS = "password"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
