"""Words in capitals get their own case back where the manuscript shows it elsewhere, only there.

'TÜRKİYE'.lower() is not "türkiye", and no rule knows that "USA" keeps its capitals: so the mixed
case is never computed, it is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pubtool.text import fold, is_capitals

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# An address is written small whatever is in it.
_ADDRESS = re.compile(r"\S*(?:@|\[at\]|://)\S*")
_HEADING = 200


@dataclass(frozen=True)
class Evidence:
    """How words and short lines are written where they are not in capitals, by folded form."""

    names: dict[str, str] = field(default_factory=dict)
    lower: frozenset[str] = frozenset()
    lines: dict[str, str] = field(default_factory=dict)

    def word(self, capitals: str) -> str:
        """A word in capitals in its own case, or as it is."""
        return self.names.get(fold(capitals), capitals) if _shouts(capitals) else capitals

    def line(self, capitals: str, within: str = "") -> str:
        """A line in capitals as another line has it, or a longer text that holds it."""
        if not is_capitals(capitals):
            return capitals
        return _phrase(capitals, within) or self.lines.get(fold(capitals)) or capitals


def gather(texts: Iterable[str]) -> Evidence:
    """What a manuscript shows of the case of its words; each word is looked at once."""
    lines: dict[str, str] = {}
    words: dict[str, None] = {}
    for text in texts:
        words.update(dict.fromkeys(_WORD.findall(_ADDRESS.sub(" ", text))))
        if len(text) < _HEADING and not is_capitals(text):
            lines.setdefault(fold(text), text)
    names: dict[str, str] = {}
    for word in words:
        if word[0].isupper() and not is_capitals(word):
            names.setdefault(fold(word), word)
    return Evidence(names, frozenset(fold(word) for word in words if word.islower()), lines)


def _shouts(word: str) -> bool:
    return is_capitals(word) and sum(c.isalpha() for c in word) > 1


def _phrase(capitals: str, text: str) -> str:
    """The words of a text that are the same but for case, without the marks around them."""
    wanted = [fold(word) for word in capitals.split()]
    words = text.split()
    folded = [fold(word) for word in words]
    for start in range(len(words) - len(wanted) + 1):
        if folded[start : start + len(wanted)] == wanted:
            return _trimmed(" ".join(words[start : start + len(wanted)]), capitals)
    return ""


def _trimmed(phrase: str, like: str) -> str:
    """A phrase without marks at its ends that the original has not."""
    end = phrase.rstrip('.,;:*”"»)')
    return phrase[: len(end) + len(like) - len(like.rstrip('.,;:*”"»)'))]
