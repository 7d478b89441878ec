from pathlib import Path

COMMAND = ["import", "in.bib", "-o", "out.xml", "--force"]
LINE = 2
SAYS = "“kaya” is left out: a brace or quotation mark is not closed"
GOOD = "@book{demir, title = {Roads}, author = {Demir, A.}, year = 1999}\n"


def setup(folder: Path) -> None:
    (folder / "in.bib").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.bib").write_text(GOOD + "@book{kaya, title = {Seas\n")
