from itertools import count
from pathlib import Path

import pytest

from pubtool import pipeline

COMMAND = ["export", "chapter.xml", "--format", "jats", "--time-limit", "5"]
SAYS = "5 seconds"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chapter that never ends."""
    monkeypatch.setattr(pipeline, "export", lambda *_, **__: [n for n in count() if n < 0])
