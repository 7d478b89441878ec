"""Many chapters: the same bytes however they are made, and no chapter that takes others along."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from xml.etree import ElementTree

import jsonschema
import pytest

from pubtool import batch, workers
from pubtool.diagnostics import OutOfTime, WorkerDied
from pubtool.here import Here
from pubtool.outcome import Done, Job
from pubtool.workers import Workers
from tests import dying
from tests.chapters import files, job, project
from tests.conftest import REPOSITORY
from tests.test_bad_input import pubtool

FOUR = "jats,html,epub,pdf"
PATIENCE_SECONDS = 120


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def two() -> Iterator[Workers]:
    with Workers(2, seconds=PATIENCE_SECONDS) as executor:
        yield executor


def spoil(folder: Path, number: int) -> None:
    path = folder / f"ch{number}.xml"
    path.write_text(path.read_text().replace('rid="fig1"', 'rid="fig9"'))


def heeding() -> None:
    """Let a program be stopped with Ctrl-C even where a job in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def until(true: Callable[[], object]) -> None:
    """Wait until something is so; fail if it never is."""
    for _ in count():
        if true():
            return
        time.sleep(0.05)
        assert time.monotonic() < until.end  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _patience() -> None:
    until.end = time.monotonic() + PATIENCE_SECONDS  # type: ignore[attr-defined]


def rules(done: Done) -> list[str]:
    return [finding.rule for finding in done.findings]


# ── the same bytes ──


