"""Language codes (ISO 639-1, and the three-letter codes they replace) and telling letters."""

from __future__ import annotations

import re

ISO_639_1 = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)

# BCP 47 asks for the shortest code (RFC 5646, section 2.2.1).
LONG_CODES = {
    "eng": "en", "tur": "tr", "aze": "az", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr",
    "rus": "ru", "spa": "es", "ita": "it", "por": "pt", "ara": "ar", "per": "fa", "fas": "fa",
    "ukr": "uk", "pol": "pl", "nld": "nl", "dut": "nl", "gre": "el", "ell": "el", "heb": "he",
    "geo": "ka", "kat": "ka", "arm": "hy", "hye": "hy", "kaz": "kk", "uzb": "uz", "tuk": "tk",
    "lat": "la", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "hun": "hu", "ces": "cs",
}  # fmt: skip
# Codes people write for a country or by habit, which mean another language or none.
MISTAKEN = {"gr": "el", "cz": "cs", "jp": "ja", "cn": "zh", "ua": "uk", "dk": "da", "se": "sv"}

SCRIPTS = {
    "Cyrillic": re.compile(r"[\u0400-\u052f]{2,}(?:\W+[\u0400-\u052f]+)+"),
    "Greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{2,}(?:\W+[\u0370-\u03ff\u1f00-\u1fff]+)+"),
    "Arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f]{2,}(?:\W+[\u0600-\u06ff]+)*"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]{2,}(?:\W+[\u0590-\u05ff]+)*"),
    "Georgian": re.compile(r"[\u10a0-\u10ff]{2,}(?:\W+[\u10a0-\u10ff]+)*"),
    "Armenian": re.compile(r"[\u0530-\u058f]{2,}(?:\W+[\u0530-\u058f]+)*"),
    "Han": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}"),
}
ANY_SCRIPT = re.compile(r"[\u0370-\u06ff\u0750-\u077f\u10a0-\u10ff\u1f00-\u1fff\u3040-\u9fff]")
NATIVE = {
    "Cyrillic": frozenset("ru uk bg sr be mk kk ky mn tg".split()),
    "Greek": frozenset({"el"}),
    "Arabic": frozenset("ar fa ur ps ug sd ku".split()),
    "Hebrew": frozenset({"he", "yi"}),
    "Georgian": frozenset({"ka"}),
    "Armenian": frozenset({"hy"}),
    "Han": frozenset({"zh", "ja"}),
}

# Letters that give a Latin-script language away, where two neighbouring words hold them.
_LETTERS = {"az": "əƏ", "pl": "łŁąęśźż", "ro": "țșȚȘ", "vi": "ơưđ"}
TELLING = {
    language: (
        re.compile(rf"[{letters}]"),
        re.compile(rf"\b\w{{0,40}}[{letters}]\w{{0,40}}\s+\w{{0,40}}[{letters}]\w*"),
    )
    for language, letters in _LETTERS.items()
}
