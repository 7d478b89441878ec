"""Manuscripts with markup in: DOCX, ODT, EPUB, HTML, Markdown, LaTeX, through pandoc.

file ─▶ front end ─▶ pandoc ─▶ blocks with marks ─▶ chapter (`assembly`) ─▶ marks put back ─▶
words compared
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, ToolFailed, Unreadable, found, in_order
from pubtool.languages import canonical
from pubtool.model import q
from pubtool.readers import Imported, ast_blocks, ast_tables
from pubtool.readers.anchors import link
from pubtool.readers.apparatus import structure
from pubtool.readers.assembly import assemble, language_of
from pubtool.readers.ast_go import Go, text_of
from pubtool.readers.ast_meta import language_of as said_language
from pubtool.readers.ast_meta import meta_blocks, text
from pubtool.readers.blocks import Block
from pubtool.readers.conserve import added, lost
from pubtool.readers.csl_fields import add_references, as_meta, csl_items, keys, written
from pubtool.readers.draft import serialise
from pubtool.readers.fitting import fitted
from pubtool.readers.flow import blocks, composed
from pubtool.readers.formulas import add_mathml
from pubtool.readers.images import Gallery
from pubtool.readers.ledger import Ledger
from pubtool.readers.marks import Marks, TooManyMarks
from pubtool.readers.offered import named, settle
from pubtool.readers.places import Finder
from pubtool.readers.prepared import Prepared
from pubtool.readers.signals import silenced
from pubtool.readers.sniff import format_of
from pubtool.readers.units import units
from pubtool.settings import Settings
from pubtool.source import local
from pubtool.tools import pandoc

FRONTS = {
    "docx": "pubtool.readers.docx",
    "odt": "pubtool.readers.odt",
    "epub": "pubtool.readers.epub",
    "html": "pubtool.readers.markup",
    "markdown": "pubtool.readers.markup",
    "latex": "pubtool.readers.markup",
}
# What one import may cost, whatever the project allows its exports.
_SECONDS, _MEGABYTES = 25, 900
_CALLED = {
    "fn": "a note", "query": "a query", "fig": "a figure", "table-wrap": "a table",
    "list": "a list", "inline-formula": "a formula", "disp-formula": "a formula",
}  # fmt: skip
_LOADED = (ast_blocks, ast_tables)


def read(data: bytes, file: str, settings: Settings) -> Imported:
    """The chapter in a manuscript with markup, and the images in it.

    Guesses are notes (PT603); a word that is neither in the chapter nor in a finding is an error
    (PT602). Raises Unreadable: PT605 (no text), PT621 to PT626 (a file that is none of these).
    """
    try:
        return _read(data, file, settings)
    except RecursionError:
        message = "its lists or quotations stand in one another hundreds deep"
        raise Unreadable(found("PT625", Place(file), message)) from None


def _read(data: bytes, file: str, settings: Settings) -> Imported:
    ledger = Ledger(file)
    front = import_module(FRONTS[format_of(data, file)])
    prepared: Prepared = front.prepare(data, file, settings, ledger)
    _refuse_long(prepared.lines or [(0, prepared.data.decode("utf-8", "replace"))], file, settings)
    document = _document(prepared, file, settings, ledger)
    lines = prepared.lines if prepared.lines is not None else _measured(document)
    if prepared.reader == "epub":
        lines = [*_measured(document)[:1], *lines]
    if not any(words.strip() for _, words in lines):
        raise Unreadable(found("PT605", Place(file), "there is no text in it"))
    return _Import(prepared, document, lines, settings, ledger).imported()


def _document(prepared: Prepared, file: str, settings: Settings, ledger: Ledger) -> dict[str, Any]:
    """Pandoc's document. Raises ToolMissing, and Unreadable (PT626) where pandoc gives up."""
    try:
        output, warnings = pandoc(
            ["-f", prepared.reader, "-t", "json", "--track-changes=all"],
            prepared.data,
            seconds=min(_SECONDS, settings.limits.pandoc_seconds),
            megabytes=min(_MEGABYTES, settings.limits.pandoc_megabytes),
        )
    except ToolFailed as error:
        raise Unreadable(found("PT626", Place(file), error.message)) from None
    for warning in warnings:
        ledger.report("PT626", 0, warning.removeprefix("[WARNING] "))
    document: dict[str, Any] = json.loads(output)
    return document


def _measured(document: dict[str, Any]) -> list[tuple[int, str]]:
    """The words of pandoc's document, paragraph by paragraph."""
    meta = " ".join(text(value, " ") for value in document["meta"].values())
    blocks_ = enumerate(document["blocks"], 1)
    return [(0, silenced(meta)), *((n, silenced(text_of(block))) for n, block in blocks_)]


def _refuse_long(lines: Sequence[tuple[int, str]], file: str, settings: Settings) -> None:
    count = sum(words.count(" ") + 1 for _, words in lines if words)
    most = settings.limits.import_words
    if count > most:
        message = f"{count} words (about {count // 400} pages) are more than the limit of {most}"
        raise Unreadable(found("PT625", Place(file), message))


