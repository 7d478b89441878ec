from pathlib import Path

LINE = 7
SAYS = "0xFE"


def spoil(folder: Path) -> None:
    path = folder / "chapter.xml"
    path.write_bytes(path.read_text().replace("0000-", "þ").encode("latin-1", "replace"))
