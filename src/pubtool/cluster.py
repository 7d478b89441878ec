"""The workers of a Dask cluster behind the interface of `concurrent.futures`.

Each Dask worker does the work in a process of its own beside it (`workers`), so that time limit,
memory limit and the death of a chapter are what they are on one machine. What is sent are paths:
the workers must see the chapters under the same names as we do, or under an address (`remote`).
A task whose Dask worker is gone is done again by another one, a few times.
"""

from __future__ import annotations

import functools
import logging
import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pubtool import __version__
from pubtool.diagnostics import ClusterFailed, ToolMissing, WorkerDied

P = ParamSpec("P")
T = TypeVar("T")

# Waiting for the scheduler, and for a first worker to report there.
PATIENCE_SECONDS = 20
# An adaptive cluster only grows while tasks wait for it.
_FEWEST = 16
_LOST = "the connection to the scheduler was lost"
_LOGS = ("distributed", "distributed.client")


class Cluster(Executor):
    """The cluster behind a scheduler; a task may take `seconds` (0: any time).

    Raises ToolMissing where Dask is not installed, ClusterFailed where nothing answers.
    """

    def __init__(self, address: str, *, seconds: float = 0, megabytes: int = 0) -> None:
        self._address = address
        self._limits = (seconds, megabytes)
        self._client = _client(address)
        # Otherwise a call like an earlier one would be answered by the earlier result.
        self._executor = self._client.get_executor(pure=False)

    @property
    def count(self) -> int:
        """How many tasks it does at a time, as far as that is known."""
        threads: dict[str, int] = self._client.ncores()
        return max(_FEWEST, sum(threads.values()))

    @property
    def _connected(self) -> bool:
        return bool(self._client.status == "running")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do a call on a worker; function, arguments and result must be picklable.

        The future fails with OutOfTime, WorkerDied, ClusterFailed, or what the call raised.
        """
        # Packed once, whatever it passes through on its way.
        call = pickle.dumps(functools.partial(fn, *args, **kwargs))
        given = (__version__, os.getcwd(), *self._limits)
        future: Future[T] = Future()
        if not self._connected:
            # Dask would wait for the scheduler to come back, with all that it was told forgotten.
            future.set_exception(ClusterFailed(_LOST))
            return future
        theirs = self._executor.submit(_apart, call, *given)
        theirs.add_done_callback(lambda done: self._pass_on(done, future))
        return future

    def _pass_on(self, theirs: Future[Any], ours: Future[Any]) -> None:
        """Settle our future as theirs is, a failure of Dask's in our words."""
        if theirs.cancelled():
            ours.set_exception(ClusterFailed(_LOST))
            return
        error = theirs.exception()
        if error is not None:
            ours.set_exception(_in_our_words(error))
            return
        try:
            ours.set_result(pickle.loads(theirs.result()))  # noqa: S301  (from our own workers)
        except Exception as error:
            ours.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on without us."""
        with suppress(Exception):
            self._executor.shutdown(wait=wait and self._connected, cancel_futures=cancel_futures)
        with suppress(Exception):
            self._client.close(timeout=2)

    def kill(self) -> None:
        """Leave the cluster at once; what has not begun is given up."""
        self.shutdown(wait=False, cancel_futures=True)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        hint = "Install it with: pip install 'pubtool[cluster]'"
        raise ToolMissing("Dask distributed is not installed; --scheduler needs it", hint) from None
    # Lost workers and connections are told as findings.
    for name in _LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterFailed(f"no scheduler answers at {address}: {error}") from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError:
        client.close()
        raise ClusterFailed(f"the scheduler at {address} has no workers") from None
    return client


def _in_our_words(error: BaseException) -> BaseException:
    """A failure of Dask's as one of ours; others as they are."""
    kind = type(error).__name__
    if kind == "KilledWorker":
        return WorkerDied("the cluster lost the workers that had the chapter")
    if kind in ("FutureCancelledError", "CancelledError", "CommClosedError"):
        return ClusterFailed(_LOST)
    return error


# ── on the worker ──


def _apart(call: bytes, version: str, folder: str, seconds: float, megabytes: int) -> bytes:
    """Do a pickled call in a process beside this worker, in the folder of who asked.

    Returns the pickled result. Raises ClusterFailed where this worker is not set up for it.
    """
    from distributed import get_worker

    name = get_worker().address
    if version != __version__:
        message = f"the worker at {name} has pubtool {__version__}, not {version}"
        raise ClusterFailed(message)
    if not Path(folder).is_dir():
        raise ClusterFailed(f"the worker at {name} does not see the folder {folder}")
    processes: Executor = _beside(seconds, megabytes)
    return processes.submit(_in_folder, folder, call).result()


@functools.cache
def _beside(seconds: float, megabytes: int) -> Any:
    """The processes beside this worker, one for each of its threads."""
    from distributed import get_worker

    from pubtool.checks.attendant import serve
    from pubtool.workers import Workers

    # Dask's workers are daemons, which may have no children; ours end when their pipe closes.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    count = get_worker().state.nthreads
    served = serve if count > 1 else None
    return Workers(count, seconds=seconds, megabytes=megabytes, serve=served)


def _in_folder(folder: str, call: bytes) -> bytes:
    os.chdir(folder)
    return pickle.dumps(pickle.loads(call)())  # noqa: S301  (from whoever may run programs here)
