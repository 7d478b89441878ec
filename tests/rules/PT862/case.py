from contextlib import ExitStack
from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, project, started

from pubtool.deposit.journal import alone

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "another run"
SERVER = Invenio(TOKEN)
HELD = ExitStack()


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path) -> None:
    """Another run holds the chapter, as long as the tests run."""
    HELD.enter_context(alone(folder / "build/deposits/here/chapter.jsonl"))
