"""How evenly lines are set: WeasyPrint alone, pubtool, and Typst, in one run.

    python benchmarks/typography.py [CHAPTER …]

Sets each text three times in Gentium Book Plus 10.5/14 over 116 mm, and reads the gaps between
words out of the three PDFs in one and the same way. Only justified lines of the full measure
count. Without arguments: the texts beside this file, and the seed chapter if it is there.
"""

from __future__ import annotations

import ctypes
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import typst
from lxml import etree
from pypdfium2 import raw

from pubtool import config, intake, readers
from pubtool.edition import Edition
from pubtool.settings import Pdf, Settings
from pubtool.writers import pdf, pdf_document, pdf_draft

HERE = Path(__file__).parent
BUILD = HERE.parent / "build"
SEED = HERE.parent.parent / "shared" / "seed" / "chapter-08.txt"
WIDE, RUNS = 6.0, 5
_LINE_END_HYPHEN = 0x02
_TYPST = """
#set page(width: 160mm, height: 240mm, margin: (top: 21mm, bottom: 26.3mm, x: 22mm))
#set text(font: "Gentium Book Plus", size: 10.5pt, lang: "{language}", number-type: "old-style")
#set par(justify: true, leading: 0.62em, spacing: 0.62em, first-line-indent: 14pt)
"""
_MARKUP = {"i": "emph", "b": "strong", "sup": "super", "sub": "sub"}


@dataclass(frozen=True)
class Figures:
    """What was measured: gaps in points, hyphens at line ends in turn."""

    lines: int
    mean: float
    wide: float
    widest: float
    hyphens: int
    ladder: int

    def __str__(self) -> str:
        return (
            f"{self.lines:5} lines  mean gap {self.mean:.2f} pt  over 6 pt {self.wide:5.1%}"
            f"  widest {self.widest:.1f} pt  hyphens {self.hyphens}  ladder {self.ladder}"
        )


def edition(path: Path) -> Edition:
    """A chapter, or a manuscript as it is imported, ready for the writers."""
    if path.suffix != ".xml":
        target = BUILD / f"{path.stem}.xml"
        target.write_bytes(readers.read(path, Settings()).data)
        path = target
    settings, _ = config.load(path)
    source, _ = intake.load(path, settings)
    return intake.edition(source, settings)[0]


def breaking(given: Edition, how: str) -> Edition:
    """The same chapter with lines broken in another way."""
    return replace(given, settings=replace(given.settings, pdf=Pdf(line_breaking=how)))


# ── Typst ──


def in_typst(given: Edition) -> bytes:
    """The paragraphs of the same page, set by Typst with its defaults."""
    page = etree.fromstring(pdf_draft.print_page(given).data)
    text = page.find(".//{*}div[@id='_text']")
    marked = "\n\n".join(_typst(p) for p in text.iter("{*}p"))
    source = _TYPST.format(language=given.chapter.record.language) + marked
    return typst.compile(source.encode())


def _typst(element: etree._Element) -> str:
    """Running text as Typst markup, without its notes."""
    parts = [_escaped(element.text)]
    for inner in element:
        if inner.get("class") != "fn":
            name = _MARKUP.get(etree.QName(inner).localname)
            parts.append(f"#{name}[{_typst(inner)}]" if name else _typst(inner))
        parts.append(_escaped(inner.tail))
    return "".join(parts)


def _escaped(text: str | None) -> str:
    return "".join(c if c.isalnum() or c.isspace() else f"\\u{{{ord(c):x}}}" for c in text or "")


# ── reading the PDF ──


@dataclass(frozen=True)
class Letter:
    """A letter with its baseline, its start and the end of its advance, in points."""

    text: str
    base: float
    start: float
    end: float
    size: float


def measured(data: bytes) -> Figures:
    """The gaps of all justified lines of a PDF."""
    letters = [list(_letters(page)) for page in pypdfium2.PdfDocument(data)]
    usual = statistics.mode(letter.size for letter in chain(*letters))
    pages = [page for found in letters if (page := list(lines(found, usual)))]
    right = [statistics.mode(round(line[-1].end, 0) for line in page) for page in pages]
    left = [statistics.mode(round(line[0].start, 0) for line in page) for page in pages]
    justified, ends = [], []
    for page, start, stop in zip(pages, left, right, strict=True):
        for line in page:
            whole = -1.5 < line[-1].end - stop < 3 and line[0].start - start < 15
            ends.append(whole and line[-1].text in "-‐\u00ad\x02")
            if whole:
                justified.append(line)
    gaps = [list(_gaps(line)) for line in justified]
    means = [statistics.mean(g) for g in gaps if g]
    runs = [len(list(run)) for hyphen, run in groupby(ends) if hyphen]
    return Figures(
        len(means), statistics.mean(chain(*gaps)), sum(m > WIDE for m in means) / len(means),
        max(means), sum(ends), max(runs, default=0),
    )  # fmt: skip


def lines(letters: list[Letter], usual: float) -> Iterator[list[Letter]]:
    """The lines of a page in the usual size, from the left."""
    found = sorted(
        (x for x in letters if x.size == usual and not x.text.isspace()),
        key=lambda letter: (-letter.base, letter.start),
    )
    for _, group in groupby(found, key=lambda letter: round(letter.base)):
        line = list(group)
        if len(line) > 20:
            yield line


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    size = 0.0
    for index in range(text.count_chars()):
        start, _, end, _ = text.get_charbox(index, loose=True)
        raw.FPDFText_GetMatrix(text.raw, index, matrix)
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code != _LINE_END_HYPHEN:  # of which PDFium does not know the size
            size = round(raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d), 1)
            raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        if end > start:
            yield Letter(chr(code), y.value, start, end, size)


def _gaps(line: list[Letter]) -> Iterator[float]:
    """The gaps between words: whatever is wider than kerning can be."""
    for one, two in pairwise(line):
        if two.start - one.end > 0.9:
            yield two.start - one.end


def planning(given: Edition) -> float:
    """CPU seconds that choosing lines takes, pages left out: the least of some warm runs."""
    spent: list[float] = []

    class Timed(pdf_document.Plan):
        def of(self, *paragraph: Any) -> Any:
            start = time.process_time()
            lines = super().of(*paragraph)
            spent[-1] += time.process_time() - start
            return lines

    usual, pdf_document.Plan = pdf_document.Plan, Timed  # type: ignore[misc]
    try:
        for _ in range(RUNS):
            spent.append(0.0)
            pdf.write(given)
    finally:
        pdf_document.Plan = usual  # type: ignore[misc]
    return min(spent)


def report(path: Path) -> None:
    """Set one text in the three ways, and print the figures."""
    given = edition(path)
    made = {how: pdf.write(breaking(given, how)).data for how in ("greedy", "optimal")}
    made["Typst"] = in_typst(given)
    print(path.stem)
    for how, data in made.items():
        (BUILD / f"{path.stem}.{how.lower()}.pdf").write_bytes(data)
        print(f"  {how:8}{measured(data)}")
    ours, theirs = measured(made["optimal"]).mean, measured(made["Typst"]).mean
    pages = len(pypdfium2.PdfDocument(made["optimal"]))
    print(f"  mean gap against Typst's {ours / theirs - 1:+.1%}", end="; ")
    print(f"choosing lines {planning(given):.3f} s CPU for {pages} pages")


if __name__ == "__main__":
    for path in [Path(a) for a in sys.argv[1:]] or [*sorted(HERE.glob("texts/*.xml")), SEED]:
        if path.exists():
            report(path)