def test_the_same_bytes_with_one_worker_with_two_and_from_the_cache(tmp_path: Path) -> None:
    made = []
    for run, options in enumerate((["-j", "1"], ["-j", "2", "--no-cache"], ["-j", "2"])):
        folder = project(tmp_path / str(run), 3)
        done = pubtool("export", "--format", FOUR, "--check", "quick", *options, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert ("3 unchanged" in done.stdout) == (run == 2)
        made.append(files(folder / "build"))
    assert len(made[0]) == 3 * 5
    assert made[0] == made[1] == made[2]


def test_one_chapter_alone_is_as_one_of_many(tmp_path: Path) -> None:
    folder, alone = project(tmp_path / "many", 2), project(tmp_path / "alone", 2)
    asked = ("export", "--format", "jats,html,epub", "--no-cache")
    assert pubtool(*asked, cwd=folder).returncode == 0
    for number in (1, 2):
        assert pubtool(*asked, f"ch{number}.xml", cwd=alone).returncode == 0
    assert files(folder / "build") == files(alone / "build")


def test_a_folder_stands_for_its_chapters(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    done = pubtool("export", str(folder), "--format", "html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(files(tmp_path / "out")) == {"ch1.html", "ch2.html"}
    (tmp_path / "empty").mkdir()
    done = pubtool("export", "empty", "--format", "html", cwd=tmp_path)
    assert (done.returncode, "PT008" in done.stderr) == (1, True)


# ── what happens to one chapter does not happen to the others ──


def test_a_failed_chapter_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 4)
    spoil(folder, 2)
    done = pubtool("export", "-j", "2", cwd=folder)
    assert done.returncode == 1
    assert "3 exported, 1 failed" in done.stdout
    assert set(files(folder / "build")) == {f"ch{n}.jats.xml" for n in (1, 3, 4)}


def test_fail_fast_begins_no_other(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 4)
    spoil(folder, 1)
    done = pubtool("export", "-j", "1", "--fail-fast", cwd=folder)
    assert done.returncode == 1
    report = json.loads((folder / "build" / "report.json").read_text())
    states = [chapter["state"] for chapter in report["chapters"]]
    assert states[0] == "failed"
    # What had been handed to the worker meanwhile is finished.
    assert states[-1] == "not begun"


def test_jobs_in_any_executor_are_told_one_by_one(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 5)
    jobs = [job(folder, "jats", number=n) for n in range(1, 6)]
    for executor in (Here(), ThreadPoolExecutor(2)):
        with executor:
            told = list(batch.run(jobs, executor, 2))
        assert {done.job.path for done in told} == {each.path for each in jobs}
        assert not any(done.failed for done in told)


def test_only_a_window_of_jobs_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, seen = threading.Event(), []

    class Watched(ThreadPoolExecutor):
        given: ClassVar[list[Future[Done]]] = []

        def submit(self, fn: Callable[..., Done], /, *args: Any, **named: Any) -> Future[Done]:
            self.given.append(super().submit(fn, *args, **named))
            seen.append(sum(not future.done() for future in self.given))
            if len(self.given) == 3:
                full.set()
            return self.given[-1]

    monkeypatch.setattr(batch, "work", lambda what: Done(what, said=(str(full.wait()),)))
    what = job(project(tmp_path / "project"))
    with Watched(1) as executor:
        told = list(batch.run([what] * 10, executor, 3))
    assert len(told) == 10
    assert max(seen) == 3


def test_a_dead_worker_costs_its_chapter_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, two: Workers
) -> None:
    monkeypatch.setattr(batch, "work", dying.killed_at_wrong)
    good = job(project(tmp_path / "project"))
    jobs = [replace(good, path=tmp_path / f"{name}.xml") for name in ("a", "wrong", "b", "c")]
    told = {done.job.path.stem: done for done in batch.run(jobs, two, 4)}
    assert {stem: rules(done) for stem, done in told.items()} == {
        "a": [], "wrong": ["PT904"], "b": [], "c": [],
    }  # fmt: skip
    assert "SIGKILL" in told["wrong"].findings[0].message


def test_a_chapter_whose_worker_died_once_is_tried_again(tmp_path: Path, two: Workers) -> None:
    what = job(project(tmp_path / "project"))
    assert two.submit(dying.killed_once, what).result() == Done(what)


def test_an_endless_chapter_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    what = job(project(tmp_path / "project"))
    with Workers(1, seconds=3) as executor:
        with pytest.raises(OutOfTime, match="3 seconds"):
            executor.submit(dying.endless, what).result()
        child = int(Path(f"{what.path}.child").read_text())
        until(lambda: not alive(child))
        assert executor.submit(dying.killed_once, what).result() == Done(what)


def alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def test_an_unforeseen_error_is_a_finding(tmp_path: Path, two: Workers) -> None:
    what = job(project(tmp_path / "project"))
    future = two.submit(dying.failed, what)
    done = batch.settled(what, future)
    assert rules(done) == ["PT907"]
    assert "ch1.xml" in done.findings[0].message


def test_a_chapter_may_not_take_all_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    what = job(project(tmp_path / "project"))
    limits = replace(what.settings.limits, chapter_megabytes=2000)
    what = replace(what, settings=replace(what.settings, limits=limits))
    before = resource.getrlimit(resource.RLIMIT_DATA)
    monkeypatch.setattr(batch, "_exported", lambda *_: [bytearray(3_000_000_000)])
    assert rules(batch.work(what)) == ["PT905"]
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_worker_that_stays_large_is_replaced() -> None:
    with Workers(1, megabytes=1) as executor:
        ids = [executor.submit(os.getpid).result() for _ in range(4)]
    assert ids[0] == ids[1] != ids[2] == ids[3]
    with Workers(1, megabytes=100_000) as executor:
        assert len({executor.submit(os.getpid).result() for _ in range(4)}) == 1


def test_workers_end_at_once_when_they_are_killed() -> None:
    executor = Workers(1)
    ids = [executor.submit(os.getpid).result()]
    hanging = executor.submit(time.sleep, 1000)
    waiting = executor.submit(time.sleep, 1000)
    until(hanging.running)
    executor.kill()
    assert isinstance(hanging.exception(), WorkerDied)
    assert waiting.cancelled()
    assert not alive(ids[0])


def test_fewer_workers_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_free_megabytes", lambda: 100)
    assert workers.default_count() == 1
    monkeypatch.setattr(workers, "_free_megabytes", lambda: 1 << 30)
    assert workers.default_count() == len(os.sched_getaffinity(0))


# ── faults of the machine ──


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = subprocess.run(
        [sys.executable, "-m", "pubtool", "export", "--format", "jats,ris", "-j", "2"],
        cwd=folder, capture_output=True, text=True, preexec_fn=small_files,
    )  # fmt: skip
    assert done.returncode == 1
    assert "PT903" in done.stderr
    assert "Traceback" not in done.stderr
    left = [p for p in (folder / "build").rglob("*") if p.is_file()]
    assert not [p for p in left if p.name.endswith(".tmp") or ".jats" in p.name]
    again = pubtool("export", "--format", "jats,ris", cwd=folder)
    assert again.returncode == 0
    assert len(files(folder / "build")) == 4


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    done = pubtool("export", "-o", "/proc/results", cwd=folder)
    assert done.returncode == 1
    assert "PT903" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    folder, alone = project(tmp_path / "project", 3), project(tmp_path / "alone", 3)
    command = [sys.executable, "-m", "pubtool", "export", "--format", "jats,html", "--no-cache"]
    runs = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [run.wait(PATIENCE_SECONDS) for run in runs] == [0, 0]
    assert pubtool(*command[3:], cwd=alone).returncode == 0
    assert files(folder / "build") == files(alone / "build")


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    (folder / "build").mkdir()
    old, in_use, new = (folder / "build" / f".ch1.html.0000000{n}.tmp" for n in range(3))
    for path in (old, in_use, new):
        path.write_text("half")
    for path in (old, in_use):
        os.utime(path, (time.time() - 60,) * 2)
    with in_use.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert pubtool("export", cwd=folder).returncode == 0
    assert set(files(folder / "build")) == {"ch1.jats.xml", in_use.name, new.name}


@pytest.mark.parametrize("count", [1, 6])
def test_ctrl_c_ends_with_one_line_and_no_half_file(count: int, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", count)
    command = [sys.executable, "-m", "pubtool", "export", "--format", FOUR, "--no-cache"]
    run = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=heeding,
    )  # fmt: skip
    build = folder / "build"
    until(lambda: build.is_dir() or run.poll() is not None)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=PATIENCE_SECONDS)
    assert run.returncode == 130, said
    assert said.strip().endswith("the same command does the rest")
    assert "Traceback" not in said
    assert not list(build.glob(".*.tmp"))
    assert pubtool(*command[3:], "--check", "quick", cwd=folder).returncode == 0
    assert len(files(build)) == count * 5


