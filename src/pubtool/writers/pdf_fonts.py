"""PDF: whether the typefaces that were asked for are those that were set, for every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.settings import Style

# The typefaces a stylesheet names as its variables: the first is meant, others stand in for it.
_NAMED = re.compile(r'--(serif|sans|mono)\s*:\s*"([^"]+)"')
# So many letters of a typeface that stands in are told.
_TOLD = 12


def typefaces(style: Style, sheets: Iterable[str]) -> dict[str, str]:
    """The typefaces that [style] and the stylesheets (their texts, the last wins) ask for.

    By their part: "serif", "sans", "mono".
    """
    asked = {role: family for text in sheets for role, family in _NAMED.findall(text)}
    if style.fonts:
        asked["serif"] = style.fonts[0]
    return asked


def typefaces_told(document: Any, asked: Mapping[str, str], place: Place) -> Iterator[Diagnostic]:
    """The typefaces in which nothing of a written document is set (PT738), and the others in it.

    Others stand in for letters that one of those asked for lacks (PT792). A drawing has typefaces
    of its own; they are no matter.
    """
    fonts = document.fonts.values()
    # Not every chapter has lines of code.
    wanted = dict.fromkeys(family for part, family in asked.items() if part != "mono")
    for family in wanted:
        if not any(_is_of(font, [family]) for font in fonts):
            yield found("PT738", place, f"nothing is set in “{family}”: another typeface stands in")
    known = [font for font in fonts if _is_of(font, wanted)]
    others: dict[str, set[str]] = {}
    for font in fonts:
        if not _is_of(font, asked.values()):
            others.setdefault(font.family, set()).update("".join(font.to_unicode.values()))
    held = [_held(font) for font in known] if others else []
    for family, letters in sorted(others.items()):
        lacked = {c for c in letters if c.isprintable() and any(ord(c) not in has for has in held)}
        if lacked:
            yield found("PT792", place, f"“{family}” stands in for {_listed(lacked)}")


def _is_of(font: Any, families: Iterable[str]) -> bool:
    return any(_plain(font.family).startswith(_plain(family)) for family in families)


def _held(font: Any) -> frozenset[int]:
    """The letters of a font (WeasyPrint's), of which only a part is embedded."""
    import uharfbuzz
    from weasyprint.text.fonts import get_hb_object_data

    return frozenset(uharfbuzz.Face(get_hb_object_data(font.hb_face), font.index).unicodes)


def _listed(letters: Iterable[str]) -> str:
    """Letters with their numbers in Unicode, the first dozen of them."""
    every = sorted(letters)
    shown = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in every[:_TOLD])
    return f"{shown} and {len(every) - _TOLD} more" if len(every) > _TOLD else shown


def _plain(family: str | bytes) -> str:
    """A family's name for comparing: without case and blanks."""
    name = family.decode("utf-8", "replace") if isinstance(family, bytes) else family
    return "".join(name.casefold().split())
