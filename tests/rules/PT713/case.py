from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats,bits"]
SAYS = "JR32: no licence is named"
LICENCE = '<license href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</license>'


def setup(folder: Path) -> None:
    """A project whose book is known: its place as well."""
    with (folder / "pubtool.toml").open("a") as file:
        file.write('place = "Bakı"\ncountry = "AZ"\n')


def spoil(folder: Path) -> None:
    chapter = folder / "chapter.xml"
    chapter.write_text(chapter.read_text().replace(LICENCE, ""))