def test_watching_exports_what_is_changed(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    command = [sys.executable, "-m", "pubtool", "export", "--format", "html", "--watch"]
    run = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=heeding,
    )  # fmt: skip
    first, second = (folder / "build" / f"ch{n}.html" for n in (1, 2))
    try:
        until(lambda: first.exists() and second.exists())
        before = second.stat()
        chapter = folder / "ch1.xml"
        chapter.write_text(chapter.read_text().replace("number 1", "number 17"))
        until(lambda: "number 17" in first.read_text())
        assert second.stat() == before
        toml = folder / "pubtool.toml"
        toml.write_text(toml.read_text().replace("Example Press", "Another Press"))
        until(lambda: "Another" in first.read_text() and "Another" in second.read_text())
    finally:
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=PATIENCE_SECONDS)
    assert run.returncode == 130, said
    assert "Traceback" not in said


# ── reports ──


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    """A build folder with reports on a good chapter, a failed one and one not begun."""
    folder = project(tmp_path / "project", 5)
    spoil(folder, 1)
    pubtool("export", "-j", "1", "ch5.xml", cwd=folder)
    done = pubtool("export", "-j", "1", "--fail-fast", cwd=folder)
    assert done.returncode == 1
    return folder / "build"


def test_the_report_is_as_its_schema_says(reported: Path) -> None:
    report = json.loads((reported / "report.json").read_text())
    schema = json.loads((REPOSITORY / "docs" / "report.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    chapters = {row["chapter"]: row for row in report["chapters"]}
    assert list(chapters) == [f"ch{n}.xml" for n in range(1, 6)]
    assert chapters["ch1.xml"]["state"] == "failed"
    assert [f["rule"] for f in chapters["ch1.xml"]["findings"]] == ["PT105"]
    assert chapters["ch4.xml"]["state"] == "not begun"
    assert chapters["ch5.xml"]["cached"] is True
    assert [a["file"] for a in chapters["ch5.xml"]["artifacts"]] == ["build/ch5.jats.xml"]


def test_junit_counts_what_it_holds(reported: Path) -> None:
    root = ElementTree.parse(reported / "report.junit.xml").getroot()
    assert root.tag == "testsuites"
    totals = {"tests": 0, "failures": 0, "skipped": 0}
    for suite in root:
        assert suite.tag == "testsuite"
        cases = list(suite)
        assert {case.tag for case in cases} == {"testcase"}
        assert int(suite.attrib["tests"]) == len(cases)
        for name, tag in (("failures", "failure"), ("skipped", "skipped")):
            found = sum(case.find(tag) is not None for case in cases)
            assert int(suite.attrib[name]) == found
            totals[name] += found
        totals["tests"] += len(cases)
        for case in cases:
            assert {"classname", "name", "time"} <= set(case.attrib)
            assert float(case.attrib["time"]) >= 0
    assert {name: int(root.attrib[name]) for name in totals} == totals
    assert totals["failures"] == 1
    assert totals["skipped"] >= 1


def test_a_report_on_one_chapter_is_written_if_asked(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    pubtool("export", cwd=folder)
    assert not (folder / "build" / "report.json").exists()
    pubtool("export", "--report", cwd=folder)
    assert (folder / "build" / "report.junit.xml").exists()


def test_what_xml_cannot_hold_does_not_break_junit(tmp_path: Path) -> None:
    from pubtool import run_report

    what = Job(Path("a\x02b\ud800.xml"), ("jats",), job(project(tmp_path / "p")).settings, tmp_path)
    root = ElementTree.fromstring(run_report.as_junit([Done(what)], [what], 1.0))
    assert [suite.attrib["name"] for suite in root] == ["a\ufffdb\ufffd.xml"] * 2
