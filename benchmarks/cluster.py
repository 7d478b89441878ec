"""Many chapters through Dask, two workers on this machine, beside the same through our own pool.

    python benchmarks/cluster.py [COUNT] [FORMATS] [short]

COUNT chapters (1000) in FORMATS (jats,html,epub,pdf) go in turns of a tenth to one and the other,
so that what else the machine does befalls both. Wall clock, and the time of processors of all that
takes part; then the cost of a call that does nothing. The chapters are those of `batch.py`; `short`
takes chapters of two pages, on which what Dask costs weighs most.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.batch import chapters

from pubtool import batch, config
from pubtool.cluster import Cluster
from pubtool.outcome import Job
from pubtool.workers import Workers

SHORT = Path(__file__).parents[1] / "tests" / "rules" / "good"
WORKERS, TURNS, CALLS = 2, 10, 300
LIMIT = 1.05
# What docs/scaling.md tells whoever starts workers: Dask is not to watch how we spend our time.
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "1s",
}
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Spent:
    """Seconds of wall clock and of processors."""

    wall: float = 0.0
    processor: float = 0.0
    turns: list[float] = field(default_factory=list)

    def add(self, work: Callable[[], object]) -> None:
        """Do something, and count what it takes."""
        wall, processor = time.perf_counter(), processors()
        work()
        self.turns.append(time.perf_counter() - wall)
        self.wall += self.turns[-1]
        self.processor += processors() - processor


def processors() -> float:
    """The processor seconds of every process of this session so far."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(told[3]) == os.getsid(0):
                    total += sum(map(int, told[11:15]))
    return total / _TICK


def main(count: int, formats: str, *, short: bool) -> None:
    """Measure, and say whether the limit is kept."""
    os.environ.update(QUIET)
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        jobs = _jobs(Path(name), count, tuple(formats.split(",")), short=short)
        with (
            LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=":0") as local,
            Cluster(local.scheduler_address) as cluster,
            Workers(WORKERS) as pool,
        ):
            ours, dask = _chapters(pool, cluster, jobs)
            nothing = [_nothing(executor) for executor in (pool, cluster)]
    ratio, of_processor = dask.wall / ours.wall, dask.processor / ours.processor
    for label, spent in (("our pool", ours), ("Dask", dask)):
        per = f"{1000 * spent.processor / count:.1f} ms of processor a chapter"
        print(f"{label:<9} {count} chapters in {spent.wall:.1f} s, {per}")
    for label, spent in zip(("our pool", "Dask"), nothing, strict=True):
        wall, processor = (1000 * s / CALLS for s in (spent.wall, spent.processor))
        print(
            f"{label:<9} a call that does nothing: {wall:.2f} ms, {processor:.2f} ms of processor"
        )
    kept = "kept" if ratio <= LIMIT else "MISSED"
    print(f"ratio {ratio:.3f} of wall clock, {of_processor:.3f} of processor; limit {LIMIT} {kept}")


def _jobs(folder: Path, count: int, formats: tuple[str, ...], *, short: bool) -> list[Job]:
    paths = _short_chapters(folder, count) if short else chapters(folder, count)
    settings, _ = config.load(folder)
    out = folder / "build"
    return [Job(path, formats, settings, out, "quick", cached=False) for path in paths]


def _short_chapters(folder: Path, count: int) -> list[Path]:
    text = (SHORT / "chapter.xml").read_text()
    for path in SHORT.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(SHORT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    paths = [folder / f"ch{number}.xml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(text.replace("without a fault", f"without a fault, number {number}"))
    return paths


def _chapters(pool: Executor, cluster: Executor, jobs: list[Job]) -> tuple[Spent, Spent]:
    """What the jobs take in both, by turns; both have had a few before, to be warm."""
    warm = [replace(job, out=job.out / "warm") for job in jobs[: 4 * WORKERS]]
    for executor in (pool, cluster):
        _run(executor, warm)
    ours, dask = Spent(), Spent()
    size = max(1, len(jobs) // TURNS)
    for n, start in enumerate(range(0, len(jobs), size)):
        turn = jobs[start : start + size]
        pair = [(ours, pool), (dask, cluster)]
        for spent, executor in pair if n % 2 else reversed(pair):
            spent.add(lambda e=executor, t=turn: _run(e, t))  # type: ignore[misc]
    return ours, dask


def _run(executor: Executor, jobs: list[Job]) -> None:
    for done in batch.run(jobs, executor, WORKERS * batch.AHEAD):
        assert not done.failed, done.findings


def _nothing(executor: Executor) -> Spent:
    spent = Spent()
    spent.add(lambda: [f.result() for f in [executor.submit(os.getpid) for _ in range(CALLS)]])
    return spent


if __name__ == "__main__":
    asked = [a for a in sys.argv[1:] if a != "short"]
    counts = [int(a) for a in asked if a.isdigit()]
    named = [a for a in asked if not a.isdigit()]
    formats = named[0] if named else "jats,html,epub,pdf"
    main(counts[0] if counts else 1000, formats, short="short" in sys.argv)
