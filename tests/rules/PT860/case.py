from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "already there as draft"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path) -> None:
    """The same once more."""
