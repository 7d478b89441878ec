"""Languages: PT260 to PT267."""

from __future__ import annotations

from pubtool.catalogue.rule import Rule

RULES = (
    Rule(
        "PT260",
        "warning",
        "not a valid language tag",
        "Speech, hyphenation and catalogues go by the tag (BCP 47).",
        'xml:lang="eng"',
        'xml:lang="en"',
        "Use the tag the message names, or look it up in the IANA registry.",
    ),
    Rule(
        "PT261",
        "note",
        "words in another script without a language",
        "A screen reader spells them out or passes over them; hyphenation fails.",
        "<p>… Азербайджан сегодня …</p>",
        '<foreign xml:lang="ru">Азербайджан сегодня</foreign>',
        "Put the words into <foreign xml:lang>.",
    ),
    Rule(
        "PT262",
        "note",
        "words in another language without its tag",
        "A screen reader reads them with the sounds of the wrong language.",
        "Mətbuat xəbərləri",
        '<foreign xml:lang="az">Mətbuat xəbərləri</foreign>',
        "Put the words into <foreign xml:lang>, or give the <ref> its xml:lang.",
    ),
    Rule(
        "PT263",
        "warning",
        "two abstracts in one language",
        "Catalogues take one and drop the other.",
        'two <abstract xml:lang="en">',
        '<abstract xml:lang="en">, <abstract xml:lang="tr">',
        "Correct the language of one, or say what it is with kind.",
    ),
    Rule(
        "PT264",
        "warning",
        "foreign words without a language",
        "Only the language makes the mark useful to speech and hyphenation.",
        "<foreign>Weltanschauung</foreign>",
        '<foreign xml:lang="de">Weltanschauung</foreign>',
        "Add xml:lang.",
    ),
    Rule(
        "PT265",
        "note",
        "marked as foreign in its own language",
        "The mark says nothing, or names the wrong language.",
        '<foreign xml:lang="en"> in an English chapter',
        "no mark",
        "Correct the language or remove the mark.",
    ),
    Rule(
        "PT266",
        "note",
        "abstract in a language without a title in it",
        "Catalogues in that language show no title.",
        '<abstract xml:lang="tr"> alone',
        '<trans-title xml:lang="tr">, <abstract xml:lang="tr">',
        "Add <trans-title> in that language.",
    ),
    Rule(
        "PT267",
        "warning",
        "no words for the language of the chapter",
        "Headings and labels that pubtool prints would be in English within another language.",
        'xml:lang="ar", and “References” above the list',
        "[labels.ar] in pubtool.toml, with the words of that language",
        "Give the words under [labels.xx] in pubtool.toml, xx being the language; their names "
        "stand in docs/settings.md.",
    ),
)
