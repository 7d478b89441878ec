"""Many chapters beside the plain tools, measured in one run, told as ratios.

    python benchmarks/batch.py [CHAPTERS]

The plain tools are pandoc to JATS, EPUB and HTML, and pandoc to HTML to WeasyPrint for the PDF,
from the same chapter as Markdown; they check nothing. CHAPTERS defaults to 100, of 1.7 times the
length of one on average. The chapter is ../shared/seed/chapter-08.txt, else the example.
Results go to benchmarks/RESULTS.md and benchmarks/results.svg; the exit code is 0.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pubtool.tools import pandoc_path

HERE = Path(__file__).parent
SEED = HERE.parent.parent / "shared" / "seed" / "chapter-08.txt"
EXAMPLE = HERE.parent / "examples" / "chapters" / "chapter-03.xml"
PUBTOOL = (sys.executable, "-m", "pubtool")
FOUR = "jats,html,epub,pdf"
# How many times the text of one chapter the chapters of a volume have: 1.7 on average.
LENGTHS = (1, 2, 1, 3, 1, 2, 1, 2, 3, 1)
BEST_OF = 3
# A single chapter takes a second or so: what else the machine does then weighs more.
BEST_OF_SHORT = 7
_SUBREAPER = 36
_SCRIPT = "from benchmarks.batch import inside; inside()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: seconds by the clock and of the processors."""

    wall: float
    cpu: float

    def __truediv__(self, other: Cost) -> Cost:
        return Cost(self.wall / other.wall, self.cpu / other.cpu)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its limit, and what stands behind it."""

    name: str
    value: float
    limit: float
    unit: str
    said: str

    @property
    def kept(self) -> bool:
        """True if the limit is kept."""
        return self.value <= self.limit


def cost(work: Callable[[], object]) -> Cost:
    """What a call and all its processes take, those included that outlive their parents."""
    before, busy = time.perf_counter(), _children()
    work()
    wall = time.perf_counter() - before
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    return Cost(wall, _children() - busy)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(costs: Iterable[Cost]) -> Cost:
    """The least of several runs, by the clock and of the processors."""
    rows = list(costs)
    return Cost(min(row.wall for row in rows), min(row.cpu for row in rows))


def run(command: Sequence[str | Path], folder: Path, cache: Path | None = None) -> None:
    """Run a command; pubtool's with a cache of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache or folder / "cache")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, env={**environment, "PATH": path}
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.decode()[-2000:]}")


# ── the chapters ──


def chapter() -> str:
    """One chapter as pubtool's XML."""
    if not SEED.exists():
        return EXAMPLE.read_text()
    with tempfile.TemporaryDirectory() as folder:
        run((*PUBTOOL, "import", SEED, "-o", "chapter.xml"), Path(folder))
        return Path(folder, "chapter.xml").read_text()


def longer(text: str, times: int) -> str:
    """A chapter with the text of its body several times, each with ids of its own."""
    head, start, rest = text.partition("<body>")
    body, end, tail = rest.partition("</body>")
    bare = _without_cites(body)
    again = (re.sub(r'\b(id|rid)="([^"]+)"', rf'\1="\2-{n}"', bare) for n in range(1, times))
    return f"{head}{start}{body}{''.join(again)}{end}{tail}"


def _without_cites(body: str) -> str:
    """The ids of references stay single, so what is repeated links to none."""
    return re.sub(r"</?(?:cite|xref)\b[^>]*>", "", body)


def volume(folder: Path, count: int) -> list[Path]:
    """A project of so many chapters, with the same as Markdown for the plain tools."""
    paths = chapters(folder, count)
    # What outlives the command is waited for here, so that nobody is charged with it later.
    cost(lambda: run(
        (*PUBTOOL, "export", "-f", "markdown", "--check", "none", "-o", "plain"), folder
    ))  # fmt: skip
    return paths


