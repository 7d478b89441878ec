from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats,bits"]
SAYS = "JR30: there are no keywords"
KEYWORDS = "<keywords><keyword>notes</keyword><keyword>dots</keyword></keywords>"
KNOWN = {
    "<institution>": '<institution ror="https://ror.org/03yrm5c26">',
    "</institution>": '</institution><country code="AZ">Azerbaijan</country>',
    "</abstract>": f"</abstract>{KEYWORDS}",
    '<pages first="1"/>': '<pages first="1" last="2"/>',
    "<as-written>": "<publisher>Kale</publisher><as-written>",
}


def setup(folder: Path) -> None:
    """A chapter of which everything is known that a repository may ask for."""
    chapter = folder / "chapter.xml"
    text = chapter.read_text()
    for old, new in KNOWN.items():
        assert old in text
        text = text.replace(old, new)
    chapter.write_text(text)


def spoil(folder: Path) -> None:
    chapter = folder / "chapter.xml"
    chapter.write_text(chapter.read_text().replace(KEYWORDS, ""))
