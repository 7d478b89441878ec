from pathlib import Path

from tests.spoiling import export, rewrite

COMMAND = ["check", "build/chapter.docx"]


def setup(folder: Path) -> None:
    export(folder, "docx")


def spoil(folder: Path) -> None:
    rewrite(folder / "build" / "chapter.docx", "word/document.xml", b"</w:body>", b"")