def chapters(folder: Path, count: int) -> list[Path]:
    """A project of so many chapters."""
    text = chapter()
    (folder / "chapters").mkdir(parents=True)
    if EXAMPLE.parent.parent.exists() and not SEED.exists():
        shutil.copytree(EXAMPLE.parent.parent / "images", folder / "images")
    (folder / "pubtool.toml").write_text("")
    paths = []
    for number in range(count):
        own = longer(text, LENGTHS[number % len(LENGTHS)])
        own = re.sub(r"(<title>)", rf"\g<1>{number + 1}: ", own, count=1)
        path = folder / "chapters" / f"ch{number + 1:03}.xml"
        path.write_text(own)
        paths.append(path)
    return paths


# ── the two sides ──


def plain(path: Path, folder: Path) -> list[list[str]]:
    """The commands of the plain tools for one chapter."""
    source, stem = folder / "plain" / f"{path.stem}.md", folder / "theirs" / path.stem
    pandoc = [pandoc_path(), str(source), "--standalone"]
    return [
        [*pandoc, "-t", "jats", "-o", f"{stem}.xml"],
        [*pandoc, "-o", f"{stem}.epub"],
        [*pandoc, "--mathml", "-o", f"{stem}.html"],
        [*pandoc, "--pdf-engine=weasyprint", "-t", "html", "-o", f"{stem}.pdf"],
    ]


def one_after_the_other(paths: Sequence[Path], folder: Path) -> None:
    """The plain tools on chapters, one command at a time."""
    (folder / "theirs").mkdir(exist_ok=True)
    for path in paths:
        for command in plain(path, folder):
            run(command, folder)


def side_by_side(paths: Sequence[Path], folder: Path, at_a_time: int) -> None:
    """The plain tools on chapters, several commands at a time."""
    (folder / "theirs").mkdir(exist_ok=True)
    commands = [command for path in paths for command in plain(path, folder)]
    with ThreadPoolExecutor(at_a_time) as threads:
        list(threads.map(lambda command: run(command, folder), commands))


def ours(folder: Path, level: str, *more: str | Path, cache: Path | None = None) -> None:
    """Pubtool on all chapters of a folder, or those named."""
    run((*PUBTOOL, "export", "-f", FOUR, "--check", level, "-o", "ours", *more), folder, cache)


# ── the figures ──


def cold_and_warm(folder: Path) -> list[Line]:
    """One chapter: a new process, and a worker that has done others."""
    path = volume(folder, 4)[0]
    theirs, at_once, cold = [], [], []
    for n in range(BEST_OF_SHORT):
        theirs.append(cost(lambda: one_after_the_other([path], folder)))
        at_once.append(cost(lambda: side_by_side([path], folder, 4)))
        cache = folder / f"cache-{n}"
        cold.append(cost(lambda cache=cache: ours(folder, "quick", path, cache=cache)))
    warm = _inside(folder, {"work": "warm"})
    single, together, we = best(theirs), best(at_once), best(cold)
    said = f"{we.wall:.2f} s of {single.wall:.2f} s; CPU {we.cpu / single.cpu:.2f}"
    return [
        Line("one chapter, cold, --check quick", we.wall / single.wall, 0.75, "", said),
        Line(
            "… against four plain tools at once", we.wall / together.wall, math.inf, "",
            f"{we.wall:.2f} s of {together.wall:.2f} s",
        ),
        Line(
            "one chapter, warm worker", warm["wall"] / single.wall, 0.30, "",
            f"{warm['wall']:.2f} s of {single.wall:.2f} s; CPU {warm['cpu'] / single.cpu:.2f}",
        ),
    ]  # fmt: skip


