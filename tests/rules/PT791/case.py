from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "filled one after the other"


def spoil(folder: Path) -> None:
    """A style whose left pages are narrower."""
    (folder / "styles").mkdir()
    (folder / "styles" / "print-house.css").write_text("@page :left { margin-left: 33mm }")
    toml = folder / "pubtool.toml"
    toml.write_text(f'{toml.read_text()}\n[style]\nname = "house"\n')
    chapter = folder / "chapter.xml"
    text = f"<sec><title>T</title><p>{'Said once, and once more. ' * 60}</p></sec></body>"
    chapter.write_text(chapter.read_text().replace("</body>", text))
