from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "there is no font “Gentum Book Plus”"


def spoil(folder: Path) -> None:
    """A slip in the name of a font."""
    path = folder / "pubtool.toml"
    path.write_text(f'{path.read_text()}\n[epub]\nfonts = ["Gentum Book Plus"]\n')
