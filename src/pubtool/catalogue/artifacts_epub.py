"""Findings on what an EPUB takes from elsewhere: the pages of the print edition, and fonts."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT704",
        "warning",
        "the page facts of the print PDF are not those of this chapter",
        "Page numbers in the EPUB would lead readers who cite the printed pages astray.",
        "a file of printed pages that was made before a section was rewritten",
        "print and epub exported together",
        "Export print again, and the EPUB with it: --format print,epub.",
    ),
    Rule(
        "PT705",
        "note",
        "words have changed since the print PDF was made",
        "The page numbers in the EPUB are those of that PDF. That is right once it is printed, and"
        " wrong if it will be set anew.",
        "a typing error corrected after printing",
        "print and epub exported together",
        "If the pages are not printed yet, export print again, and the EPUB with it.",
    ),
    Rule(
        "PT706",
        "warning",
        "printed page without a mark in the EPUB",
        "Readers cannot go to that page by its number.",
        "a page that begins within lines of code",
        "every printed page that begins with words has its mark",
        "Nothing need be done; a page that shows no words of the text cannot be marked.",
    ),
    Rule(
        "PT707",
        "note",
        "page breaks of the chapter stand for those of the print PDF",
        "Only one edition can give the EPUB its page numbers: the one the chapter itself marks.",
        '<page-break number="41"/> in a chapter that is exported to print',
        "page breaks in the chapter, or a print PDF made by pubtool",
        "Remove the page breaks if the print PDF is the printed edition.",
    ),
    Rule(
        "PT708",
        "warning",
        "font for the EPUB not found",
        "The book would show in whatever typeface the reading system has.",
        'fonts = ["Gentum Book Plus"]',
        'fonts = ["Gentium Book Plus"]',
        "Install the font, or correct its name in [epub] fonts; fc-list shows what is there.",
    ),
    Rule(
        "PT709",
        "warning",
        "font may not be embedded",
        "Whoever opens an EPUB can take its fonts out; this font forbids that to be possible.",
        "a font with restricted embedding",
        "a font under the SIL Open Font License",
        "Take another font, or ask the foundry for one that may be embedded in e-books.",
    ),
)
