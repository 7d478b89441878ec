"""A call made in a process of its own, while this one goes on.

Loading the engine of the PDF takes as long as everything else together; on a second processor it
costs no time. The process is branched off before anything heavy is loaded and before there is any
thread, writes no file under a final name, and is gone when the work is.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Hear = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Aside(Generic[T]):
    """A call under way in a process of its own."""

    end: Connection[Any, Any]

    def tell(self, what: object) -> None:
        """Let the call hear something picklable; in vain where it has failed."""
        with suppress(OSError):
            self.end.send(what)

    def result(self) -> T | None:
        """Wait for the result; None where the call failed, so that it is best made again here."""
        try:
            result: T = self.end.recv()
        except (EOFError, OSError):
            return None
        return result


def possible() -> bool:
    """True where branching off is safe and there is a processor to spare."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and _is_alone()


def _is_alone() -> bool:
    """True if there is no thread beside this one: a lock it holds would be held there for ever."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


@contextmanager
def aside(call: Callable[[Hear], T]) -> Iterator[Aside[T]]:
    """Make a call, which must return something picklable, in a process of its own.

    The call is given a function that waits for what it is told.
    """
    ours, theirs = Pipe()
    pid = os.fork()
    if pid == 0:
        ours.close()
        _answer(call, theirs)
    theirs.close()
    try:
        yield Aside(ours)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        ours.close()


def _answer(call: Callable[[Hear], T], end: Connection[Any, Any]) -> None:
    """Send the result of a call and leave; of a failure nothing is said.

    What it is told is read at once, so that nobody waits who tells it much.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0)
    told: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(end, told), daemon=True).start()
    try:
        end.send(call(told.get))
    finally:
        os._exit(0)


def _listen(end: Connection[Any, Any], told: SimpleQueue[Any]) -> None:
    """Pass on what is told; whoever would tell more is gone if nothing comes, and so are we."""
    try:
        while True:
            told.put(end.recv())
    except (EOFError, OSError):
        os._exit(0)
