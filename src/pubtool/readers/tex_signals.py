"""What pandoc leaves out of LaTeX, written so that it comes through: index entries, keys."""

from __future__ import annotations

import re

from pubtool.readers.anchors import BIBITEM
from pubtool.readers.signals import ANCHOR, INDEX

_INDEX = re.compile(r"\\index\{([^{}\\]+)\}")
_BIBITEM = re.compile(r"(\\bibitem(?:\[[^\]]*\])?\{([^{}]+)\})")
_WIDEST = re.compile(r"(\\begin\{thebibliography\})\{[^{}]*\}")


def tex_signals(text: str) -> str:
    """A LaTeX manuscript with its index entries and the keys of its references as signals."""
    text = _INDEX.sub(lambda match: INDEX.wrap(match[1]), text)
    text = _BIBITEM.sub(lambda match: match[1] + ANCHOR.wrap("", BIBITEM + match[2]), text)
    return _WIDEST.sub(r"\1{}", text)
