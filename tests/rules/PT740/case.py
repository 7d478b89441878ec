from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "into the margin"


def spoil(folder: Path) -> None:
    """More columns than the page holds."""
    rows = f"<tr>{''.join(f'<td>Column{n}</td>' for n in range(40))}</tr>"
    table = f'<table-wrap id="big"><table><tbody>{rows}</tbody></table></table-wrap>'
    path = folder / "chapter.xml"
    path.write_text(
        path.read_text().replace("</body>", f"<sec><title>T</title>{table}</sec></body>")
    )
