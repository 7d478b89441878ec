from pathlib import Path

import pytest
from tests.deposit import fake_invenio
from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, edit, export, project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "Unknown field"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server does not know copyright any more, and says so with a 200."""
    monkeypatch.setattr(fake_invenio, "KNOWN", fake_invenio.KNOWN - {"copyright"})
    edit(folder / "chapter.xml", "A short abstract", "A longer abstract")
    export(folder)
