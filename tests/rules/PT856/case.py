import re
from pathlib import Path

import pytest
from tests.deposit.fake_invenio import Invenio
from tests.deposit.rule_cases import TOKEN, project, started, unused

from pubtool.deposit import run
from pubtool.deposit.engine import Patience

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "no connection"
SERVER = Invenio(TOKEN)


def setup(folder: Path) -> None:
    project(folder, started(SERVER))


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "Patience", lambda: Patience(tries=2, pause=lambda _: None))
    settings = folder / "pubtool.toml"
    settings.write_text(re.sub(r"http://127[^\"]*", unused(), settings.read_text()))
    (folder / "build/deposits/here/chapter.jsonl").unlink()
