from pathlib import Path

import pytest
from tests import dying

from pubtool import batch

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "ZeroDivisionError"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program."""
    monkeypatch.setattr(batch, "work", dying.failed)
