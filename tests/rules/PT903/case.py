from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats", "--check", "none", "-o", "out"]


def spoil(folder: Path) -> None:
    """A file stands where the folder should be."""
    for path in (folder / "out").iterdir():
        path.unlink()
    (folder / "out").rmdir()
    (folder / "out").touch()
