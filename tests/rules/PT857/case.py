from dataclasses import replace
from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import Answer, Asked
from tests.deposit.rule_cases import TOKEN, edit, export, project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "on the server"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(damaging))


def damaging(asked: Asked) -> Answer:
    """The server, but that it keeps other bytes than it got, once it is told to."""
    if asked.method == "PUT" and asked.path.endswith("content") and SERVER.lag < 0:
        asked = replace(asked, body=b"damaged")
    return SERVER(asked)


def spoil(folder: Path) -> None:
    SERVER.lag = -1
    edit(folder / "chapter.xml", "A short abstract", "A longer abstract")
    export(folder)
