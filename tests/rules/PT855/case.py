from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, edit, export, project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "the server answered 401"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path) -> None:
    """The token has been taken back."""
    SERVER.token = "another"
    edit(folder / "chapter.xml", "A short abstract", "A longer abstract")
    export(folder)
