from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
LINE = 5
SAYS = "“Kaya, 2010” names no reference"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here (Kaya, 2010).
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(
        GOOD + "\nReferences\n\nDemir, A. (2009). *Roads of the north*. Baku: Elm.\n"
    )
