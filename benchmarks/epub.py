"""What a chapter costs to become an EPUB, as ratios to plain pandoc in the same run.

    python benchmarks/epub.py [CHAPTER]

Pandoc makes an EPUB of the same document (its JSON) by a process of its own: that is 1.0. Measured
beside it: pubtool with the pandoc that stays, pubtool with a fresh pandoc, and a book of 300 pages
with its peak of memory. Seconds are of processor time, pubtool's and pandoc's together, which other
work on the machine disturbs least. Imports and epubcheck are not counted. CHAPTER defaults to the
example.
"""

from __future__ import annotations

import copy
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pubtool import config, intake, tools
from pubtool.edition import Edition
from pubtool.writers import epub
from pubtool.writers.pandoc_document import as_json, document

EXAMPLE = Path(__file__).parents[1] / "examples" / "chapters" / "chapter-03.xml"
TIMES = 9
# Words of a printed page; the sections of the body are repeated until there are that many pages.
WORDS_PER_PAGE, PAGES = 330, 300
# Seconds that were set as limits, and megabytes for the long book.
WARM, FRESH, LONG, MEMORY = 0.09, 0.25, 3.0, 400


def main() -> None:
    """Print a line for each way, with its ratio to plain pandoc and whether its limit is kept."""
    edition = loaded(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
    book = long(edition)
    plain, plain_long = best(lambda: by_pandoc(edition)), cost(lambda: by_pandoc(book))
    print(f"plain pandoc, one chapter      {plain:.3f} s  1.00")
    epub.write(edition)
    fresh = best(lambda: by_loop(edition, 1))
    warm = (best(lambda: by_loop(edition, 1 + TIMES), 3) - fresh) / TIMES
    told("EPUB, pandoc that stays", warm, plain, WARM)
    told("EPUB, fresh pandoc", fresh, plain, FRESH)
    told(f"EPUB of {PAGES} pages", cost(lambda: by_loop(book, 1)), plain_long, LONG)
    memory = sum(peak(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    kept = verdict(memory <= MEMORY)
    print(f"  peak of memory, both         {memory} MB  of {MEMORY} MB  {kept}")


def loaded(path: Path) -> Edition:
    """A chapter's edition."""
    settings, _ = config.load(path)
    source, _ = intake.load(path, settings)
    return intake.edition(source, settings)[0]


def long(edition: Edition) -> Edition:
    """The chapter with its sections repeated, ids left out, until it fills the pages."""
    root = copy.deepcopy(edition.chapter.root)
    body = root[1]
    sections = [copy.deepcopy(e) for e in body]
    for e in (inner for section in sections for inner in section.iter("*")):
        e.attrib.pop("id", None)
    words = len(" ".join(body.itertext()).split())
    for _ in range(PAGES * WORDS_PER_PAGE // words):
        body.extend(copy.deepcopy(sections))
    return replace(edition, chapter=replace(edition.chapter, root=root))


def by_pandoc(edition: Edition) -> None:
    """Pandoc alone, with its own package and style."""
    made, _ = document(edition, mathml=True, embed=True)
    tools.pandoc(["--from=json", "--to=epub3", "--mathml", "--output=-"], as_json(made))


def by_loop(edition: Edition, times: int) -> None:
    """EPUBs by one new pandoc, which ends afterwards."""
    tools.PANDOC_LOOP.close()
    for _ in range(times):
        epub.write(edition)
    tools.PANDOC_LOOP.close()


def best(work: Callable[[], object], times: int = TIMES) -> float:
    """The lowest cost of several runs."""
    return min(cost(work) for _ in range(times))


def cost(work: Callable[[], object]) -> float:
    """Seconds of processor time of one run, its ended children included."""
    began = processor()
    work()
    return processor() - began


def processor() -> float:
    """The seconds of processor time so far."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def peak(who: int) -> int:
    """The most memory, in megabytes, that this process or a child of it ever held."""
    return resource.getrusage(who).ru_maxrss // 1024


def told(name: str, seconds: float, plain: float, limit: float) -> None:
    """Print a line, with whether the limit is kept."""
    print(f"{name:<30} {seconds:.3f} s  {seconds / plain:.2f}  of {limit:.2f} s  "
          f"{verdict(seconds <= limit)}")  # fmt: skip


def verdict(kept: bool) -> str:
    """A limit, kept or not."""
    return "kept" if kept else "MISSED"


if __name__ == "__main__":
    main()
