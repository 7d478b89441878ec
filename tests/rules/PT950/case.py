from pathlib import Path

import pytest

from pubtool import cluster

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "no scheduler answers at tcp://127.0.0.1:9"


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that is not there."""
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1)
    COMMAND.extend(["--scheduler", "tcp://127.0.0.1:9"])
