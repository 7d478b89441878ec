"""Manuscripts in: PT6xx."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT601",
        "note",
        "repeated or running text left out",
        "Text taken from printed pages repeats titles and running heads; each is kept once.",
        "the title in capitals on two pages",
        "the title once",
        "Look whether the text named was really a repetition.",
    ),
    Rule(
        "PT602",
        "error",
        "words of the source are not in the chapter",
        "Nothing may be lost silently.",
        "a caption that no reader understood",
        "every word in the chapter or in a message",
        "Add the words named to the chapter by hand, and report the case.",
    ),
    Rule(
        "PT603",
        "note",
        "guess of the importer",
        "Plain text does not say what is a heading or an author; pubtool guessed, with a reason.",
        '"Introduction" alone on a line, taken as a heading',
        "the same, looked at by a person",
        "Check the guess; correct the chapter if it is wrong.",
    ),
    Rule(
        "PT604",
        "note",
        "paragraph rejoined",
        "A page break had cut a sentence in two.",
        'one paragraph ends "(Aliyev, 1997, p." and the next begins "432)."',
        "one paragraph",
        "Check the sentence at the join.",
    ),
    Rule(
        "PT605",
        "error",
        "no structure found",
        "A chapter needs at least a title and some text.",
        "a file of three blank lines",
        "a title, an author, paragraphs",
        "Check that this is the right file; put the title on the first line.",
    ),
    Rule(
        "PT606",
        "note",
        "text set aside",
        "These words have no place in a chapter, or the chapter says the same elsewhere.",
        "an affiliation beside the biography that differs from the one under the title",
        "one affiliation",
        "Decide which of the two is right and put it into the chapter.",
    ),
    Rule(
        "PT607",
        "error",
        "file would be overwritten",
        "Work already done in the file would be lost.",
        "pubtool import a.txt -o chapter.xml (it exists)",
        "pubtool import a.txt -o chapter-new.xml",
        "Choose another name, or add --force.",
    ),
    Rule(
        "PT608",
        "error",
        "format not known",
        "pubtool cannot read this kind of file yet.",
        "pubtool import chapter.pages",
        "pubtool import chapter.txt",
        "Save it as plain text (UTF-8) and import that.",
    ),
)
