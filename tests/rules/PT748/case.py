from pathlib import Path

from tests.spoiling import export, rewrite

SAYS = "1.9 : 1"
COMMAND = ["check", "build/chapter.epub"]


def setup(folder: Path) -> None:
    export(folder, "epub")


def spoil(folder: Path) -> None:
    """A style sets pale grey on white."""
    rewrite(
        folder / "build" / "chapter.epub",
        "chapter.css",
        b"blockquote {",
        b"blockquote { color: #bbb;",
    )
