from pathlib import Path

SAYS = "limit of 50 MB"


def spoil(folder: Path) -> None:
    with (folder / "chapter.xml").open("wb") as file:
        file.truncate(200_000_000)
