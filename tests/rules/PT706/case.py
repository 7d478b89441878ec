import json
from pathlib import Path

from tests.spoiling import printed

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "these printed pages: 2"
setup = printed


def spoil(folder: Path) -> None:
    """A page without a word stands between two others."""
    path = folder / "build" / "chapter.print.pages.json"
    told = json.loads(path.read_bytes())
    first = told["pages"][0]
    third = {**first, "label": "3", "element": "body[1]/sec[1]/p[1]", "word": 1, "text": "with"}
    path.write_text(json.dumps({**told, "pages": [first, {"label": "2"}, third]}))
