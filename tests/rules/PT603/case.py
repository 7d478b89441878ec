from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = "language English"
GUESSED = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text("\n")


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(GUESSED)
