from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "beyond the edge of the page"


def spoil(folder: Path) -> None:
    """A note longer than a page."""
    note = f"<p>A word.<fn><p>{'Said at length in a note, once more. ' * 200}</p></fn></p>"
    path = folder / "chapter.xml"
    path.write_text(
        path.read_text().replace("</body>", f"<sec><title>T</title>{note}</sec></body>")
    )
