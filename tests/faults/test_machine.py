"""A machine that fails: full and read-only disks, a wrong clock, a name that is taken."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chapters import files, project
from tests.test_bad_input import pubtool

ASKED = ("export", "--format", "jats,html", "--check", "quick", "-j", "2")
DAY_SECONDS = 86_400


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB; left out where nobody may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk))
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting needs root: {done.stderr.strip()}")


@pytest.mark.usefixtures("cache")
def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    folder, wide = project(tmp_path / "project", 6), project(tmp_path / "wide", 6)
    done = pubtool(*ASKED, "-o", str(small_disk / "out"), cwd=folder)
    assert done.returncode == 1
    assert "PT903" in done.stderr
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert pubtool(*ASKED, cwd=wide).returncode == 0
    whole = files(wide / "build")
    left = files(small_disk / "out")
    assert left
    assert left == {name: whole[name] for name in left}
    # Once there is room, the same command does the rest.
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert pubtool(*ASKED, "-o", str(small_disk / "out"), cwd=folder).returncode == 0
    assert files(small_disk / "out") == whole


def test_a_cache_on_a_full_disk_only_means_no_cache(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(small_disk))
    folder = project(tmp_path / "project", 6)
    for _ in range(2):
        done = pubtool(*ASKED, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert len(files(folder / "build")) == 12


@pytest.mark.usefixtures("cache")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    out = tmp_path / "out"
    out.mkdir()
    _mount("--bind", str(out), str(out))
    try:
        _mount("-o", "remount,bind,ro", str(out))
        done = pubtool(*ASKED, "-o", str(out), cwd=folder)
    finally:
        subprocess.run(["umount", str(out)], check=True)
    assert done.returncode == 1
    assert "PT903" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.iterdir()) == []


@pytest.mark.usefixtures("cache")
def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    (folder / "build").write_text("not a folder")
    done = pubtool(*ASKED, cwd=folder)
    assert done.returncode == 1
    assert "PT903" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "build").read_text() == "not a folder"


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("days", [-20_000, 20_000])
def test_a_clock_that_was_wrong(days: int, tmp_path: Path) -> None:
    """What is new is told by content: no time of change makes files stale or hides one."""
    folder = project(tmp_path / "project", 2)
    assert pubtool(*ASKED, cwd=folder).returncode == 0
    before = files(folder / "build")
    chapter = folder / "ch1.xml"
    chapter.write_text(chapter.read_text().replace("number 1", "number 9"))
    then = time.time() + days * DAY_SECONDS
    for path in (*folder.rglob("*"), *(tmp_path / "cache").rglob("*")):
        os.utime(path, (then, then))
    done = pubtool(*ASKED, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "1 exported, 1 unchanged" in done.stdout
    after = files(folder / "build")
    assert {name for name in after if after[name] != before[name]} == {"ch1.jats.xml", "ch1.html"}
    assert "2 unchanged" in pubtool(*ASKED, cwd=folder).stdout


@pytest.mark.usefixtures("cache")
def test_a_hanging_chapter_is_given_up_and_the_others_are_made(tmp_path: Path) -> None:
    """A named pipe in place of an image: whoever opens it waits for ever."""
    folder = project(tmp_path / "project", 3)
    chapter = folder / "ch2.xml"
    chapter.write_text(chapter.read_text().replace("images/dot.png", "images/pipe.png"))
    os.mkfifo(folder / "images" / "pipe.png")
    done = pubtool(*ASKED, "--time-limit", "20", cwd=folder)
    assert done.returncode in (1, 3)
    assert "ch2.xml" in done.stderr
    assert "Traceback" not in done.stderr
    assert {name.partition(".")[0] for name in files(folder / "build")} == {"ch1", "ch3"}
