"""One Java machine for all workers of a run: a process beside them that checks their EPUBs.

Java takes some seconds to get epubcheck's schemas ready, and memory; so once is enough. Who gets no
answer, because there is no such process or because a book holds it up, checks for himself.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Thread
from typing import Any

from pubtool.checks import epubcheck
from pubtool.checks.epubcheck import Message
from pubtool.diagnostics import PubtoolError
from pubtool.files import RUN

_SOCKET = "epubcheck"
# How long a book may hold up others, in seconds; the first waits for Java too.
_PATIENCE = 60
# How long the process may take to begin to listen, in seconds.
_BEGIN = 5.0
# The folder of the run, once nobody listened or answered there.
_missed: list[str] = []


def serve(folder: str) -> None:
    """Check the EPUBs that come to the socket in `folder`, until the process is ended."""
    with Listener(str(Path(folder, _SOCKET)), "AF_UNIX") as listener:
        while True:
            Thread(target=_answer, args=(listener.accept(),), daemon=True).start()


def _answer(book: Connection[Any, Any]) -> None:
    """Answer with epubcheck's messages as JSON, or with nothing where it cannot be had."""
    with book, suppress(EOFError, OSError):
        data = book.recv_bytes()
        try:
            said = json.dumps([asdict(message) for message in epubcheck.told(data)])
        except PubtoolError:
            return
        book.send_bytes(said.encode())


def messages(epub: bytes) -> list[Message]:
    """Everything epubcheck says about a book. Raises ToolMissing, ToolFailed."""
    answer = _asked(epub)
    return epubcheck.told(epub) if answer is None else answer


def _asked(epub: bytes) -> list[Message] | None:
    """What the process of this run says; None without one, and where it does not answer."""
    service = _service()
    if service is None:
        return None
    with service, suppress(EOFError, OSError):
        service.send_bytes(epub)
        if service.poll(_PATIENCE):
            return [Message(**row) for row in json.loads(service.recv_bytes())]
    # What holds it up may do so for ever: this process does not wait a second time.
    _missed.append(os.environ.get(RUN, ""))
    return None


def _service() -> Connection[Any, Any] | None:
    folder, ends = os.environ.get(RUN), time.monotonic() + _BEGIN
    while folder and not _missed:
        try:
            return Client(str(Path(folder, _SOCKET)), "AF_UNIX")
        except OSError:
            if time.monotonic() > ends:
                _missed.append(folder)
            time.sleep(0.05)
    return None
