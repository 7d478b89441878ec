"""How a run over chapters goes: what is unchanged, what workers do, progress, and its end."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool import batch
from pubtool.cli.projects import format_names
from pubtool.files import sweep
from pubtool.outcome import Done, Job
from pubtool.settings import Limits
from pubtool.storage import put

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pubtool.cluster import Cluster
    from pubtool.workers import Workers

INTERRUPTED = 130
# How long a run may take to end after Ctrl-C, in seconds.
_PATIENCE_SECONDS = 3


@dataclass
class Run:
    """One run: its jobs in order, what is done of them, when it began, and if it was stopped."""

    jobs: list[Job]
    done: dict[Path, Done] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)
    stopped: bool = False

    @property
    def results(self) -> list[Done]:
        """The results in the order of the chapters."""
        return [self.done[job.path] for job in self.jobs if job.path in self.done]

    @property
    def left(self) -> list[Job]:
        """The jobs without a result."""
        return [job for job in self.jobs if job.path not in self.done]

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return time.perf_counter() - self.started

    def say_stopped(self) -> None:
        """Say once that the run was ended before its end."""
        if not self.stopped:
            self.stopped = True
            said = f"stopped: {len(self.done)} of {len(self.jobs)} chapters are done"
            click.echo(f"\n{said}; the same command does the rest", err=True)

    def summary(self) -> str:
        """The run in a line."""
        results = self.results
        counts = {
            "exported": sum(not one.failed and not one.cached for one in results),
            "unchanged": sum(one.cached for one in results),
            "failed": sum(one.failed for one in results),
            "not begun": len(self.left),
        }
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        return f"{len(self.jobs)} chapters: {told or 'nothing to do'}, in {self.seconds:.2f} s"


class Crew:
    """The processes that export chapters, `jobs` at a time, started when they are needed.

    A single chapter needs none, unless more than one is asked for: this process exports it. With
    the address of a `scheduler` all are exported by its cluster.
    """

    def __init__(self, jobs: int | None, scheduler: str | None = None) -> None:
        self._asked = jobs
        self._scheduler = scheduler
        self._workers: Workers | Cluster | None = None
        self._count = 1

    def is_called_for(self, jobs: Sequence[Job]) -> bool:
        """False for a single chapter, unless workers are asked for or are there already."""
        wanted = self._scheduler is not None or self._workers is not None or (self._asked or 1) > 1
        return len(jobs) > 1 or (wanted and bool(jobs))

    def ready_for(self, jobs: Sequence[Job]) -> tuple[Executor, int]:
        """An executor for these jobs, and how many of them it should have at a time."""
        from pubtool.checks.attendant import serve
        from pubtool.workers import Workers, default_count

        limits = batch.most_generous(jobs).limits
        if self._scheduler and self._workers is None:
            self._workers, self._count = self._cluster(self._scheduler, limits)
        if self._workers is None:
            self._count = min(self._asked or default_count(), len(jobs))
            self._workers = Workers(
                self._count,
                seconds=limits.chapter_seconds,
                megabytes=limits.worker_megabytes,
                serve=serve if self._count > 1 else None,
            )
        return self._workers, self._count * batch.AHEAD

    def _cluster(self, address: str, limits: Limits) -> tuple[Cluster, int]:
        from pubtool.cluster import Cluster

        seconds, megabytes = limits.chapter_seconds, limits.worker_megabytes
        cluster = Cluster(address, seconds=seconds, megabytes=megabytes)
        return cluster, self._asked or cluster.count

    def dismiss(self) -> None:
        """End the workers after their work."""
        if self._workers is not None:
            self._workers.shutdown()

    def kill(self) -> None:
        """End the workers at once."""
        if self._workers is not None:
            self._workers.kill()


def results(run: Run, crew: Crew, *, fail_fast: bool) -> Iterator[Done]:
    """What becomes of each chapter, the unchanged ones first."""
    if not crew.is_called_for(run.jobs):
        yield from map(_alone, run.jobs)
        return
    waiting = []
    for job in run.jobs:
        done = batch.decided(job)
        if done is None:
            waiting.append(job)
        else:
            yield done
    if not crew.is_called_for(waiting):
        yield from map(_alone, waiting)
        return
    for asked in {job.asked for job in waiting}:
        format_names(",".join(asked))
    executor, window = crew.ready_for(waiting)
    yield from batch.run(waiting, executor, window, lambda done: fail_fast and done.failed)


def _alone(job: Job) -> Done:
    """A single chapter, whose PDF is begun before it is known whether anything is to be done."""
    with batch.begun(job) as apart:
        done = batch.decided(job)
        if done is None:
            format_names(",".join(job.asked))
            done = batch.alone(job, apart)
        return done


def carry_out(run: Run, crew: Crew, *, fail_fast: bool) -> None:
    """Do the jobs of a run, with a progress bar if there are several and a terminal.

    What killed runs left half written in the folders of results is removed first.
    """
    for out in {job.out for job in run.jobs}:
        sweep(out)
    with stoppable(run), _progress(len(run.jobs)) as advance:
        for done in results(run, crew, fail_fast=fail_fast):
            run.done[done.job.path] = done
            for line in done.said:
                click.echo(line, err=True)
            advance()
    if any(not done.cached for done in run.results):
        from pubtool import store

        store.trim(max(job.settings.cache.megabytes for job in run.jobs))


@contextmanager
def _progress(count: int) -> Iterator[Callable[[], None]]:
    """A bar with rate and remaining time on standard error; what is called moves it on."""
    if count < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    bar = Progress(
        TextColumn("Exporting"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), Remaining(), console=Console(stderr=True),
    )  # fmt: skip
    started = time.perf_counter()
    with bar:
        task = bar.add_task("", total=count, rate="")

        def advance() -> None:
            bar.advance(task)
            finished = bar.tasks[0].completed
            rate = finished / max(time.perf_counter() - started, 1e-6)
            bar.update(task, rate=f"{rate:.1f} chapters a second")

        yield advance


@contextmanager
def stoppable(run: Run) -> Iterator[None]:
    """Let Ctrl-C end the run within seconds, come what may.

    If it comes just as Python imports a module, that may stay locked, and threads of checks would
    wait for it for ever.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def stop(*_: object) -> None:
        last = threading.Timer(_PATIENCE_SECONDS, _leave, (run,))
        last.daemon = True
        last.start()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(run: Run) -> None:
    run.say_stopped()
    os._exit(INTERRUPTED)


def interrupted(run: Run, crew: Crew) -> None:
    """End at once after Ctrl-C, with one line."""
    crew.kill()
    run.say_stopped()
    sys.exit(INTERRUPTED)


def write_reports(run: Run) -> None:
    """Write report.json and report.junit.xml into each folder of results."""
    from pubtool import run_report

    for out in dict.fromkeys(job.out for job in run.jobs):
        done = [one for one in run.results if one.job.out == out]
        left = [job for job in run.left if job.out == out]
        told = run_report.as_json(done, left, run.seconds).encode()
        put(out / run_report.JSON_NAME, told)
        junit = run_report.as_junit(done, left, run.seconds)
        put(out / run_report.JUNIT_NAME, junit)
