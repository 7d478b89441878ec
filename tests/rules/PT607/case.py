from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml"]
SAYS = "exists"
GOOD = """A plain title

Abstract

One sentence about it.

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "out.xml").write_text("work already done")
