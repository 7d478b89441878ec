from pathlib import Path

SAYS = "dot.png"
COMMAND = ["export", "chapter.xml", "--format", "pdf"]


def spoil(folder: Path) -> None:
    image = folder / "images" / "dot.png"
    image.write_bytes(image.read_bytes()[:40])
