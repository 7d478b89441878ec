"""Work that ends badly, for tests of what runs it; in a module so that workers can load it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from pubtool.outcome import Done, Job


def killed(job: Job) -> Done:
    """The process is gone, as when the system runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Done(job)


def killed_once(job: Job) -> Done:
    """The process is gone the first time only."""
    mark = Path(f"{job.path}.begun")
    if not mark.exists():
        mark.touch()
        killed(job)
    return Done(job)


def killed_at_wrong(job: Job) -> Done:
    """The process is gone at a chapter called wrong."""
    return killed(job) if job.path.stem == "wrong" else Done(job)


def endless(job: Job) -> Done:
    """A child that never ends either; its number stands beside the chapter."""
    child = os.fork()
    if child == 0:
        while True:
            time.sleep(1)
    Path(f"{job.path}.child").write_text(str(child))
    while True:
        pass


def failed(job: Job) -> Done:
    """An error that nobody foresaw."""
    raise ZeroDivisionError(job.path.name)
