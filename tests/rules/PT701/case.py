from pathlib import Path

import pytest

from pubtool.writers.jats_article import jats

COMMAND = ["export", "chapter.xml", "--format", "jats", "--check", "none"]
SAYS = "no rule in “jats” for <cite>"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(jats.table, "cite")
