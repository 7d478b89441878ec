"""The kinds of input: how each is made, what is done with it, and how many there are of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz import conserved, inputs, spoilt, trials

Maker = Callable[[random.Random], tuple[str, bytes]]


@dataclass(frozen=True)
class Kind:
    """`make` gives a file name and bytes; `trial` takes them; `share` is of a thousand inputs."""

    make: Maker
    trial: Callable[[str, bytes], object]
    share: int


KINDS = {
    "text": Kind(inputs.text, conserved.tried, 125),
    "xml": Kind(inputs.xml, conserved.tried, 105),
    "word": Kind(inputs.word, conserved.tried, 20),
    "chapter": Kind(spoilt.chapter, trials.chapter, 250),
    "settings": Kind(spoilt.settings, trials.settings, 120),
    "style": Kind(spoilt.style, trials.style, 80),
    "page": Kind(spoilt.page, trials.page, 5),
    "template": Kind(spoilt.template, trials.template, 80),
    "reference": Kind(spoilt.reference, trials.reference, 100),
    "manager": Kind(spoilt.manager, trials.manager, 115),
}


def made(number: int, seed: int, among: tuple[str, ...] = tuple(KINDS)) -> tuple[str, str, bytes]:
    """The kind, file name and bytes of an input: always the same for a number and a seed."""
    chance = random.Random(seed * 1_000_003 + number)
    kind = chance.choices(among, [KINDS[name].share for name in among])[0]
    return (kind, *KINDS[kind].make(chance))
