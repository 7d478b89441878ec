"""How processes of pubtool begin, and one that serves others while they work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

Serve: TypeAlias = Callable[[str], None]
_PRELOADED = "pubtool.warmed"


def context() -> Any:
    """How workers start: never by a bare fork, which threads and Java forbid."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    branching = multiprocessing.get_context("forkserver")
    branching.set_forkserver_preload([_PRELOADED])
    return branching


class Servant:
    """A process that serves all workers until it is ended, or until this process is gone."""

    def __init__(self, serve: Serve, folder: str) -> None:
        begin = context()
        theirs, self._held = begin.Pipe(duplex=False)
        given = (theirs, serve, folder)
        self._process = begin.Process(target=_served, args=given, daemon=True)
        self._process.start()
        theirs.close()

    def end(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._held.close()


def _served(held: Connection, serve: Serve, folder: str) -> None:
    """Serve until the other end of the pipe is closed; what is temporary goes with the folder."""
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=serve, args=(folder,), daemon=True).start()
    with suppress(EOFError, OSError):
        held.recv()
    os._exit(0)
