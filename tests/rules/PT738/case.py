from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "Gentum Book"


def spoil(folder: Path) -> None:
    """A slip in the name of a typeface."""
    path = folder / "pubtool.toml"
    path.write_text(f'{path.read_text()}\n[style]\nfonts = ["Gentum Book"]\n')
