"""The pages of the PDF PT79x."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT790",
        "error",
        "words beyond the edge of the page",
        "They are in the file, but nobody will see them.",
        "a note, or a row of a table, that is longer than a page",
        "a note of a few lines, the rest of it in the text or in an appendix",
        "Shorten the note, move a part of it into the text or an appendix, or divide it in two; "
        "divide a table's row.",
    ),
    Rule(
        "PT791",
        "note",
        "lines filled one after the other",
        "Paragraphs broken as wholes have evener gaps and fewer hyphens; these are broken line by "
        "line, as an office program does it.",
        "a style whose left pages are 3 mm wider than the right ones",
        "left, right and first pages with the same width of text, inner and outer margins swapped",
        "Give all pages of the style text and notes of one width. Columns, text beside floats, "
        "right-to-left and East Asian text are always filled line by line; to choose that and hear "
        'no more of it: [pdf] line-breaking = "greedy".',
    ),
    Rule(
        "PT792",
        "note",
        "another typeface stands in for letters",
        "A letter of another typeface in the middle of a word catches the eye.",
        "ḫ in a typeface without it",
        "Gentium Book Plus, which has it",
        "Look at the words with these letters; if it shows, choose a typeface that has them in "
        "[style] fonts.",
    ),
    Rule(
        "PT793",
        "warning",
        "formula made too small",
        "A formula longer than its line is made smaller until it fits, and can hardly be read.",
        "a sum of thirty terms in one line",
        "the same sum in three lines",
        "Break the formula by hand: an aligned environment in TeX, an mtable in MathML, or several "
        "formulas.",
    ),
)
