"""The letters of languages beyond A to Z, for judging whether a font can set them.

From the exemplar characters of each language's alphabet; capitals are added where they are used.
"""

from __future__ import annotations

LETTERS: dict[str, str] = {
    "az": "çəğıiöşüÇƏĞIİÖŞÜ",
    "cs": "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
    "de": "äöüßÄÖÜ",
    "el": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
    "en": "éïöñ",
    "es": "áéíñóúü¿¡ÁÉÍÑÓÚÜ",
    "fr": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ",
    "it": "àèéìòùÀÈÉÌÒÙ",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "pt": "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    "tr": "çğıiöşüâîûÇĞIİÖŞÜ",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ",
}
