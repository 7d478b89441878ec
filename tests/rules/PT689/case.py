from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = r"“\$” is read as “$”, 2 times"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD + "\nIt costs \\$ 422, not \\$ 500, in all.\n")
