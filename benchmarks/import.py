"""How long the import of a 300-page DOCX takes, beside pandoc alone on the same file.

    python benchmarks/import.py [PAGES]

Prints seconds, their ratio (the promise is at most 2) and the peak of memory.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.manuscripts.word import Word, note, p, r, table

from pubtool.readers import manuscript
from pubtool.settings import Settings
from pubtool.tools import pandoc

_WORDS = """harbour ledger clerk winter archive volume city office count paper ink language map ship
cargo letter seal tax year port sailor storm bridge the of and in to that was it for on with as by
at from were which this had not are but they""".split()
_A_PAGE = 6


def chapter(pages: int) -> bytes:
    """A manuscript of about 400 words a page, with headings, notes, italics, tables."""
    chance = random.Random(1)
    body = [p("A Long Chapter", style="Title"), p("Selin Aksoy", style="Author")]
    notes = {}
    for page in range(pages):
        if page % 8 == 0:
            body.append(p(f"Part {page // 8 + 1} of the argument", style="Heading1"))
        if page % 20 == 10:
            body.append(table(*[[sentence(chance, 3) for _ in range(4)] for _ in range(10)]))
        for n in range(_A_PAGE):
            id_ = page * _A_PAGE + n + 2
            said = [sentence(chance, 45), r(" a foreign word ", "<w:i/>"), sentence(chance, 20)]
            if n % 2:
                notes[id_] = sentence(chance, 15)
                said.append(note(id_))
            body.append(p(*said))
    return Word(body, footnotes=notes).bytes()


def sentence(chance: random.Random, length: int) -> str:
    """Words that look like a sentence from afar."""
    return " ".join(chance.choices(_WORDS, k=length)).capitalize() + "."


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """The fastest of three runs: by the clock, and of the processors (children included)."""
    runs = []
    for _ in range(3):
        start, busy = time.perf_counter(), sum(os.times()[:4])
        work()
        runs.append((time.perf_counter() - start, sum(os.times()[:4]) - busy))
    return min(wall for wall, _ in runs), min(cpu for _, cpu in runs)


def main() -> None:
    """Measure and print."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    data = chapter(pages)
    alone = seconds(lambda: pandoc(["-f", "docx+styles+citations", "-t", "json"], data))
    ours = seconds(lambda: manuscript.read(data, "long.docx", Settings()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for name, by, us in zip(("by the clock", "of processors"), alone, ours, strict=True):
        print(f"{pages} pages, {name}: pandoc {by:.2f} s, pubtool {us:.2f} s, ratio {us / by:.2f}")
    print(f"peak memory: pubtool {peak:.0f} MB, pandoc {child:.0f} MB")


if __name__ == "__main__":
    main()
