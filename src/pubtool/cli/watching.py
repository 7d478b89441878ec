"""`pubtool export --watch`: what is to be done at first, and again whenever a file has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import click

from pubtool import config, inputs
from pubtool.diagnostics import Diagnostic
from pubtool.outcome import Job

Plan: TypeAlias = "tuple[list[Job], list[Diagnostic]]"
_EVERY_SECONDS = 0.5


def watched(plan: Callable[[], Plan]) -> Iterator[Plan]:
    """The plan, then for ever those jobs of it of which a file has changed or is new.

    Looks twice a second at name, size and time of change of every file that is known to matter.
    """
    seen: dict[Path, tuple[object, ...]] = {}
    while True:
        jobs, findings = plan()
        states = {job.path: _state(job) for job in jobs}
        changed = [job for job in jobs if seen.get(job.path) != states[job.path]]
        seen = states
        if changed:
            yield changed, findings
            click.echo("watching for changes; Ctrl-C ends", err=True)
        time.sleep(_EVERY_SECONDS)


def _state(job: Job) -> tuple[object, ...]:
    """Name, size and time of change of each file that decides over a job's artifacts."""
    toml = job.settings.root / config.FILE
    return tuple((path, *_stamp(path)) for path in (toml, *inputs.files(job)))


def _stamp(path: Path) -> tuple[int, int]:
    with suppress(OSError):
        known = path.stat()
        return known.st_size, known.st_mtime_ns
    return 0, 0
