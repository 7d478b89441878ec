from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = ""
GOOD = """A plain title

Abstract

One sentence about it.

Introduction

Words in a paragraph that ends here.
"""
BAD = "\u00a0\n\n\u00a0\n"


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(BAD)
