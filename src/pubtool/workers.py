"""Worker processes behind the interface of `concurrent.futures`, which outlive their deaths.

A worker is a process of its own that does one task at a time. A task at which it dies is tried
once more in a new one; the second death is the task's failure, and costs no other task anything.
A task beyond its time is ended with its worker and all that the worker started.

Workers branch off from a server process that has imported everything heavy and holds no threads;
where there is no such server they start from nothing.
"""

from __future__ import annotations

import atexit
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, ParamSpec, TypeAlias, TypeVar

from pubtool.diagnostics import OutOfTime, WorkerDied
from pubtool.files import RUN
from pubtool.servant import Servant, Serve, context

P = ParamSpec("P")
T = TypeVar("T")
_Call: TypeAlias = "tuple[Callable[..., Any], Sequence[Any], dict[str, Any]]"

# What a worker may need, for the number of workers by default.
WORKER_MEGABYTES = 400
_MEGABYTE = 1_000_000
_TRIES = 2


@dataclass(frozen=True, slots=True)
class _Task:
    """A call (function, arguments, named arguments) and the future that waits for it."""

    call: _Call
    future: Future[Any] = field(default_factory=Future)


class _Died(Exception):
    """The worker is gone; its exit code says how."""


class Workers(Executor):
    """`count` workers; a task may take `seconds` (0: any time).

    A worker above `megabytes` of resident memory after two tasks is replaced by a new one.
    `serve` is called, in a process of its own beside them, with the folder that RUN names to them
    all; it is ended with them.
    """

    def __init__(
        self, count: int, *, seconds: float = 0, megabytes: int = 0, serve: Serve | None = None
    ) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._folder = tempfile.TemporaryDirectory(prefix="pubtool-", ignore_cleanup_errors=True)
        self._servant = Servant(serve, self._folder.name) if serve else None
        told = {RUN: self._folder.name} if serve else {}
        self._lanes = [_Lane(self._folder.name, seconds, megabytes, told) for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), daemon=True) for lane in self._lanes
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do a call in a worker; function, arguments and result must be picklable.

        The future fails with OutOfTime, WorkerDied, or what the call raised.
        """
        task = _Task((fn, args, kwargs))
        self._tasks.put(task)
        return task.future

    def _serve(self, lane: _Lane) -> None:
        while (task := self._tasks.get()) is not None:
            if task.future.set_running_or_notify_cancel():
                _settle(task, lane)
        lane.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers after what they are at, or after all that was submitted."""
        if cancel_futures:
            with suppress(Empty):
                while True:
                    task = self._tasks.get_nowait()
                    if task is not None:
                        task.future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
            self._dismiss_servant()
            self._folder.cleanup()

    def kill(self) -> None:
        """End all workers at once, with all that they have started."""
        self._dismiss_servant()
        for lane in self._lanes:
            lane.retire()
        self.shutdown(cancel_futures=True)

    def _dismiss_servant(self) -> None:
        if self._servant is not None:
            self._servant.end()


def _settle(task: _Task, lane: _Lane) -> None:
    try:
        result = lane.do(task.call)
    except BaseException as error:
        task.future.set_exception(error)
    else:
        task.future.set_result(result)


class _Lane:
    """A worker and those that follow it; `told` is added to what their environment says."""

    def __init__(self, folder: str, seconds: float, megabytes: int, told: dict[str, str]) -> None:
        self._folder, self._told = folder, told
        self._seconds = seconds or None
        self._bytes = megabytes * _MEGABYTE
        self._process: Any = None
        self._pipe: Connection | None = None
        self._fat = 0
        self._retired = False

    def do(self, call: _Call) -> Any:
        """The result of a call. Raises OutOfTime, WorkerDied, and what the call raises."""
        said = ""
        for _ in range(_TRIES):
            try:
                good, result, resident = self._asked(call)
            except _Died as death:
                said = str(death)
                continue
            self._weigh(resident)
            if good:
                return result
            raise result
        raise WorkerDied(said)

    def _asked(self, call: _Call) -> tuple[bool, Any, int]:
        pipe = self._started()
        try:
            pipe.send(call)
            if not pipe.poll(self._seconds):
                self.stop()
                raise OutOfTime(self._seconds or 0)
            answer: tuple[bool, Any, int] = pipe.recv()
        except (EOFError, ConnectionError):
            raise _Died(self._cause()) from None
        return answer

    def _started(self) -> Connection:
        """The pipe to a running worker. Raises _Died once the lane has been retired."""
        if self._retired:
            raise _Died("it was stopped")
        if self._pipe is None:
            begin = context()
            self._pipe, theirs = begin.Pipe()
            given = (theirs, {**os.environ, **self._told}, self._folder)
            self._process = begin.Process(target=_work, args=given, daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _cause(self) -> str:
        process = self._process
        self.stop()
        code = process.exitcode if process is not None else None
        if code is not None and code < 0:
            return f"it was ended by {signal.Signals(-code).name}"
        return f"it ended with exit code {code}"

    def _weigh(self, resident: int) -> None:
        """Let a worker go that has stayed too large."""
        self._fat = self._fat + 1 if self._bytes and resident > self._bytes else 0
        if self._fat >= _TRIES:
            self.close()

    def close(self) -> None:
        """Let the worker end by itself."""
        if self._pipe is not None:
            self._pipe.close()
            self._process.join(5)
        self.stop()

    def stop(self) -> None:
        """End the worker and all that it has started."""
        process, self._process, self._pipe, self._fat = self._process, None, None, 0
        if process is not None:
            _kill(process.pid)
            process.join()

    def retire(self) -> None:
        """End the worker for good."""
        self._retired = True
        process = self._process
        if process is not None:
            _kill(process.pid)


def _kill(pid: int) -> None:
    """End the group of a worker, which leads it; one that has not got so far, alone."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


# ── in the worker ──


def _work(pipe: Connection, environment: dict[str, str], folder: str) -> None:
    """Answer calls until the other end is closed: (it went well, result or error, memory)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.environ.clear()
    os.environ.update(environment, TMPDIR=folder)
    tempfile.tempdir = folder
    with suppress(EOFError, ConnectionError):
        while True:
            pipe.send((*_answer(pipe.recv()), resident()))
    # A worker leaves without the interpreter's farewell.
    atexit._run_exitfuncs()


def _answer(call: _Call) -> tuple[bool, Any]:
    function, arguments, named = call
    try:
        return True, function(*arguments, **named)
    except Exception as error:
        return False, error


def resident() -> int:
    """The resident memory of this process in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


def default_count() -> int:
    """How many workers suit this machine: one a core, fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _free_megabytes() // WORKER_MEGABYTES))


def _free_megabytes() -> int:
    """The memory that may still be used; a lot where the system does not tell."""
    with suppress(OSError, ValueError, StopIteration), open("/proc/meminfo") as file:
        line = next(line for line in file if line.startswith("MemAvailable"))
        return int(line.split()[1]) * 1024 // _MEGABYTE
    return 1 << 20
