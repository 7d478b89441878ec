"""Word, OpenDocument, LaTeX, Typst, Markdown and InDesign, all from pandoc's document model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from pubtool import tools, zipped
from pubtool.diagnostics import Place, found
from pubtool.edition import Edition, Made
from pubtool.writers.pandoc_document import as_json, document

Write = Callable[[Edition], Made]


def _zipped(to: str) -> Write:
    """A writer for an office format: images inside, zipped the same way every time."""

    def write(edition: Edition) -> Made:
        made = _pandoc(edition, to, embed=True)
        files = zipped.unpack(made.data)
        ordered = {name: files[name] for name in sorted(files, key=lambda n: (n != "mimetype", n))}
        return Made(zipped.pack(ordered, stored="mimetype"), made.findings)

    return write


def _text(to: str, *, embed: bool = False) -> Write:
    """A writer for a text format: images stay files, named as the chapter names them.

    InDesign's stories hold theirs inside: from a mere name pandoc could not tell their size.
    """
    return lambda edition: _pandoc(edition, to, embed=embed)


docx = _zipped("docx")
odt = _zipped("odt")
latex = _text("latex")
typst = _text("typst")
markdown = _text("markdown")
icml = _text("icml", embed=True)


def _pandoc(edition: Edition, to: str, *, embed: bool) -> Made:
    """What pandoc makes of the chapter; what it complains of becomes a finding (PT752)."""
    made, go = document(edition, mathml=False, embed=embed)
    limits = edition.settings.limits
    data, complaints = tools.pandoc(
        ["--from=json", f"--to={to}", "--standalone", "--wrap=none", "--output=-"],
        as_json(made),
        epoch=_epoch(edition.chapter.record.date),
        seconds=limits.pandoc_seconds,
        megabytes=limits.pandoc_megabytes,
    )
    place = Place(edition.chapter.file)
    told = [found("PT752", place, f"{to}: {line}") for line in complaints]
    return Made(data, (*go.findings, *told))


def _epoch(date: str) -> int:
    """The chapter's date in seconds since 1970, for the properties of office files."""
    year, month, day = [*date.split("/")[0].split("-"), "1", "1", "1"][:3]
    if not year.isdigit():
        return 0
    return int(datetime(int(year), int(month), int(day), tzinfo=UTC).timestamp())
