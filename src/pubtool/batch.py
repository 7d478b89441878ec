"""Many chapters, each a job, on any `concurrent.futures` executor.

    job ─▶ made before from the same? ─▶ yes: put in place
                                      └▶ no: executor ─▶ work (pipeline.export) ─▶ keep ─▶ done

A chapter that fails, kills its worker or takes too long is a finding; the others go on.
"""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from pubtool.aside import Aside, Hear, aside, possible
from pubtool.diagnostics import (
    Diagnostic,
    OutOfTime,
    Place,
    PubtoolError,
    WorkerDied,
    failure,
    found,
)
from pubtool.outcome import Done, Job, Outcome
from pubtool.settings import Settings
from pubtool.source import MEGABYTE
from pubtool.storage import is_remote, shown

# So many jobs for each worker are under way or waiting with the executor.
AHEAD = 2
# The format that takes as long as all others together.
LONGEST = "pdf"
_ALL = "all"
Branches: TypeAlias = "Mapping[str, Aside[Any]]"


def decided(job: Job) -> Done | None:
    """The results of a job whose inputs have not changed, put in place; None if it is to be done.

    Nothing heavy is loaded for it.
    """
    if not job.cached or is_remote(job.path) or is_remote(job.out):
        return None
    from pubtool import inputs, store

    started = time.perf_counter()
    try:
        done = store.recall(job, inputs.key(job))
    except OSError:
        return None
    return _finished(done, started) if done is not None else None


def run(
    jobs: Iterable[Job],
    executor: Executor,
    window: int,
    stop: Callable[[Done], bool] = lambda done: False,
) -> Iterator[Done]:
    """Each job's results as soon as they are there, in whatever order.

    At most `window` jobs are with the executor at a time. Once `stop` says so of one, no other is
    begun; those under way are still finished.
    """
    waiting = iter(jobs)
    running = _submitted(islice(waiting, window), executor)
    going = True
    while running:
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in ended:
            done = settled(running.pop(future), future)
            going = going and not stop(done)
            if going:
                running |= _submitted(islice(waiting, 1), executor)
            yield done


def _submitted(jobs: Iterable[Job], executor: Executor) -> dict[Future[Done], Job]:
    return {executor.submit(_way(job), job): job for job in jobs}


def _way(job: Job) -> Callable[[Job], Done]:
    """How a job is done: as it is, or brought here first."""
    if not is_remote(job.path) and not is_remote(job.out):
        return work
    from pubtool import remote

    return remote.work


def settled(job: Job, future: Future[Done]) -> Done:
    """The results of a job, or why there are none, as a finding."""
    error = future.exception()
    return future.result() if error is None else Done(job, findings=(_why(job, error),))


def work(job: Job, apart: Branches | None = None) -> Done:
    """Export a chapter; whatever goes wrong becomes a finding. Called in a worker.

    What is being made `apart`, in processes of their own, is by format.
    """
    from pubtool import inputs, store

    started = time.perf_counter()
    before = inputs.key(job) if job.cached else ""
    outcomes: list[Outcome] = []
    findings: list[Diagnostic] = []
    with _told(job, findings), _within(job.settings.limits.chapter_megabytes):
        for result in _exported(job, apart or {}):
            if isinstance(result, Outcome):
                outcomes.append(result)
                findings += result.findings
            else:
                findings.append(result)
    done = Done(job, tuple(outcomes), tuple(findings))
    # What was changed meanwhile was perhaps read before, perhaps after.
    if before and not done.failed and before == inputs.key(job):
        store.keep(done, before, _absent(done))
    return _finished(done, started)


def _exported(job: Job, apart: Branches) -> Iterator[Outcome | Diagnostic]:
    from pubtool import pipeline
    from pubtool.formats import expanded

    names, optional = expanded(job.asked)
    return pipeline.export(job.path, names, job.settings, job.out, job.level, optional, apart=apart)


def _absent(done: Done) -> list[str]:
    """The files of formats that cannot be made of a chapter."""
    from pubtool.formats import expanded, formats

    made = {outcome.format for outcome in done.outcomes}
    names = expanded(done.job.asked)[0]
    return [f"{done.job.stem}{formats()[name].suffix}" for name in names if name not in made]


def _finished(done: Done, started: float) -> Done:
    """The results with their time, once the pages of the PDF stand in the chapter, if asked."""
    from dataclasses import replace

    said: list[str] = []
    findings = list(done.findings)
    if done.job.write_pages:
        with _told(done.job, findings):
            said = list(_pages_written(done))
    seconds = time.perf_counter() - started
    return replace(done, findings=tuple(findings), seconds=seconds, said=tuple(said))


def _pages_written(done: Done) -> Iterator[str]:
    from pubtool import pipeline

    for outcome in done.outcomes:
        pages = pipeline.write_pages(done.job.path, outcome)
        if pages is not None:
            said = f"pages {pages.first} to {pages.last}; export again for formats that tell"
            yield f"{done.job.path}: {said}"


# ── a single chapter ──


@contextmanager
def begun(job: Job) -> Iterator[Branches]:
    """What is made apart of a single chapter: its PDF, where there is a processor to spare.

    It is begun before anything else is loaded, even what tells whether there is anything to do.
    """
    several = len(job.asked) > 1 or _ALL in job.asked
    remote = is_remote(job.path) or is_remote(job.out)
    if not several or remote or not {LONGEST, _ALL} & set(job.asked) or not possible():
        yield {}
        return
    with aside(partial(_longest, job)) as branch:
        yield {LONGEST: branch}


def alone(job: Job, apart: Branches) -> Done:
    """The results of a single chapter, which needs no worker: this process does it."""
    from pubtool.here import Here

    here = Here(job.settings.limits.chapter_seconds)
    call = partial(work, apart=apart) if apart else _way(job)
    return settled(job, here.submit(call, job))


def _longest(job: Job, parts: Hear) -> Any:
    """The PDF of a job; called in a process of its own, where `parts` waits for what it needs."""
    from pubtool.formats import expanded
    from pubtool.making import made_apart

    names, _ = expanded(job.asked)
    return made_apart(job.path, LONGEST, names, job.settings, job.out, parts)


# ── limits and failures ──


@contextmanager
def _told(job: Job, findings: list[Diagnostic]) -> Iterator[None]:
    """Whatever ends the work on a chapter, as a finding."""
    try:
        yield
    except Exception as error:
        findings.append(_why(job, error))


def _why(job: Job, error: BaseException) -> Diagnostic:
    place, limits = Place(shown(job.path)), job.settings.limits
    match error:
        case WorkerDied() | OutOfTime():
            return found(
                "PT904" if isinstance(error, WorkerDied) else "PT906", place, error.message
            )
        case MemoryError():
            message = f"more than {limits.chapter_megabytes} MB of memory would be needed"
            return found("PT905", place, message)
        case PubtoolError() | OSError():
            return failure(error)
    return found("PT907", place, f"{type(error).__name__}: {error}")


@contextmanager
def _within(megabytes: int) -> Iterator[None]:
    """Let this process allocate no more than that (0: any amount); then MemoryError is raised."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with suppress(ValueError, OSError):
        if megabytes:
            resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, before[1]))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, before)


def most_generous(jobs: Iterable[Job]) -> Settings:
    """Of the settings of several projects those that give a chapter the most time (0: any)."""
    return max((job.settings for job in jobs), key=lambda s: s.limits.chapter_seconds or math.inf)
