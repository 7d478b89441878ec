"""The words pubtool writes, in their language; `[labels.xx]` in pubtool.toml adds to them.

`{n}` is a number; `{names}`, `{book}`, `{pages}` are filled by the citation line.
"""

from __future__ import annotations

from collections.abc import Mapping

from pubtool.label_words import LABELS

__all__ = ["LABELS", "label_in", "labels_for"]


def labels_for(language: str, house: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The labels of a language: the house's own first, then the table's, then English."""
    bare = language.lower().split("-")[0]
    return {
        **LABELS["en"],
        **LABELS.get(bare, {}),
        **house.get(bare, {}),
        **house.get(language, {}),
    }


def written_in(language: str, house: Mapping[str, Mapping[str, str]]) -> str:
    """The language that labels for a language are in: English where nobody knows its words."""
    bare = language.lower().split("-")[0]
    return language if bare in LABELS or bare in house or language in house else "en"


def label_in(
    own: str, labels: Mapping[str, str], house: Mapping[str, Mapping[str, str]], tag: str, name: str
) -> str:
    """A label in the language of what it heads: an abstract in Turkish is headed in Turkish."""
    return labels[name] if tag == own else labels_for(tag, house)[name]
