from pathlib import Path

from tests.deposit.rule_cases import edit, project, unused

COMMAND = ["deposit", "here", "chapter.xml", "--dry-run"]
SAYS = "keeps nothing as a draft"


def setup(folder: Path) -> None:
    project(folder, unused())


def spoil(folder: Path) -> None:
    edit(folder / "pubtool.toml", 'kind = "invenio"', 'kind = "sftp"\nuser = "x"')
    edit(folder / "pubtool.toml", "http://", "sftp://")
