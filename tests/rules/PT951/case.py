from pathlib import Path

import pytest

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "http://store.example.org is not encrypted"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of one's own that is not encrypted."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://store.example.org")
    COMMAND.extend(["--output", "s3://bucket/out"])
