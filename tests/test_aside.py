"""The PDF made beside the other formats: the same bytes, and nothing lost if that goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pubtool import aside, batch
from pubtool.outcome import Done
from tests.chapters import files, job, project

ASKED = ("jats", "html", "pdf")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(batch, "possible", lambda: True)


def exported(folder: Path, out: str, *, beside: bool) -> Done:
    return batch.work(replace(job(folder, *ASKED, out=out), cached=False, aside=beside))


def told(done: Done) -> list[tuple[str, str, str]]:
    return [(f.rule, Path(f.file).name, f.message) for f in done.findings]


def test_it_is_the_same_as_without(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    here, beside = exported(folder, "here", beside=False), exported(folder, "beside", beside=True)
    assert files(folder / "here") == files(folder / "beside")
    assert told(here) == told(beside)
    assert [one.format for one in beside.outcomes] == [*ASKED]
    assert all(one.passed for one in beside.outcomes)


def test_what_fails_beside_is_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project")
    exported(folder, "here", beside=False)
    monkeypatch.setattr(batch, "_longest", lambda job: os.abort())
    done = exported(folder, "beside", beside=True)
    assert not done.failed
    assert files(folder / "here") == files(folder / "beside")


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_no_process_stays_behind() -> None:
    before = children()
    with aside.aside(lambda: time.sleep(60)):
        assert len(children() - before) == 1
    with aside.aside(lambda: 6 * 7) as call:
        assert call.result() == 42
    assert children() == before


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
