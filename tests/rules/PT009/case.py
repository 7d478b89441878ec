from pathlib import Path

COMMAND = ["export", "chapter.xml", "more/chapter.xml", "--format", "jats", "--check", "none"]
SAYS = "chapter.xml"


def setup(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "chapter.xml").symlink_to(folder / "chapter.xml")
    (folder / "images").rename(folder / "more" / "images")
    (folder / "images").symlink_to(folder / "more" / "images")
    (folder / "more" / "chapter.xml").rename(folder / "more" / "other.xml")


def spoil(folder: Path) -> None:
    (folder / "more" / "other.xml").rename(folder / "more" / "chapter.xml")
