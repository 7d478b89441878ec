from dataclasses import replace
from pathlib import Path

import pytest

from pubtool.packages import PACKAGES

COMMAND = ["package", "chapter.xml", "--for", "crossref"]
SAYS = "the head has no <doi_batch_id>"


def setup(folder: Path) -> None:
    with (folder / "pubtool.toml").open("a") as file:
        file.write('[crossref]\nemail = "a@example.org"\n')


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(PACKAGES["crossref"], build=lambda _: {"deposit.xml": b"<doi_batch/>"})
    monkeypatch.setitem(PACKAGES, "crossref", broken)
