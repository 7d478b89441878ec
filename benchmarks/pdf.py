"""What a PDF costs beside WeasyPrint alone, and how that grows with the chapter.

    python benchmarks/pdf.py [--longest PAGES] [CHAPTER]

Lengthens CHAPTER (by default the seed, else the example) to some 10, 300 and PAGES (2,000; 0 for
none) pages by saying its body again, and sets it in fresh processes. WeasyPrint alone sets the same
page with the same styles and options. CPU seconds; the memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import copy
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree

from pubtool import config, intake, readers
from pubtool.edition import Edition
from pubtool.settings import Settings
from pubtool.writers import pdf, pdf_draft

HERE = Path(__file__)
SEED = HERE.parents[2] / "shared" / "seed" / "chapter-08.txt"
EXAMPLE = HERE.parents[1] / "examples" / "chapters" / "chapter-03.xml"
SHORT, LONG, LONGEST, WARM = 10, 300, 2_000, 7
# Cost beside WeasyPrint's own, cost of a page beside that of a short chapter, megabytes.
COST, GROWTH, MEGABYTES = 1.5, 1.0, 350


# ── a chapter of any length ──


def chapter(path: Path) -> bytes:
    """A canonical chapter, or a manuscript as it is imported."""
    return path.read_bytes() if path.suffix == ".xml" else readers.read(path, Settings()).data


def lengthened(data: bytes, times: int) -> bytes:
    """A chapter whose body is said so many times, each with ids of its own."""
    root = etree.fromstring(data)
    body: Any = root.find("{*}body")
    parts, own = list(body), set(body.xpath(".//@id"))
    for number in range(1, times):
        body.extend(_renamed(copy.deepcopy(part), own, f"-{number}") for part in parts)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _renamed(part: Any, own: set[str], ending: str) -> Any:
    for element in part.iter("*"):
        for name in ("id", "rid"):
            if element.get(name) in own:
                element.set(name, element.get(name) + ending)
    return part


# ── one process ──


def edition(path: Path) -> Edition:
    """A chapter ready for the writers."""
    settings, _ = config.load(path)
    source, _ = intake.load(path, settings)
    return intake.edition(source, settings)[0]


def ways(given: Edition) -> dict[str, Callable[[], bytes]]:
    """The chapter set by pubtool, and the page that this makes of it set by WeasyPrint alone."""
    import weasyprint

    page, (styles, _) = pdf_draft.print_page(given).data.decode(), pdf._styles(given)
    about = {"base_url": "pubtool:", "url_fetcher": pdf._fetcher(given.settings.root)}
    options = {"stylesheets": styles, "font_config": pdf._fonts(), **pdf._SCREEN.options}
    return {
        "pubtool": lambda: pdf.write(given).data,
        "WeasyPrint": lambda: weasyprint.HTML(string=page, **about).write_pdf(**options),
    }


def cpu(way: Callable[[], bytes]) -> tuple[float, bytes]:
    """CPU seconds, and the file."""
    start = time.process_time()
    data = way()
    return time.process_time() - start, data


def cold(given: Edition, way: str) -> dict[str, float]:
    """The first file of a process."""
    seconds, data = cpu(ways(given)[way])
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": held, "pages": len(pypdfium2.PdfDocument(data))}


def warm(given: Edition) -> dict[str, float]:
    """Later files of a process, the two ways in turn: the least of some runs."""
    both = ways(given)
    runs = [[cpu(way)[0] for way in both.values()] for _ in range(WARM + 1)][1:]
    return dict(zip(both, map(min, zip(*runs, strict=True)), strict=True))


def apart(path: Path, what: str) -> dict[str, float]:
    """What a process of its own measured of a chapter; empty if it failed, which it says."""
    done = subprocess.run(
        (sys.executable, str(HERE), "--measure", what, str(path)), stdout=subprocess.PIPE
    )
    return json.loads(done.stdout or b"{}") if done.returncode == 0 else {}


# ── the report ──


def report(path: Path, longest: int) -> None:
    """Print the figures of a chapter made longer and longer, and whether they keep the limits."""
    data = chapter(path)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chapter.xml"
        file.write_bytes(data)
        short, again = measured(file, SHORT), apart(file, "warm")
        print(f"warm: pubtool {again['pubtool']:.2f} s, WeasyPrint {again['WeasyPrint']:.2f} s")
        verdict("cost beside WeasyPrint's", again["pubtool"] / again["WeasyPrint"], COST)
        file.write_bytes(lengthened(data, 2))
        body = apart(file, "pubtool")["pages"] - short["pages"]
        for pages in filter(None, (LONG, longest)):
            file.write_bytes(lengthened(data, 1 + round((pages - short["pages"]) / body)))
            long = measured(file, pages)
            if long:
                page = again["pubtool"] / short["pages"]
                verdict("a page beside a warm short one", long["seconds"] / long["pages"] / page)
                verdict("megabytes", long["megabytes"], MEGABYTES if pages == LONG else None)


def measured(file: Path, pages: int) -> dict[str, float]:
    """The first file of a process, in both ways; those of pubtool are returned."""
    both = {way: apart(file, way) for way in ("pubtool", "WeasyPrint")}
    for way, told in both.items():
        figures = "{pages} pages, {seconds:.2f} s CPU, {megabytes:.0f} MB" if told else "failed"
        print(f"{pages} pages: {way} {figures.format(**told)}", flush=True)
    return both["pubtool"]


def verdict(name: str, figure: float, limit: float | None = GROWTH) -> None:
    """Print a figure beside its limit, if it has one."""
    kept = limit is None or figure <= limit
    beside = "" if limit is None else f" of {limit:.2f} {'kept' if kept else 'MISSED'}"
    print(f"  {name} {figure:.2f}{beside}", flush=True)


def main() -> None:
    """Measure one way in this process, or report on all."""
    asked = argparse.ArgumentParser()
    asked.add_argument("chapter", nargs="?", type=Path, default=SEED if SEED.exists() else EXAMPLE)
    asked.add_argument("--longest", type=int, default=LONGEST)
    asked.add_argument("--measure", choices=("warm", "pubtool", "WeasyPrint"))
    given = asked.parse_args()
    if not given.measure:
        report(given.chapter, given.longest)
        return
    ready = edition(given.chapter)
    told = warm(ready) if given.measure == "warm" else cold(ready, given.measure)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
