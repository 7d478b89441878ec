"""Citation styles PT760, PT78x; metadata for agencies, catalogues, reference managers PT77x."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT770",
        "note",
        "metadata incomplete",
        "Who receives the file expects this field; without it the chapter is found less easily.",
        "a chapter without a licence, for OAI-DC",
        'license = "https://creativecommons.org/licenses/by/4.0/" in [book]',
        "Say it in the chapter or in [book] of pubtool.toml, if there is one; nothing is made up.",
    ),
    Rule(
        "PT771",
        "error",
        "metadata cannot be made",
        "The receiver refuses a file without this field, and pubtool invents no value for it.",
        "a Crossref deposit of a chapter that has no DOI",
        "<identifiers><doi>10.5555/volume.08</doi></identifiers>",
        "Say it in the chapter or in pubtool.toml, or leave this format out.",
    ),
    Rule(
        "PT773",
        "error",
        "metadata file not valid",
        "The receiver's system would refuse the file or read it wrongly.",
        "a MARC record that cannot be decoded",
        "a file its receiver accepts",
        "Look at the project's own templates and at unusually long values first; "
        "then report it with the chapter.",
    ),
    Rule(
        "PT774",
        "error",
        "fact lost in the metadata",
        "A name, title or number of the chapter is not in the file.",
        "a deposit without the second author",
        "every fact its table names",
        "Look at the project's own templates first; then report it with the chapter.",
    ),
    Rule(
        "PT780",
        "error",
        "citation style cannot be used",
        "Without the style nothing could be restyled; citations would stay as they were.",
        '[citations] style = "apaa"',
        '[citations] style = "apa"',
        "Use the name of a CSL style (apa, mla, chicago-author-date …), or put a .csl file into "
        "the project's styles folder.",
    ),
    Rule(
        "PT760",
        "warning",
        "citations stay in the text under a style of notes",
        "The list of references follows the style, the citations do not: no note is made of a "
        "citation, since its sentence would have to change with it.",
        '[citations] style = "chicago-notes-bibliography" over (Aliyev, 2009, p. 186)',
        '[citations] style = "chicago-author-date"',
        "Choose a style of the same family that cites in the text, or have the author put the "
        "citations into notes (<fn>).",
    ),
    Rule(
        "PT781",
        "note",
        "citation or reference kept as written",
        "Restyled, it would lose words of the author, or there is nothing to style it by.",
        "(see above all Aliyev, 2009, p. 186) without prefix and locator",
        '<cite ref="aliyev-2009" prefix="see above all" locator="186"/>',
        "Put what the citation says into its attributes, or the reference into fields.",
    ),
)
