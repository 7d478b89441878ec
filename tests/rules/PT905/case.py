from pathlib import Path

import pytest

from pubtool import pipeline

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "4096 MB"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chapter that asks for more memory than it may have."""
    monkeypatch.setattr(pipeline, "export", lambda *_, **__: [bytearray(6_000_000_000)])
