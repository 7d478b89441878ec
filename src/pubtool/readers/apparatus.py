"""The scholarly apparatus of a chapter: its references taken apart, its citations linked.

    structure(root, ledger)

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


def structure(root: etree._Element, ledger: Ledger) -> None:
    """Give references their fields and link citations (PT680 to PT685); see the module."""
    from pubtool.readers.citations import link_citations
    from pubtool.readers.references.structuring import structure_references

    structure_references(root, ledger)
    link_citations(root, ledger)
