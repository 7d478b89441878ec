"""Runs of the command that are killed: the processes of a run, found by their session."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# How a run dies: its first process; its group, as when a terminal is closed hard; everything at
# once, as when the power fails; or one of its workers only.
WAYS = ("first", "group", "all", "worker")
PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Death:
    """After how many seconds a run is killed, and how."""

    seconds: float
    way: str


def death(seed: int, takes: float) -> Death:
    """A moment anywhere in a run that takes so many seconds, from before its first line on."""
    chance = random.Random(seed)
    return Death(chance.uniform(0, takes), chance.choice(WAYS))


def started(folder: Path, *arguments: str, cache: Path) -> subprocess.Popen[bytes]:
    """`pubtool` in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pubtool", *arguments],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(run: subprocess.Popen[bytes], death: Death) -> None:
    """Let a run die as said, and wait until nothing of it is left alive."""
    with suppress(subprocess.TimeoutExpired):
        run.wait(death.seconds)
    for process in _victims(run.pid, death.way):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    run.wait(PATIENCE_SECONDS)
    end = time.monotonic() + PATIENCE_SECONDS
    while alive := members(run.pid):
        assert time.monotonic() < end, f"processes outlive their run: {alive}"
        time.sleep(0.05)


def _victims(session: int, way: str) -> list[int]:
    group = members(session)
    match way:
        case "first":
            return [session]
        case "group":
            return [p for p, leader in group.items() if leader == session]
        case "worker":
            # A worker leads a group of its own.
            return [p for p, leader in group.items() if p == leader != session][:1]
    return list(group)


def members(session: int) -> dict[int, int]:
    """The living processes of a session, each with the leader of its group."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                if told[0] not in "ZX" and int(told[3]) == session:
                    found[int(entry.name)] = int(told[2])
    return found
