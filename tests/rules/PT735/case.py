from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "pdf", "--check", "none"]
SAYS = "“uz”"
WORDS = "Mustaqillik yillarida kutubxonalarimizda saqlanayotgan qadimiy qoʻlyozmalarning "


def spoil(folder: Path) -> None:
    """A paragraph in a language that has no dictionary of hyphenation."""
    path = folder / "chapter.xml"
    quotation = f'<disp-quote xml:lang="uz"><p>{WORDS * 5}</p></disp-quote>'
    path.write_text(path.read_text().replace("</fig>", f"</fig>{quotation}"))
