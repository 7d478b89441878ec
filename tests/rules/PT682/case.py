from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
LINE = 9
SAYS = "only its wording is kept"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(
        GOOD + "\nReferences\n\nA talk with the director of the museum\n"
    )
