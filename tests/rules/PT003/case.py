from pathlib import Path


def spoil(folder: Path) -> None:
    (folder / "chapter.xml").write_bytes(b"")
