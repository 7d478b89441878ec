import sys
from pathlib import Path

import pytest

from pubtool import tools

COMMAND = ["export", "chapter.xml", "--format", "markdown"]
SAYS = "pandoc"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without pypandoc: importing it fails."""
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    tools.pandoc_path.cache_clear()
    monkeypatch.setattr(tools, "pandoc_path", tools.pandoc_path.__wrapped__)
