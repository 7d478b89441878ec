"""Many chapters through Dask, two workers on this machine, beside the same through our own pool.

    python benchmarks/cluster.py [COUNT] [FORMATS] [CALLS]

COUNT chapters (1000) in FORMATS (jats,html,epub,pdf) go in turns of a tenth to one and the other,
so that what else the machine does befalls both. Wall clock, and the time of processors of all that
takes part; then the cost of a call that does nothing (CALLS of them, 300).
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

from pubtool import batch, config
from pubtool.cluster import Cluster
from pubtool.outcome import Job
from pubtool.workers import Workers

CHAPTER = Path(__file__).parents[1] / "tests" / "rules" / "good"
WORKERS, TURNS = 2, 10
LIMIT = 1.05
# What docs/scaling.md tells whoever starts workers: Dask is not to watch how we spend our time.
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
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


def main(count: int = 1000, formats: str = "jats,html,epub,pdf", calls: int = 300) -> int:
    """Measure, and say whether the limit is kept."""
    os.environ.update(QUIET)
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        jobs = _jobs(Path(name), count, tuple(formats.split(",")))
        with (
            LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=":0") as local,
            Cluster(local.scheduler_address) as cluster,
            Workers(WORKERS) as pool,
        ):
            ours, dask = _chapters(pool, cluster, jobs)
            nothing = [_nothing(executor, calls) for executor in (pool, cluster)]
    ratio, of_processor = dask.wall / ours.wall, dask.processor / ours.processor
    for label, spent in (("our pool", ours), ("Dask", dask)):
        per = f"{1000 * spent.processor / count:.1f} ms of processor a chapter"
        print(f"{label:<9} {count} chapters in {spent.wall:.1f} s, {per}")
    for label, spent in zip(("our pool", "Dask"), nothing, strict=True):
        wall, processor = (1000 * s / calls for s in (spent.wall, spent.processor))
        print(
            f"{label:<9} a call that does nothing: {wall:.2f} ms, {processor:.2f} ms of processor"
        )
    kept = "kept" if ratio <= LIMIT else "MISSED"
    print(f"ratio {ratio:.3f} of wall clock, {of_processor:.3f} of processor; limit {LIMIT} {kept}")
    return 0 if ratio <= LIMIT else 1


def _jobs(folder: Path, count: int, formats: tuple[str, ...]) -> list[Job]:
    text = (CHAPTER / "chapter.xml").read_text()
    for path in CHAPTER.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(CHAPTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    settings, _ = config.load(folder)
    jobs = []
    for number in range(count):
        path = folder / f"ch{number}.xml"
        path.write_text(text.replace("without a fault", f"without a fault, number {number}"))
        jobs.append(Job(path, formats, settings, folder / "build", "quick", cached=False))
    return jobs


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


def _nothing(executor: Executor, calls: int) -> Spent:
    spent = Spent()
    spent.add(lambda: [f.result() for f in [executor.submit(os.getpid) for _ in range(calls)]])
    return spent


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    named = [a for a in sys.argv[1:] if not a.isdigit()]
    sys.exit(main(*(numbers[:1] or [1000]), *(named or ["jats,html,epub,pdf"]), *numbers[1:2]))
