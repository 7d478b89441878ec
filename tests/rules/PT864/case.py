from pathlib import Path

from tests.deposit.fake_crossref import Crossref
from tests.deposit.rule_cases import TOKEN, project, started

COMMAND = ["deposit", "here", "chapter.xml", "--publish"]
SAYS = "Record not processed"
SERVER = Crossref("press", TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER), kind="crossref", user="press")
    with (folder / "pubtool.toml").open("a") as settings:
        settings.write('\n[crossref]\nemail = "doi@example.org"\n')


def spoil(folder: Path) -> None:
    """The queue comes to the deposit, and finds it wrong."""
    SERVER.verdict = "Failure"