class _Import:
    """One manuscript on its way from pandoc's document to a chapter."""

    def __init__(
        self,
        prepared: Prepared,
        document: dict[str, Any],
        lines: Sequence[tuple[int, str]],
        settings: Settings,
        ledger: Ledger,
    ) -> None:
        self.prepared, self.document, self.lines = prepared, document, lines
        self.ledger = ledger
        found_ = named(document["meta"], ledger.file, ledger)
        self.bibliography = (*settings.project.bibliography, *found_)
        project = replace(settings.project, bibliography=self.bibliography)
        self.settings = replace(settings, project=project)
        self.marks = Marks()
        told = {str(item["id"]): as_meta(item)["c"] for item in prepared.items if "id" in item}
        self.items = [*csl_items(document["meta"]), *told.values()]
        said = canonical(prepared.facts.get("language", "") or said_language(document["meta"]))
        words = " ".join(words for _, words in lines)
        self.language = language_of(words, settings, ledger, said)
        stem = PurePath(ledger.file).stem
        self.go = Go(
            ledger,
            Gallery(stem, prepared.image, ledger, prepared.descriptions),
            settings.import_,
            self.language.split("-")[0],
            locate=Finder(lines),
            cited=keys(self.items, set()),
            written=not prepared.reader.startswith(("markdown", "latex")),
            labelled=prepared.reader == "latex",
            offered=prepared.reader.startswith("markdown") and bool(self.bibliography),
        )

    def imported(self) -> Imported:
        """The chapter with its findings and images. Raises Unreadable (PT625)."""
        try:
            root = self._chapter()
        except TooManyMarks:
            message = "it has more notes, formulas and tables than one chapter can"
            raise Unreadable(found("PT625", Place(self.ledger.file), message)) from None
        missing = lost(self.lines, root, self.ledger.spent, self.ledger.file)
        rough = self._roughly_lost(root)
        known = [written(item) for item in self.items]
        known += ["".join(ref.itertext()) for ref in root.iter(q("ref")) if self.bibliography]
        invented = added(self.lines, root, known, self.ledger.file)
        findings = in_order([*self.ledger.findings, *missing, *rough, *invented])
        return Imported(serialise(root), findings, files=self.go.gallery.files)

    def _roughly_lost(self, root: etree._Element) -> list[Diagnostic]:
        """PT634, for a source of which pandoc's own words are not all there is."""
        rough = self.prepared.rough
        return lost(rough, root, self.ledger.spent, self.ledger.file, rule="PT634") if rough else []

    def _chapter(self) -> etree._Element:
        blocks_ = self._blocks()
        notes = self._said_in_notes()
        title = self.prepared.facts.get("title", "")
        root = assemble(blocks_, self.language, self.settings, self.ledger, notes, title)
        self.marks.restore(root)
        self._tell_missing(notes)
        fitted(root, self.go)
        offered = self.go.labelled and bool(self.bibliography)
        link(root, self.ledger, self.go.cited, offered=offered)
        add_references(root, self.items, self.go.cited, self.ledger)
        structure(root, self.ledger, self.settings)
        settle(root, self.ledger)
        for tex in add_mathml(self.go.formulas, _SECONDS, _MEGABYTES):
            self.ledger.report("PT631", 0, f"“{tex}”")
        return root

    def _blocks(self) -> list[Block]:
        found_ = composed(list(units(self.document["blocks"], self.go)), self.go)
        self._tell_facts()
        front = meta_blocks(self._meta(), self.marks, self.go)
        return [*front, *blocks(found_, self.marks, self.go)]

    def _meta(self) -> dict[str, Any]:
        """Pandoc's metadata; the `<title>` of a web page is not the chapter's, but a property."""
        meta = dict(self.document["meta"])
        if self.prepared.reader == "html":
            meta.pop("title", None)
        titles = meta.get("title", {})
        if titles.get("t") == "MetaList" and len(titles["c"]) > 1:
            # Of the titles in an EPUB pandoc gives the main one last.
            *others, meta["title"] = titles["c"]
            meta["subtitle"] = {"t": "MetaList", "c": others}
        return meta

    def _tell_facts(self) -> None:
        facts = self.prepared.facts
        for name in ("title", "creator", "keywords"):
            if facts.get(name):
                self.ledger.report("PT627", 0, f"{name}: “{facts[name]}”")

    def _said_in_notes(self) -> dict[str, str]:
        return {
            mark: " ".join("".join(node.itertext()).split())
            for mark, node in self.marks.objects.items()
            if not isinstance(node, str) and local(node) == "fn"
        }

    def _tell_missing(self, unread: Mapping[str, str]) -> None:
        """Notes and floats that had no place where they stood: their words are named (PT606).

        `unread` are the notes on authors' names of which nobody has made anything.
        """
        for mark, node in self.marks.missing():
            if isinstance(node, str) or (local(node) == "fn" and mark not in unread):
                continue
            words = " ".join("".join(node.itertext()).split())
            if words:
                what = _CALLED.get(local(node), "a piece")
                self.ledger.set_aside(0, words, f"is {what} where none can stand")
