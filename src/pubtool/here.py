"""An executor that is this process itself, for a single chapter: no worker has to be started."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from pubtool.diagnostics import OutOfTime

P = ParamSpec("P")
T = TypeVar("T")


class Here(Executor):
    """Does each call at once in this process; for a single chapter, which needs no worker.

    A call beyond `seconds` is broken off as soon as Python has the word.
    """

    def __init__(self, seconds: float = 0) -> None:
        self._seconds = seconds

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do a call. The future fails with OutOfTime, or what the call raised."""
        future: Future[T] = Future()
        try:
            future.set_result(self._done(lambda: fn(*args, **kwargs)))
        except _Late:
            future.set_exception(OutOfTime(self._seconds))
        except Exception as error:
            future.set_exception(error)
        return future

    def _done(self, call: Callable[[], T]) -> T:
        if not self._seconds or threading.current_thread() is not threading.main_thread():
            return call()
        before = signal.signal(signal.SIGALRM, _late)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


class _Late(BaseException):
    """The time is over; no part of the work may take it for a failure of its own."""


def _late(*_: object) -> None:
    raise _Late
