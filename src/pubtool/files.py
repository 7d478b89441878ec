"""Writing files whole or not at all, and the folders a user's own files lie in."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import time
from pathlib import Path

# Names to workers the folder of their run, which none but its owner may enter.
RUN = "PUBTOOL_RUN"
_NEIGHBOUR = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
# A neighbour younger than this may not have been locked yet by the process that writes it.
_YOUNG_SECONDS = 2.0


def cache_folder() -> Path:
    """Where lies what can be made again: $XDG_CACHE_HOME/pubtool, else ~/.cache/pubtool."""
    return _home("XDG_CACHE_HOME", ".cache") / "pubtool"


def data_folder() -> Path:
    """Where lies what the user has added: $XDG_DATA_HOME/pubtool, else ~/.local/share/pubtool."""
    return _home("XDG_DATA_HOME", ".local/share") / "pubtool"


def _home(variable: str, otherwise: str) -> Path:
    named = os.environ.get(variable)
    return Path(named) if named else Path.home() / otherwise


def write_whole(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that under its name stands either the old content or all of the new.

    The data goes to a neighbour, is flushed to the disk if it is to be `lasting`, and takes the
    name in one step. What need not last, since whoever reads it can tell if it is whole, is not
    waited for. Raises OSError; the neighbour is then removed.
    """
    neighbour = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with neighbour.open("wb") as file:
            _lock(file.fileno())
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
            neighbour.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            neighbour.unlink()
        raise


def sweep(folder: Path) -> None:
    """Remove the neighbours that a killed process left in a folder; those in use are locked."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _NEIGHBOUR.fullmatch(path.name):
                _sweep_one(path)


def _sweep_one(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("rb") as file:
        old = time.time() - os.fstat(file.fileno()).st_mtime > _YOUNG_SECONDS
        if old and _lock(file.fileno()):
            path.unlink()


def _lock(descriptor: int) -> bool:
    """Lock a file until it is closed; False where another process has it, or none can be had."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
