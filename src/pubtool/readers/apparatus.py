"""The scholarly apparatus of a chapter: its references taken apart, its citations linked.

    structure(root, ledger, settings)

Every reader calls this once, on the canonical tree it made, before the words are compared
(`conserve.lost`) and the chapter is written out. `root` is a `<chapter>` whose `<ref>` elements
have ids and `<as-written>`; fields and `<cite>` elements that are there already stay as they are,
so that references from field codes or JATS are only linked. The tree is changed in place; no word
of the text and nothing in `<as-written>` is. Where a finding stands is taken from the
`sourceline` of the `<ref>` or the paragraph: a reader sets it to the line of the manuscript.
"""

from __future__ import annotations

from lxml import etree

from pubtool.readers.ledger import Ledger
from pubtool.settings import Settings


def structure(root: etree._Element, ledger: Ledger, settings: Settings | None = None) -> None:
    """Give references their fields and link citations (PT680 to PT688); see the module.

    `settings` names the files of reference managers to take references from, if there are any.
    Raises Unreadable for such a file, ToolMissing and ToolFailed if pandoc cannot read it.
    """
    from pubtool.readers.citations import link_citations
    from pubtool.readers.references.structuring import structure_references

    structure_references(root, ledger)
    files = settings.project.bibliography if settings else ()
    offered: set[str] = set()
    if settings and files:
        from pubtool.readers.managers import merge

        paths = [str(settings.root / file) for file in files]
        offered = merge(root, paths, ledger, settings.limits.input_megabytes)
    link_citations(root, ledger, offered)
