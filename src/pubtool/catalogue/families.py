"""The families of findings by their ids, in the words of the summary."""

from __future__ import annotations

# (first, last, family): the first row that holds an id names its family.
_FAMILIES = (
    (1, 99, "files and settings"),
    (101, 199, "schema"),
    (201, 219, "structure"),
    (220, 259, "text"),
    (260, 279, "languages"),
    (301, 301, "references"),
    (302, 319, "citations"),
    (320, 399, "references"),
    (401, 411, "identifiers"),
    (412, 429, "names"),
    (430, 449, "metadata"),
    (450, 499, "completeness"),
    (505, 505, "accessibility"),
    (501, 529, "figures and tables"),
    (530, 599, "accessibility"),
    (601, 699, "import"),
    (701, 799, "artifacts"),
    (801, 819, "house"),
    (820, 899, "packages and deposits"),
    (901, 999, "machine"),
)
# Without their images nothing can be exported: these findings cannot be switched off.
_FIXED = frozenset({"PT501", "PT502", "PT503", "PT504"})


def family(id_: str) -> str:
    """The family of a finding, such as "structure" or "citations"."""
    number = int(id_[2:])
    return next((name for first, last, name in _FAMILIES if first <= number <= last), "other")


def is_editorial(id_: str) -> bool:
    """True for findings a house may weigh as it likes: PT2xx to PT5xx."""
    return "PT200" < id_ < "PT600" and id_ not in _FIXED
