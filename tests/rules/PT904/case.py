from pathlib import Path

import pytest
from tests import dying

from pubtool import batch

COMMAND = ["export", "chapter.xml", "--format", "jats", "--jobs", "2"]
SAYS = "SIGKILL"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chapter whose worker the system kills, as it does when memory runs out."""
    monkeypatch.setattr(batch, "work", dying.killed)
