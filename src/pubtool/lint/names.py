"""One spelling for one name: Çanakkale or Chanakkale, Erdoğan or Erdogan."""

from __future__ import annotations

import re
from collections import defaultdict

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.text import fold

_NAME = re.compile(r"(?<![\w’'])[^\W\d_a-z][^\W\d_]{3,}")
# Two ways to write one sound in Latin letters.
_SOUNDS = (("ch", "c"), ("sh", "s"), ("gh", "g"), ("kh", "x"), ("zh", "j"), ("ph", "f"))


def sound(word: str) -> str:
    """A word as it sounds, whatever its diacritics and transliteration."""
    bare = fold(word)
    for written, simple in _SOUNDS:
        bare = bare.replace(written, simple)
    return bare


@rule("PT415")
def variants(c: Context) -> Said:
    places: dict[str, list[tuple[Passage, int]]] = defaultdict(list)
    for p in c.prose:
        for m in _NAME.finditer(p.prose):
            if not m[0].isupper() and p.inside(m.start(), "foreign") is None:
                places[m[0]].append((p, m.start()))
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in places:
        spellings[sound(name)].append(name)
    # Without a letter beyond A to Z, "Chase" and "Case" would be one name.
    for names in (n for n in spellings.values() if not "".join(n).isascii()):
        # HuGENet and HuGENET differ in capitals only.
        usual, *others = sorted(names, key=lambda name: -len(places[name]))
        for name in (n for n in others if n.casefold() != usual.casefold()):
            p, i = places[name][0]
            count = f"{len(places[name])}× “{name}”, {len(places[usual])}× “{usual}”"
            yield p.place(i), f"one name in two spellings? {count}"
