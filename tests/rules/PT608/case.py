from pathlib import Path

COMMAND = ["import", "in.pages", "-o", "out.xml", "--force"]
SAYS = "no reader for “.pages”"


def spoil(folder: Path) -> None:
    (folder / "in.pages").write_text("Words in a paragraph.")
