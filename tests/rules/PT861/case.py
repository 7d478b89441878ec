from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import Answer, Asked
from tests.deposit.rule_cases import TOKEN, project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "points to http://elsewhere.example"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(moved))


def moved(asked: Asked) -> Answer:
    """The server, until it has moved to a place that is not safe."""
    if SERVER.lag < 0:
        return Answer(302, b"", {"Location": "http://elsewhere.example/"})
    return SERVER(asked)


def spoil(folder: Path) -> None:
    SERVER.lag = -1
    (folder / "build/deposits/here/chapter.jsonl").unlink()
