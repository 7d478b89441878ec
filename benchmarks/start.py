"""How long the commands an editor waits for take from a cold start, the best of five.

    python benchmarks/start.py [MANUSCRIPT]

Prints one line a command: the measured seconds of wall clock and the limit that was set.
MANUSCRIPT defaults to ../shared/seed/chapter-08.txt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).parents[2] / "shared" / "seed" / "chapter-08.txt"
TIMES = 5
PROGRAM = (sys.executable, "-m", "pubtool")
# What is measured, and the seconds it may take.
LIMITS = {"pubtool --help": 0.25, "import": 0.5, "import and export to JATS": 0.6}


def main() -> None:
    """Measure each command and say whether its limit is kept: no fault of a busy machine's."""
    manuscript = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    with tempfile.TemporaryDirectory() as folder:
        measured = seconds(manuscript.resolve(), Path(folder))
    for name, limit in LIMITS.items():
        verdict = "kept" if measured[name] <= limit else "MISSED"
        print(f"{name:<26}  {measured[name]:.3f} s  of {limit:.2f} s  {verdict}")


def seconds(manuscript: Path, folder: Path) -> dict[str, float]:
    """The best time of each command, by its name in LIMITS."""
    import_ = ("import", str(manuscript), "-o", "chapter.xml", "--force")
    export = ("export", "chapter.xml", "--format", "jats")
    took = {
        "help": best(folder, "--help"),
        "import": best(folder, *import_),
        "export": best(folder, *export),
    }
    return {
        "pubtool --help": took["help"],
        "import": took["import"],
        "import and export to JATS": took["import"] + took["export"],
    }


def best(folder: Path, *arguments: str) -> float:
    """The shortest of several runs, each a process of its own that remembers no check."""
    return min(once(folder, n, arguments) for n in range(TIMES))


def once(folder: Path, number: int, arguments: tuple[str, ...]) -> float:
    """Wall-clock seconds of one run."""
    cache = folder / f"cache-{len(list(folder.iterdir()))}-{number}"
    cache.mkdir()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    started = time.perf_counter()
    subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
