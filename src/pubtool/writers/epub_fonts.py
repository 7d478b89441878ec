"""EPUB: the typefaces of [epub] fonts in the book, cut down to its letters, if that is allowed.

Sources: OpenType 1.9.1, OS/2 fsType and name; EPUB 3.3, 3.2 (core media types).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pubtool import tools
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.settings import Settings
from pubtool.source import fragment


@dataclass(frozen=True, slots=True)
class Face:
    """A face of a family: its name, weight and slant as fontconfig counts and CSS says them."""

    name: str
    weight: int
    slant: int
    css: str


_FACES = (
    Face("regular", 80, 0, "font-weight: normal; font-style: normal"),
    Face("italic", 80, 100, "font-weight: normal; font-style: italic"),
    Face("bold", 200, 0, "font-weight: bold; font-style: normal"),
    Face("bold-italic", 200, 100, "font-weight: bold; font-style: italic"),
)
_DEMIBOLD = 180
# fsType: installable or editable embedding, since whoever unzips a book has its fonts; subsets.
_LEVEL, _ALLOWED, _NO_SUBSETS, _BITMAPS = 0x000F, (0x0000, 0x0008), 0x0100, 0x0200
# What the stylesheet asks for beyond what text needs: small capitals, kinds of figures.
_FEATURES = ("smcp", "c2sc", "lnum", "onum", "tnum", "pnum", "sups", "subs")
# Entries of the name table: those that stay, and those that say the licence.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17)
_LICENCE = (0, 13, 14)
# A whole licence stays in the font; the stylesheet names it.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts for a book: their files by name, and the style that brings them in."""

    files: dict[str, bytes]
    style: str


def fonts(settings: Settings, documents: Iterable[bytes]) -> tuple[Fonts, list[Diagnostic]]:
    """The fonts that [epub] names, with the letters of some documents (PT708, PT709).

    What cannot be embedded is left out, and the reader's own typefaces stand in for it.
    Raises ToolMissing, ToolFailed.
    """
    place, names = Place(settings.file or "pubtool.toml"), settings.epub.fonts
    made, findings = Fonts({}, ""), []
    text = "".join("".join(fragment(data).itertext()) for data in documents) if names else ""
    for family in names:
        faces = [(face, path) for face in _FACES if (path := _file(family, face)) is not None]
        refused = next((why for _, path in faces if (why := _refusal(path))), "")
        if not faces:
            findings.append(found("PT708", place, f"there is no font “{family}” here"))
        elif refused:
            findings.append(found("PT709", place, f"the font “{family}” {refused}"))
        else:
            made = _with_family(made, family, faces, text)
    if made.files:
        families = ", ".join(map(_quoted, names))
        made = Fonts(made.files, f"{made.style}body {{ font-family: {families}, serif; }}\n")
    return made, findings


def _with_family(made: Fonts, family: str, faces: list[tuple[Face, Path]], text: str) -> Fonts:
    files, style, licences = dict(made.files), "", {}
    for face, path in faces:
        name = f"fonts/{'-'.join(family.casefold().split())}-{face.name}.woff"
        files[f"EPUB/{name}"], licence = _subset(path, text)
        licences[licence] = f"/* {licence} */\n"
        style += (
            f"@font-face {{ font-family: {_quoted(family)}; {face.css};"
            f' src: url("../{name}") format("woff"); }}\n'
        )
    return Fonts(files, f"{made.style}{''.join(licences.values())}{style}")


def _quoted(family: str) -> str:
    """A family's name as CSS says it."""
    return '"' + re.sub(r"[^\w .-]", "", family) + '"'


def _file(family: str, face: Face) -> Path | None:
    """The file of a face, or None if another face or family would take its place."""
    wanted = f"{family}:weight={face.weight}:slant={face.slant}"
    asked = ["fc-match", "--format=%{family}\t%{weight}\t%{slant}\t%{file}", wanted]
    names, weight, slant, file = tools.run(asked)[0].decode("utf-8", "replace").split("\t")
    # A family's own regular weight may be called "book" or "medium".
    same = (_bold(int(weight)), slant != "0") == (_bold(face.weight), face.slant != 0)
    return Path(file) if family in names.split(",") and same else None


def _bold(weight: int) -> bool:
    return weight >= _DEMIBOLD


def _refusal(path: Path) -> str:
    """Why a font may not be embedded as a subset, by what it says itself; "" if it may."""
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        said = int(font["OS/2"].fsType) if "OS/2" in font else 0
    if said & _LEVEL not in _ALLOWED:
        return "may not be embedded in documents that can be taken apart (fsType of its OS/2 table)"
    if said & (_NO_SUBSETS | _BITMAPS):
        return "may not be embedded in part, or only as bitmaps (fsType of its OS/2 table)"
    return ""


def _subset(path: Path, text: str) -> tuple[bytes, str]:
    """A font with the letters of a text alone, as WOFF, and what it says of its licence."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = [*options.layout_features, *_FEATURES]
    options.name_IDs, options.notdef_outline = list(_NAMES), True
    with TTFont(path, fontNumber=0, recalcTimestamp=False) as font:
        licence = " · ".join(_said(font))
        cutter = Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = "woff"
        out = BytesIO()
        font.save(out)
    return out.getvalue(), licence


def _said(font: Any) -> Iterator[str]:
    """Copyright, licence and its address, as a font names them, fit for a comment."""
    for id_ in _LICENCE:
        text = font["name"].getDebugName(id_)
        if text:
            yield textwrap.shorten(text.replace("*/", ""), _LONGEST, placeholder=" …")
