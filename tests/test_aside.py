"""The PDF made beside the other formats: the same bytes, and nothing lost if that goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pubtool import aside, batch
from pubtool.cli import exporting
from pubtool.outcome import Done, Job
from pubtool.workers import Workers
from tests.chapters import files, job, project

ASKED = ("jats", "html", "pdf")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def fresh() -> Iterator[Workers]:
    """A process without threads, as the command is: nothing may branch off beside one."""
    if len(os.sched_getaffinity(0)) == 1:
        pytest.skip("nothing is made beside on a single processor")
    with Workers(1, seconds=120) as worker:
        yield worker


def exported(folder: Path, out: str) -> Done:
    return batch.work(replace(job(folder, *ASKED, out=out), cached=False))


def exported_beside(folder: Path, out: str) -> Done:
    asked = replace(job(folder, *ASKED, out=out), cached=False)
    with batch.begun(asked) as apart:
        assert set(apart) == {"pdf"}
        return batch.alone(asked, apart)


def exported_beside_what_dies(folder: Path, out: str) -> Done:
    batch._longest = lambda job, parts: os.abort()
    return exported_beside(folder, out)


def told(done: Done) -> list[tuple[str, str, str]]:
    return [(f.rule, Path(f.file).name, f.message) for f in done.findings]


def test_it_is_the_same_as_without(tmp_path: Path, fresh: Workers) -> None:
    folder = project(tmp_path / "project")
    here = exported(folder, "here")
    beside = fresh.submit(exported_beside, folder, "beside").result()
    assert files(folder / "here") == files(folder / "beside")
    assert told(here) == told(beside)
    assert [one.format for one in beside.outcomes] == [*ASKED]
    assert all(one.passed for one in beside.outcomes)


def test_what_fails_beside_is_made_here(tmp_path: Path, fresh: Workers) -> None:
    folder = project(tmp_path / "project")
    exported(folder, "here")
    done = fresh.submit(exported_beside_what_dies, folder, "beside").result()
    assert not done.failed
    assert files(folder / "here") == files(folder / "beside")


@pytest.mark.parametrize("name", ["print.html", "xmp.xml"])
def test_a_template_that_cannot_be_used_is_told_once(
    name: str, tmp_path: Path, fresh: Workers
) -> None:
    folder = project(tmp_path / "project")
    (folder / "templates").mkdir()
    (folder / "templates" / name).write_text("{{ nothing of the kind }}")
    here = exported(folder, "here")
    beside = fresh.submit(exported_beside, folder, "beside").result()
    rules = [finding.rule for finding in here.findings if finding.is_error]
    assert len(rules) == 1
    assert told(here) == told(beside)
    assert [one.passed for one in beside.outcomes] == [True, True, False]


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def left_behind() -> tuple[int, int | None, set[str]]:
    """How many processes a call makes, what another answers, and who is there in the end."""
    before = children()
    with aside.aside(lambda hear: time.sleep(60)):
        count = len(children() - before)
    with aside.aside(lambda hear: 6 * 7) as call:
        answer = call.result()
    return count, answer, children() - before


def test_no_process_stays_behind(fresh: Workers) -> None:
    assert fresh.submit(left_behind).result() == (1, 42, set())


def heard() -> int | None:
    with aside.aside(lambda hear: int(hear() * hear())) as call:
        call.tell(6)
        call.tell(7)
        return call.result()


def test_a_branch_hears_what_it_is_told(fresh: Workers) -> None:
    assert fresh.submit(heard).result() == 42


def told_much(sign: Path) -> int | None:
    """What a branch hears that asks for it only after all of it was told."""

    def heard(hear: aside.Hear) -> int:
        for _ in range(1000):
            if sign.exists():
                return len(hear())
            time.sleep(0.01)
        return -1

    with aside.aside(heard) as call:
        call.tell("x" * 10_000_000)
        sign.touch()
        return call.result()


def test_nobody_waits_who_tells_a_branch_much(tmp_path: Path, fresh: Workers) -> None:
    assert fresh.submit(told_much, tmp_path / "told").result() == 10_000_000


def told_in_vain() -> object:
    with aside.aside(lambda hear: os._exit(1)) as call:
        answer = call.result()
        call.tell("x" * 1_000_000)
        return answer


def test_telling_a_branch_that_is_gone_is_no_error(fresh: Workers) -> None:
    assert fresh.submit(told_in_vain).result() is None


def exported_again(what: Job) -> tuple[bool, set[str]]:
    """Whether a chapter is unchanged, and which processes stay."""
    before = children()
    (done,) = exporting.results(exporting.Run([what]), exporting.Crew(None), fail_fast=False)
    return done.cached, children() - before


def test_an_unchanged_chapter_ends_its_branch(tmp_path: Path, fresh: Workers) -> None:
    what = job(project(tmp_path / "project"), *ASKED)
    assert fresh.submit(exported_again, what).result() == (False, set())
    assert fresh.submit(exported_again, what).result() == (True, set())


def test_nothing_branches_off_beside_a_thread() -> None:
    """Its locks would be held in the branch, with nobody there to let go of them."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert not aside.possible()
    finally:
        end.set()
        thread.join()
    said = subprocess.run(
        [sys.executable, "-c", "from pubtool.aside import possible; print(possible())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == str(len(os.sched_getaffinity(0)) > 1)
