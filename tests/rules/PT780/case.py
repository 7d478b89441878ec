from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "did you mean"


def setup(folder: Path) -> None:
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[citations]\nstyle = "apa"\n')


def spoil(folder: Path) -> None:
    path = folder / "pubtool.toml"
    path.write_text(path.read_text().replace('"apa"', '"apaa"'))
