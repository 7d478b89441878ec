from pathlib import Path

COMMAND = ["package", "chapter.xml", "--for", "clockss"]
SAYS = "cannot hold the image under the name “images/nöqtə.png”"


def spoil(folder: Path) -> None:
    (folder / "images" / "dot.png").rename(folder / "images" / "nöqtə.png")
    chapter = folder / "chapter.xml"
    chapter.write_text(chapter.read_text().replace("images/dot.png", "images/nöqtə.png"))
