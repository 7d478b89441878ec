from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf", "--check", "none"]
SAYS = "moderne"


def spoil(folder: Path) -> None:
    """A slip in the name of a style."""
    path = folder / "pubtool.toml"
    path.write_text(f'{path.read_text()}\n[style]\nname = "moderne"\n')
