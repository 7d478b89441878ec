"""Writing files whole or not at all, and the folders a user's own files lie in."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def cache_folder() -> Path:
    """Where lies what can be made again: $XDG_CACHE_HOME/pubtool, else ~/.cache/pubtool."""
    return _home("XDG_CACHE_HOME", ".cache") / "pubtool"


def data_folder() -> Path:
    """Where lies what the user has added: $XDG_DATA_HOME/pubtool, else ~/.local/share/pubtool."""
    return _home("XDG_DATA_HOME", ".local/share") / "pubtool"


def _home(variable: str, otherwise: str) -> Path:
    named = os.environ.get(variable)
    return Path(named) if named else Path.home() / otherwise


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that under its name stands either the old content or all of the new.

    The data goes to a neighbour, is flushed to the disk, and takes the name in one step.
    Raises OSError; the neighbour is then removed.
    """
    neighbour = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with neighbour.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        neighbour.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            neighbour.unlink()
        raise
