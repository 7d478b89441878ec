"""Quotation marks and abbreviations before numbers, by language."""

from __future__ import annotations

# The outer marks, opening and closing, as the language's orthography or the usual house has them.
QUOTES = {
    "en": "“”",
    "tr": "“”",
    "az": "“”",
    "pt": "“”",
    "nl": "“”",
    "de": "„“",
    "cs": "„“",
    "pl": "„”",
    "fr": "«»",
    "es": "«»",
    "it": "«»",
    "ru": "«»",
    "uk": "«»",
}

# What a number must not be parted from: "p. 186".
ABBREVIATIONS = {
    "en": "p pp vol Vol no No fig Fig ch Ch eq Eq",
    "tr": "s ss c sy Şek Tab",
    "az": "s ss səh c",
    "de": "S Bd Nr Abb Tab",
    "fr": "p pp vol fig",
    "es": "p pp vol núm fig",
    "it": "p pp vol fig",
    "pt": "p pp vol fig",
    "ru": "с т рис",
}
