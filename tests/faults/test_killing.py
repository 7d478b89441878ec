"""kill -9 at random moments: what has a final name is whole, and the same command does the rest.

`make test-faults` kills 200 runs; PUBTOOL_KILLS says how many, PUBTOOL_SEED which.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.chapters import files, project
from tests.faults.killing import death, killed, started
from tests.test_bad_input import pubtool

KILLS = int(os.environ.get("PUBTOOL_KILLS", "10"))
SEED = int(os.environ.get("PUBTOOL_SEED", "7"))
CHAPTERS = 4
# One run in five sets pages.
ASKED = [
    *2 * [("--format", "jats,html,epub", "--check", "none")],
    *2 * [("--format", "jats,html,epub", "--check", "quick")],
    ("--format", "jats,html,epub,pdf", "--check", "quick"),
]
Clean = Callable[[tuple[str, ...]], tuple[dict[str, bytes], float]]


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """The files of an undisturbed run, and the seconds it takes."""

    @cache
    def made(asked: tuple[str, ...]) -> tuple[dict[str, bytes], float]:
        place = tmp_path_factory.mktemp("clean")
        folder = project(place / "project", CHAPTERS)
        began = time.monotonic()
        done = pubtool("export", "-j", "2", *asked, cwd=folder, XDG_CACHE_HOME=str(place / "cache"))
        assert done.returncode == 0, done.stderr
        return files(folder / "build"), time.monotonic() - began

    return made


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_run(number: int, clean: Clean, tmp_path: Path) -> None:
    asked = ASKED[number % len(ASKED)]
    whole, takes = clean(asked)
    folder, kept = project(tmp_path / "project", CHAPTERS), tmp_path / "cache"
    run = started(folder, "export", "-j", "2", *asked, cache=kept)
    end = death(1000 * SEED + number, takes)
    killed(run, end)
    build = folder / "build"
    if build.exists():
        left = finished(build)
        assert left == {name: whole[name] for name in left}, end
        _reports_are_whole(build)
    done = pubtool("export", "-j", "2", *asked, cwd=folder, XDG_CACHE_HOME=str(kept))
    assert done.returncode == 0, (end, done.stderr)
    assert finished(build) == whole, end


def finished(build: Path) -> dict[str, bytes]:
    """The files with a final name: neighbours still being written have hidden ones."""
    return {name: data for name, data in files(build).items() if not name.startswith(".")}


def _reports_are_whole(build: Path) -> None:
    for path in build.glob("report.json"):
        json.loads(path.read_bytes())
    for path in build.glob("report.junit.xml"):
        ElementTree.parse(path)
