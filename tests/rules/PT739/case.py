from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "not checked"


def spoil(folder: Path) -> None:
    """More rows than the validator looks through."""
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(1100))
    table = f'<table-wrap id="big"><table><tbody>{rows}</tbody></table></table-wrap>'
    path = folder / "chapter.xml"
    path.write_text(
        path.read_text().replace("</body>", f"<sec><title>T</title>{table}</sec></body>")
    )
