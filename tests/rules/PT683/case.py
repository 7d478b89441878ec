from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
LINE = 5
SAYS = "fits 2 references: demir-2009a"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here (Demir, 2009).
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.txt").write_text(
        GOOD + "\nReferences\n\nDemir, A. (2009). *Roads of the north*. Baku: Elm.\n"
        "\nDemir, A. (2009). *Roads of the south*. Baku: Elm.\n"
    )
