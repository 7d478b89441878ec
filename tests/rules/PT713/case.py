from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats,bits"]
SAYS = "JR32: no licence is named"
FACTS = 'license = "https://creativecommons.org/licenses/by/4.0/"\n'


def setup(folder: Path) -> None:
    """A project whose book is known: its place and its licence as well."""
    with (folder / "pubtool.toml").open("a") as file:
        file.write(f'place = "Bakı"\ncountry = "AZ"\n{FACTS}')


def spoil(folder: Path) -> None:
    settings = folder / "pubtool.toml"
    settings.write_text(settings.read_text().replace(FACTS, ""))
