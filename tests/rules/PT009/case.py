from pathlib import Path
from shutil import copyfile

COMMAND = ["export", "--format", "jats", "--check", "none"]
SAYS = "chapter.xml"


def spoil(folder: Path) -> None:
    (folder / "images" / "more").mkdir()
    copyfile(folder / "chapter.xml", folder / "images" / "more" / "chapter.xml")
    settings = (folder / "pubtool.toml").read_text()
    both = '["chapter.xml", "images/more/chapter.xml"]'
    (folder / "pubtool.toml").write_text(settings.replace('["chapter.xml"]', both))
