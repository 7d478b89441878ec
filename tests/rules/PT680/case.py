from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
LINE = 9
SAYS = "1 of 1 references taken apart, in the manner of APA"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(
        GOOD + "\nReferences\n\nDemir, A. (2009). *Roads of the north*. Baku: Elm.\n"
    )
