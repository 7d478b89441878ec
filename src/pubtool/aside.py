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
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Aside(Generic[T]):
    """A call under way in a process of its own."""

    end: Connection[Any, Any]

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
def aside(call: Callable[[], T]) -> Iterator[Aside[T]]:
    """Make a call, which must return something picklable, in a process of its own."""
    ours, theirs = Pipe(duplex=False)
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


def _answer(call: Callable[[], T], end: Connection[Any, Any]) -> None:
    """Send the result of a call and leave; of a failure nothing is said."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        end.send(call())
    finally:
        os._exit(0)
