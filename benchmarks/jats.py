"""How long the XML of a chapter takes: JATS and BITS, their DTDs, the 45 rules, conservation.

    python benchmarks/jats.py [CHAPTER.xml]

Cold is a new process with an empty cache, from its start to the written and checked files, as a
user meets it. Warm is one chapter among many: everything but reading the file, the DTDs and rules
loaded. The best of several rounds is told, as the machine may be shared; suites that the user has
registered are left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pubtool import config, intake
from pubtool.checks.repository import received
from pubtool.edition import Edition
from pubtool.formats import Format, formats

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "everything" / "chapter.xml"
NAMES = ("jats", "bits")
ROUNDS = 50
# The seconds that were set for one chapter.
LIMITS = {"cold": 0.9, "warm": 0.08}


def main() -> None:
    """Print the milliseconds of each step, and the limits that were set."""
    chapter = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLDEN
    rows = [*cold(chapter), *warm(chapter)]
    for name, seconds in rows:
        limit = f"  (limit {LIMITS[name] * 1000:.0f} ms)" if name in LIMITS else ""
        print(f"{name:<20}{seconds * 1000:8.1f} ms{limit}")


def cold(chapter: Path) -> list[tuple[str, float]]:
    """The best of five exports, each in a new process with an empty cache, and its processor time.

    On a machine that others use, processor time says what the clock would on one that is free.
    """
    runs = [_export(chapter) for _ in range(5)]
    return [("cold", min(clock for clock, _ in runs)), ("  processor", min(cpu for _, cpu in runs))]


def _export(chapter: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, "-m", "pubtool", "export", str(chapter)]
        command += ["--format", ",".join(NAMES), "--output", f"{empty}/build"]
        environment = {**os.environ, "XDG_CACHE_HOME": empty, "XDG_DATA_HOME": empty}
        started, used = time.perf_counter(), _processor()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        return time.perf_counter() - started, _processor() - used


def _processor() -> float:
    """Seconds of processor that finished child processes have used."""
    spent = os.times()
    return spent.children_user + spent.children_system


def warm(chapter: Path) -> list[tuple[str, float]]:
    """The best of each step and of all steps, for a chapter that is read already."""
    settings, _ = config.load(chapter)
    source, _ = intake.load(chapter, settings)
    edition, _ = intake.edition(source, settings)
    steps = [step for name in NAMES for step in _steps(formats()[name], edition)]
    rounds = [[_timed(step) for _, step in steps] for _ in range(ROUNDS + 1)][1:]
    best = [min(column) for column in zip(*rounds, strict=True)]
    named = [(f"  {name}", seconds) for (name, _), seconds in zip(steps, best, strict=True)]
    return [("warm", min(sum(row) for row in rounds)), *named]


def _steps(row: Format, edition: Edition) -> list[tuple[str, Callable[[], object]]]:
    data = row.write(edition).data
    return [
        (f"{row.name} written", lambda: row.write(edition)),
        (f"{row.name} to the DTD", lambda: row.check(data, "c.xml", "full")),
        (f"{row.name} to the rules", lambda: received(data, "c.xml", "generic")),
        (f"{row.name} word by word", lambda: row.conserved(edition, data, "c.xml")),
    ]


def _timed(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
