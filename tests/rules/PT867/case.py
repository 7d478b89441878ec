from pathlib import Path

from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, edit, export, project, started

COMMAND = ["deposit", "here", "chapter.xml", "--publish", "--write-ids"]
SAYS = "the repository gave 10.5555/fault.1"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))
    edit(folder / "pubtool.toml", 'formats = ["jats"]\nkind', 'formats = ["latex"]\nkind')
    export(folder, "latex")


def spoil(folder: Path) -> None:
    edit(folder / "chapter.xml", "<doi>10.5555/fault.1</doi>", "<doi>10.5555/fault.2</doi>")
