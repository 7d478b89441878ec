from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = "“*” left out"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    references = "\nReferences\n\nAliyev, H. (2009). Speech of a poet*. Baku: Elm.\n"
    (folder / "in.txt").write_text(GOOD + references)
