from pathlib import Path

from tests.spoiling import export

COMMAND = ["check", "build/chapter.csl.json"]
SAYS = "not JSON"


def setup(folder: Path) -> None:
    export(folder, "csl-json")


def spoil(folder: Path) -> None:
    path = folder / "build" / "chapter.csl.json"
    path.write_text(path.read_text()[:-20])
