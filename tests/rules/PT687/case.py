from pathlib import Path

COMMAND = ["import", "in.bib", "-o", "out.xml", "--force"]
SAYS = "abstract (1)"
GOOD = "@book{demir, title = {Roads}, author = {Demir, A.}, year = 1999}\n"


def setup(folder: Path) -> None:
    (folder / "in.bib").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.bib").write_text(GOOD.replace("year", "abstract = {Long}, year"))
