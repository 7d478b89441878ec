"""Word, OpenDocument, LaTeX, Typst, Markdown and InDesign, all from pandoc's document model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pubtool import tools, zipped
from pubtool.diagnostics import Place, found
from pubtool.edition import Edition, Made
from pubtool.writers.office_images import alternatives, described
from pubtool.writers.pandoc_document import as_json, document

Write = Callable[[Edition], Made]
# Formats in which pandoc writes no alternative texts.
_WITHOUT_ALTERNATIVES = frozenset({"typst", "icml"})


def docx(edition: Edition) -> Made:
    """The chapter as Word document. Raises ToolMissing, ToolFailed."""
    made = _pandoc(edition, "docx", embed=True)
    return Made(_zipped(zipped.unpack(made.data)), made.findings)


def odt(edition: Edition) -> Made:
    """The chapter as OpenDocument text. Raises ToolMissing, ToolFailed."""
    made = _pandoc(edition, "odt", embed=True)
    files = zipped.unpack(made.data)
    given, _ = document(edition, mathml=False, embed=True)
    files["content.xml"] = described(files["content.xml"], list(alternatives(given["blocks"])))
    return Made(_zipped(files), made.findings)


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files of an office document, zipped the same way every time."""
    ordered = {name: files[name] for name in sorted(files, key=lambda n: (n != "mimetype", n))}
    return zipped.pack(ordered, stored="mimetype")


def _text(to: str, *, embed: bool = False) -> Write:
    """A writer for a text format: images stay files, named as the chapter names them.

    InDesign's stories hold theirs inside: from a mere name pandoc could not tell their size.
    """
    return lambda edition: _pandoc(edition, to, embed=embed)


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
    told = [found("PT752", place, f"{to}: {line}") for line in [*complaints, *_unsaid(made, to)]]
    return Made(data, (*go.findings, *told))


def _unsaid(made: dict[str, Any], to: str) -> list[str]:
    """What a format of pandoc has no words for."""
    lost = [alternative for alternative in alternatives(made["blocks"]) if alternative]
    if not lost or to not in _WITHOUT_ALTERNATIVES:
        return []
    return [f"alternative texts of images are left out: {'; '.join(lost)}"]


def _epoch(date: str) -> int:
    """The chapter's date in seconds since 1970, for the properties of office files."""
    year, month, day = [*date.split("/")[0].split("-"), "1", "1", "1"][:3]
    if not year.isdigit():
        return 0
    return int(datetime(int(year), int(month), int(day), tzinfo=UTC).timestamp())
