"""PDF: syllables of Turkish and Azerbaijani, for which no dictionary of patterns exists.

A syllable has one vowel and starts with at most one consonant, in loans too: kont-rol, prog-ram,
sürp-riz (TDK, Yazım Kılavuzu, "Hece Yapısı ve Satır Sonunda Kelimelerin Bölünmesi"; the rules of
Azerbaijani orthography on carrying words over agree). So a word is divided before each consonant
that a vowel follows, and between two vowels. Names that keep a foreign spelling are not divided,
but where this table says how.
"""

VOWELS = "aeıioöuüəâîû"

# Letters that no word of the language is written with.
FOREIGN = {"tr": "qwxßñáéíóúàèìòùäëï", "az": "wßñâîûáéíóúàèìòùäëï"}

# Beginnings of words whose letters are not sounded as Turkish or Azerbaijani ones are.
EXCEPTIONS = {
    "tr": """
        beet-ho-ven cam-bridge char-les chi-ca-go chris-to-pher chur-chill con-nec-ti-cut
        edin-burgh eliza-beth goethe hitch-cock joh-an-nes khrush-chev lei-bniz liech-ten-stein
        man-ches-ter mas-sa-chu-setts mi-chi-gan mon-tes-quieu nietz-sche phi-la-del-phia
        roche-ster roose-velt rous-seau scho-pen-hauer schil-ler schmidt shake-speare stock-holm
        thatch-er thomas toc-que-ville ver-sail-les wag-ner wal-lace wash-ing-ton wei-mar
        west-mins-ter wil-liam wil-son witt-gen-stein
    """.split(),
    "az": ["cam-bridge", "shake-speare", "wash-ing-ton", "wil-liam", "wil-son", "west-mins-ter"],
}
