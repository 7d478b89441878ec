"""Patterns read as they are needed divide as Pyphen does; engines put off are there when asked."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyphen
import pytest

from pubtool.writers.pdf_patterns import dictionary

# Pyphen's own reader, whatever has been put in its place since.
_THEIRS = getattr(pyphen.HyphDict, "args", [pyphen.HyphDict])[0]
DICTIONARIES = sorted(set(map(str, pyphen.LANGUAGES.values())))
DICTIONARIES = [name for name in DICTIONARIES if name.endswith(".dic")]


@pytest.mark.parametrize("path", DICTIONARIES, ids=lambda path: Path(path).stem)
def test_divides_as_pyphen_does(path: str) -> None:
    """Every pattern says the same, and so do words that are made of three of them."""
    theirs, ours = _THEIRS(Path(path)), dictionary(_THEIRS, Path(path))
    told = {letters: tuple(pattern) for letters, pattern in ours.patterns.items()}
    assert {letters: said for letters, said in told.items() if said[1]} == theirs.patterns
    assert ours.maxlen == theirs.maxlen
    chance = random.Random(path)
    for _ in range(50):
        word = "".join(chance.choices(list(theirs.patterns), k=3)).replace(".", "")
        assert _divided(ours, word) == _divided(theirs, word), word


def _divided(patterns: Any, word: str) -> list[tuple[int, object]]:
    return [(int(at), at.data) for at in patterns.positions(word)]


@pytest.mark.parametrize(
    "use",
    [
        "from fontTools import subset; subset.Options(glyph_names=True)",
        "from fontTools.subset import Subsetter; Subsetter()",
        "from fontTools.varLib import instancer; instancer.OverlapMode.KEEP_AND_SET_FLAGS",
        "from weasyprint.pdf.fonts import subset; assert subset.Options().notdef_outline is False",
    ],
)
def test_what_is_put_off_comes(use: str) -> None:
    """Whoever asks for a module that was put off gets the real one."""
    code = f"from pubtool.writers.pdf import prepare; prepare(); {use}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_instancer_that_was_put_off_does_its_work() -> None:
    """The function that WeasyPrint has taken hold of calls the real one."""
    code = (
        "from pubtool.writers.pdf import prepare; prepare()\n"
        "from weasyprint.pdf import fonts\n"
        "try: fonts.instantiateVariableFont(fonts.TTFont(), {})\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "fvar" in done.stdout, done.stdout + done.stderr
