import re
from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "jats,bits"]
SAYS = "JR30: there are no keywords"


def spoil(folder: Path) -> None:
    chapter = folder / "chapter.xml"
    chapter.write_text(re.sub("<keywords>.*</keywords>", "", chapter.read_text()))