def many(folder: Path, count: int) -> list[Line]:
    """A volume, and what of it is decided again when nothing or little has changed."""
    paths = volume(folder, count)
    theirs = cost(lambda: side_by_side(paths, folder, 2))
    full = cost(lambda: ours(folder, "full", "-j", "2"))
    none = cost(lambda: ours(folder, "none", "-j", "2", "--no-cache", cache=folder / "other"))
    ours(folder, "full", "-j", "2")
    same = best(cost(lambda: ours(folder, "full", "-j", "2")) for _ in range(BEST_OF))
    # In turns, since the machine's own speed drifts.
    turns = [(_alone(paths[0], folder, n), _one_changed(paths[0], folder)) for n in range(BEST_OF)]
    alone, one = map(best, zip(*turns, strict=True))
    lines = []
    for name, made, limit in (("in full", full, 0.60), ("not at all", none, 0.45)):
        ratio = made / theirs
        for what, value, of, total in (
            ("wall", ratio.wall, made.wall, theirs.wall),
            ("CPU", ratio.cpu, made.cpu, theirs.cpu),
        ):
            said = f"{of:.1f} s of {total:.1f} s"
            lines.append(Line(f"{count} chapters, checked {name}, {what}", value, limit, "", said))
    said = f"{count} × 4 formats; CPU {same.cpu:.2f} s"
    lines.append(Line("nothing changed", same.wall, 0.6, "s", said))
    some = paths[: max(2, count // 4)]
    single, double = (
        cost(lambda n=n: ours(folder, "full", "-j", n, "--no-cache", *some)) for n in ("1", "2")
    )
    said = f"{len(some)} chapters: {single.wall:.1f} s with one, {double.wall:.1f} s with two"
    lines.append(Line("two workers against one", double.wall / single.wall, math.inf, "", said))
    limit = same.wall + alone.wall
    said = f"at most that ({same.wall:.2f} s) and a chapter ({alone.wall:.2f} s)"
    return [*lines, Line(f"one of {count} changed", one.wall, limit, "s", said)]


def _alone(path: Path, folder: Path, number: int) -> Cost:
    """A chapter by itself, with nothing remembered."""
    cache = folder / f"single-{number}"
    return cost(lambda: ours(folder, "full", "--no-cache", path, cache=cache))


def _one_changed(path: Path, folder: Path) -> Cost:
    """All chapters, of which one is not as it was."""
    path.write_text(path.read_text().replace("</title>", " (revised)</title>", 1))
    return cost(lambda: ours(folder, "full"))


def growth(folder: Path) -> list[Line]:
    """What 1, 10 and 50 times the length cost, and the memory 300 pages take."""
    rows = {
        n: [_inside(folder / f"{n}-{again}", {"work": "grow", "times": n}) for again in range(2)]
        for n in (1, 10, 33, 50)
    }
    lines = []
    for stage in FOUR.split(","):
        took = {n: min(run["stages"][stage] for run in runs) for n, runs in rows.items()}
        exponent = math.log(took[50] / took[10]) / math.log(5)
        said = ", ".join(f"{n}× {seconds:.2f} s" for n, seconds in took.items())
        lines.append(Line(f"growth of {stage}", exponent, 1.0, "exponent", said))
    (shorter, *_), (long, *_) = rows[33], rows[50]
    pages, megabytes = shorter["pages"], shorter["megabytes"]
    said = f"{pages} pages; {long['pages']} pages: {long['megabytes']:.0f} MB"
    return [*lines, Line("memory of a worker", megabytes, 350, "MB", said)]


def _inside(folder: Path, task: dict[str, object]) -> dict[str, object]:
    """What `inside` finds in a new process."""
    folder.mkdir(parents=True, exist_ok=True)
    given = json.dumps({**task, "folder": str(folder)})
    search = f"{HERE.parent}:{os.environ.get('PYTHONPATH', '')}"
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], input=given, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": search, "XDG_CACHE_HOME": str(folder / "cache")},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def inside() -> None:
    """Measure within a process that stays, as a worker does."""
    task = json.load(sys.stdin)
    told = {"warm": _warm, "grow": _grow}[task["work"]](Path(task["folder"]), task)
    json.dump(told, sys.stdout)


def _warm(folder: Path, _: dict[str, object]) -> dict[str, object]:
    import pubtool.warmed  # noqa: F401  (as a worker is)
    from pubtool import batch, config, tools
    from pubtool.outcome import Job

    settings, _said = config.load(folder)
    paths = sorted((folder / "chapters").glob("*.xml"))
    costs = []
    for n in range(2 * len(paths)):
        # The first chapter comes again and again under other names; others between keep it warm.
        text = paths[0].read_text().replace("</title>", f" {n}</title>", 1)
        path = folder / "chapters" / f"warm{n}.xml"
        path.write_text(text)
        job = Job(path, tuple(FOUR.split(",")), settings, folder / "warm", "quick", cached=False)
        before, busy = time.perf_counter(), sum(os.times()[:4])
        assert not batch.work(job).failed
        costs.append(Cost(time.perf_counter() - before, sum(os.times()[:4]) - busy))
    # The pandoc that stays is counted when it ends: each chapter has its share.
    before = sum(os.times()[2:4])
    tools.PANDOC_LOOP.close()
    least = best(costs[2:])
    return {"wall": least.wall, "cpu": least.cpu + (sum(os.times()[2:4]) - before) / len(costs)}


def _grow(folder: Path, task: dict[str, object]) -> dict[str, object]:
    from pubtool import batch, config, tools, workers
    from pubtool.outcome import Job

    settings, _said = config.load(folder)
    path = folder / "long.xml"
    path.write_text(longer(chapter(), int(str(task["times"]))))
    stages = {}
    for stage in FOUR.split(","):
        before = sum(os.times()[:4])
        job = Job(path, (stage,), settings, folder / "build", "none", cached=False)
        done = batch.work(job)
        assert not done.failed, done.findings
        tools.PANDOC_LOOP.close()
        stages[stage] = sum(os.times()[:4]) - before
    pages = len(json.loads((folder / "build" / "long.pages.json").read_bytes())["pages"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"stages": stages, "pages": pages, "megabytes": max(peak, workers.resident() / 1e6)}


# ── the report ──


def report(lines: Sequence[Line], count: int) -> None:
    """Write RESULTS.md and its chart, and print the figures."""
    rows = [
        f"| {line.name} | {_figure(line.value, line.unit)} | {_limit(line)} | {line.said} |"
        for line in lines
    ]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    told = [
        "# Results of `benchmarks/batch.py`",
        "",
        f"Ratios to the plain tools in the same run, on {os.cpu_count()} cores, {count} chapters;",
        f"load of the machine at the end: {load} (1, 5, 15 minutes). Lower is better.",
        "",
        "![Chart](results.svg)",
        "",
        "| what | measured | at most | behind it |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    (HERE / "RESULTS.md").write_text("\n".join(told))
    (HERE / "results.svg").write_text(chart([line for line in lines if not line.unit]))
    print("\n".join(told[6:]))


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}".strip() if unit != "MB" else f"{value:.0f} MB"


def _limit(line: Line) -> str:
    if line.limit == math.inf:
        return ""
    return f"{_figure(line.limit, line.unit)} {'kept' if line.kept else '**missed**'}"


def chart(lines: Sequence[Line]) -> str:
    """Bars of ratios, each with a mark at its limit."""
    scale, left, step = 300 / max(1.0, *(line.value for line in lines)), 260, 24
    parts = []
    for n, line in enumerate(lines):
        y, width = 10 + n * step, line.value * scale
        colour = "#2a7" if line.kept else "#c52"
        parts += [
            f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{line.name}</text>',
            f'<rect x="{left}" y="{y}" width="{width:.0f}" height="16" fill="{colour}"/>',
            f'<text x="{left + width + 6:.0f}" y="{y + 12}">{line.value:.2f}</text>',
        ]
        if line.limit != math.inf:
            x = left + line.limit * scale
            parts.append(f'<path d="M{x:.0f} {y - 2}v20" stroke="#000" stroke-dasharray="2"/>')
    height = 20 + len(lines) * step
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 {height}" '
        f'font-family="sans-serif" font-size="12"><rect width="620" height="{height}" '
        f'fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def main() -> None:
    """Measure everything and write the results."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        lines = cold_and_warm(folder / "one")
        lines += many(folder / "many", count)
        lines += growth(folder / "growth")
    report(lines, count)


if __name__ == "__main__":
    main()
