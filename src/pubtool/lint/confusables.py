"""Letters that look like others, and characters nobody sees."""

from __future__ import annotations

# Letters of one script that pass for Latin ones: the usual suspects of mixed keyboards and OCR.
CYRILLIC_LOOKALIKES = frozenset("аеорсухіјѕԁһАВЕКМНОРСТХІЈЅ")
GREEK_LOOKALIKES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρτυ")

# What stands → what was meant, whatever the language.
ALWAYS = {
    "ǝ": "ə",
    "Ǝ": "Ə",
    "i\u0307": "i",
    "`": "’",
    "´": "’",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
}
# In Turkish and Azerbaijani: the letters of Romanian.
TURKIC = {"ș": "ş", "Ș": "Ş", "ț": "ţ"}

INVISIBLE = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
    "\ufffd": "the mark of a letter lost in conversion",
}
