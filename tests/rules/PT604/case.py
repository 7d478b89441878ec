from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = ""
GOOD = """A plain title

Abstract

One sentence about it.

Introduction

Words in a paragraph that ends here.
"""
BAD = """A plain title

Abstract

One sentence about it.

Introduction

Words in a paragraph that was cut in the

middle by a page.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(BAD)
