from pathlib import Path

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force", "--bibliography", "in.bib"]
SAYS = "1 entries of the bibliography are not cited: kaya"
CITED = "@book{demir, title = {Roads}, author = {Demir, A.}, year = 1999}\n"
UNCITED = "@book{kaya, title = {Seas}, author = {Kaya, B.}, year = 2001}\n"
TEXT = """A plain title

Introduction

Words in a paragraph that ends here (Demir, 1999).
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(TEXT)
    (folder / "in.bib").write_text(CITED)


def spoil(folder: Path) -> None:
    (folder / "in.bib").write_text(CITED + UNCITED)
