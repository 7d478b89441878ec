"""The same jobs on a Dask cluster: the same bytes, each really run, and a death costs little."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pubtool import batch, cluster
from pubtool.cluster import Cluster
from pubtool.diagnostics import ClusterFailed, OutOfTime, ToolFailed, Unreadable, found
from pubtool.diagnostics import Place as At
from tests import dying
from tests.chapters import files, job, project
from tests.test_bad_input import pubtool

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers with one thread each; their scratch files and cache in a folder of the test."""
    place = tmp_path_factory.mktemp("dask")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(place / "cache"))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0",
            local_directory=str(place), silence_logs=60,
        ) as local:  # fmt: skip
            yield local


@pytest.fixture
def two(dask: Any) -> Iterator[Cluster]:
    with Cluster(dask.scheduler_address, seconds=60) as executor:
        yield executor


def counted(mark: Path) -> int:
    """How often this has been called with the same argument."""
    with mark.open("a") as file:
        file.write("x")
    return mark.stat().st_size


def slow(mark: Path) -> int:
    """The Dask worker that waits for this, told in a file, and a while to kill it."""
    with mark.open("a") as file:
        file.write(f"{os.getpid()} ")
    time.sleep(3)
    return os.getpid()


def test_the_cluster_makes_the_same_bytes_as_one_machine(dask: Any, tmp_path: Path) -> None:
    here, there = project(tmp_path / "here", 4), project(tmp_path / "there", 4)
    asked = ("export", "--format", "jats,html,epub", "--check", "quick", "--no-cache")
    assert pubtool(*asked, cwd=here).returncode == 0
    done = pubtool(*asked, "--scheduler", dask.scheduler_address, cwd=there)
    assert done.returncode == 0, done.stderr
    assert "4 exported" in done.stdout
    assert files(here / "build") == files(there / "build")
    assert len(files(here / "build")) == 12


def test_findings_are_those_of_one_machine(dask: Any, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    chapter = folder / "ch2.xml"
    chapter.write_text(chapter.read_text().replace('rid="fig1"', 'rid="fig9"'))
    alone = pubtool("export", "--no-cache", cwd=folder)
    done = pubtool("export", "--no-cache", "--scheduler", dask.scheduler_address, cwd=folder)
    assert done.returncode == alone.returncode == 1
    assert "PT105" in done.stderr
    assert done.stderr == alone.stderr


def test_the_same_job_twice_is_run_twice(two: Cluster, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    assert [two.submit(counted, mark).result() for _ in range(3)] == [1, 2, 3]


def test_batch_runs_on_the_cluster(two: Cluster, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 5)
    jobs = [job(folder, "jats", number=n) for n in range(1, 6)]
    told = list(batch.run(jobs, two, two.count))
    assert {done.job.path for done in told} == {each.path for each in jobs}
    assert not any(done.failed for done in told)


def test_a_chapter_that_kills_its_process_costs_itself_only(
    two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "work", dying.killed_at_wrong)
    good = job(project(tmp_path / "project"))
    jobs = [replace(good, path=tmp_path / f"{name}.xml") for name in ("a", "wrong", "b", "c")]
    told = {done.job.path.stem: done.findings for done in batch.run(jobs, two, 4)}
    assert {stem: [f.rule for f in said] for stem, said in told.items()} == {
        "a": [], "wrong": ["PT904"], "b": [], "c": [],
    }  # fmt: skip


def test_what_a_lost_worker_was_at_is_done_by_another(
    dask: Any, two: Cluster, tmp_path: Path
) -> None:
    """The Dask worker itself is killed: only what it was at is done again."""
    mark, others = tmp_path / "slow", [tmp_path / f"other{n}" for n in range(6)]
    hanging = two.submit(slow, mark)
    while not mark.exists():
        time.sleep(0.05)
    busy = _at_work(dask)
    waiting = [two.submit(counted, other) for other in others]
    os.kill(busy, signal.SIGKILL)
    assert hanging.result(timeout=60)
    assert [future.result(timeout=60) for future in waiting] == [1] * 6
    assert len(mark.read_text().split()) == 2


def _at_work(dask: Any) -> int:
    """The process of the Dask worker that has a task."""
    with distributed.Client(dask.scheduler_address, set_as_default=False) as client:
        while True:
            busy = [
                at for at, tasks in client.processing().items() if any("_apart" in t for t in tasks)
            ]
            if busy:
                return int(client.run(os.getpid, workers=busy[:1])[busy[0]])


def test_an_endless_chapter_is_stopped(dask: Any, tmp_path: Path) -> None:
    with Cluster(dask.scheduler_address, seconds=10) as executor:
        error = executor.submit(time.sleep, 1000).exception(timeout=60)
        assert isinstance(error, OutOfTime)
        assert error.message == "it was stopped after 10 seconds"
        assert executor.submit(counted, tmp_path / "mark").result() == 1


@pytest.mark.parametrize(
    "error",
    [OutOfTime(3), ToolFailed("broke", "mend"), Unreadable(found("PT001", At("a"), "said"))],
    ids=lambda error: type(error).__name__,
)
def test_failures_travel_as_they_are(two: Cluster, error: Exception) -> None:
    came = two.submit(raised, error).exception()
    assert type(came) is type(error)
    assert came.__dict__ == error.__dict__


def raised(error: Exception) -> None:
    raise error


def test_a_worker_that_does_not_see_the_folder_says_so(
    two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(os, "getcwd", lambda: str(gone))
    with pytest.raises(ClusterFailed, match="does not see the folder"):
        two.submit(counted, tmp_path / "mark").result()


def test_a_worker_with_another_pubtool_says_so(
    two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "0.0.9")
    with pytest.raises(ClusterFailed, match=r"not 0\.0\.9"):
        two.submit(counted, tmp_path / "mark").result()


def test_a_scheduler_that_is_lost_is_told_of_every_chapter(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 3)
    jobs = [job(folder, "jats", number=n) for n in (1, 2, 3)]
    local = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=":0",
        local_directory=str(tmp_path), silence_logs=60,
    )  # fmt: skip
    with local, Cluster(local.scheduler_address) as executor:
        hanging = executor.submit(time.sleep, 1000)
        local.close()
        assert isinstance(hanging.exception(timeout=60), ClusterFailed)
        told = list(batch.run(jobs, executor, 2))
    assert [[f.rule for f in done.findings] for done in told] == [["PT950"]] * 3


def test_without_dask_it_is_said_how_to_install_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    (folder / "distributed.py").write_text("raise ImportError")
    done = pubtool(
        "export", "--no-cache", "--scheduler", "tcp://127.0.0.1:9", cwd=folder,
        PYTHONPATH=os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
    )  # fmt: skip
    assert done.returncode == 3
    assert "PT901" in done.stderr
    assert "pip install 'pubtool[cluster]'" in done.stderr
