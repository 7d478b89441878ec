from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, edit, export, project, started

COMMAND = ["deposit", "here", "chapter.xml", "--publish"]
SAYS = "changed since"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", "A short abstract", "A longer abstract")
    export(folder)
