"""PDF: whether the typefaces that were asked for are those that were set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.settings import Style

# The typefaces a stylesheet names as its variables: the first is meant, others stand in for it.
_NAMED = re.compile(r'--(serif|sans)\s*:\s*"([^"]+)"')


def typefaces(style: Style, sheets: Iterable[str]) -> list[str]:
    """The typefaces that [style] and the stylesheets (their texts, the last wins) ask for."""
    asked = {role: family for text in sheets for role, family in _NAMED.findall(text)}
    if style.fonts:
        asked["serif"] = style.fonts[0]
    return list(dict.fromkeys(asked.values()))


def unset(document: Any, asked: Iterable[str], place: Place) -> Iterator[Diagnostic]:
    """The typefaces in which nothing of a written document is set (PT738)."""
    used = {_plain(font.family) for font in document.fonts.values()}
    for family in asked:
        if not any(name.startswith(_plain(family)) for name in used):
            yield found("PT738", place, f"nothing is set in “{family}”: another typeface stands in")


def _plain(family: str | bytes) -> str:
    """A family's name for comparing: without case and blanks."""
    name = family.decode("utf-8", "replace") if isinstance(family, bytes) else family
    return "".join(name.casefold().split())
