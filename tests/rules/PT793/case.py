from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf"]
SAYS = "of its size"


def spoil(folder: Path) -> None:
    """A sum of sixty terms in one line."""
    terms = " + ".join(f"x_{{{n}}}^2" for n in range(60))
    formula = f"<disp-formula><tex>{terms}</tex></disp-formula>"
    path = folder / "chapter.xml"
    path.write_text(
        path.read_text().replace("</body>", f"<sec><title>T</title>{formula}</sec></body>")
    )
