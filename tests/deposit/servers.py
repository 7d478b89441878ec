"""Starts the real servers of `make test-deposit`, and waits until they answer."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY, absent

SECONDS = 240


@dataclass(frozen=True)
class Server:
    """Where a server listens, and what it lets in."""

    address: str
    token: str
    user: str = ""
    collection: str = ""


@contextmanager
def running(name: str, folder: Path, *arguments: str) -> Iterator[Server]:
    """`tests/<name>/serve.py` in its own environment, its data in a folder."""
    python = REPOSITORY / f".venv-{name}" / "bin" / "python"
    if not python.exists():
        absent(f"the server of tests/{name} is not installed: make test-deposit")
    script = REPOSITORY / "tests" / name / "serve.py"
    log = (folder.parent / f"{name}.log").open("w")
    process = subprocess.Popen(
        [python, script, folder, "0", *arguments], stdout=log, stderr=subprocess.STDOUT
    )
    try:
        yield _answering(process, folder / "server.json", Path(log.name))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        log.close()


def _answering(process: subprocess.Popen[bytes], told: Path, log: Path) -> Server:
    for _ in range(SECONDS * 5):
        if told.exists() and (text := told.read_text()):
            return Server(**json.loads(text))
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise AssertionError(f"the server does not start:\n{log.read_text()[-3000:]}")
