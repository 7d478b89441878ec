from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "markdown"]
SAYS = "0 seconds"


def spoil(folder: Path) -> None:
    with (folder / "pubtool.toml").open("a") as file:
        file.write("[limits]\npandoc-seconds = 0\n")
