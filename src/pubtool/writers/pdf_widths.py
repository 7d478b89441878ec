"""PDF: how wide words run in the very fonts that will set them.

WeasyPrint's text engine, Pango, says which font a style means; HarfBuzz, which Pango asks too,
measures in it. Widths are CSS pixels, as everywhere in the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from weakref import WeakKeyDictionary

# What a font is chosen by and set with; the names are those of WeasyPrint's style dictionaries.
_CHOICE = (
    "font_family", "font_style", "font_weight", "font_stretch", "font_variation_settings",
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings", "font_language_override", "lang",
)  # fmt: skip
_FEATURES = _CHOICE[5:13]
# The typefaces opened so far, by configuration of fonts.
_FACES: WeakKeyDictionary[Any, dict[tuple[object, ...], Typeface]] = WeakKeyDictionary()
# Pango counts in parts of a pixel, and cuts off what is less than one.
PANGO_UNITS = 1024
# What stands between words.
BLANKS = (" ", "\N{NO-BREAK SPACE}")
# Letters that a font may set closer to a blank, each between two: a sample, of Latin.
_BESIDE = "".join(
    f" {letter} " for letter in "AÂÇDEFGHIİJKLMNOÖPQRSŞTUÜVWXYZabcdfghkoprstvwyz019“”‘’.,;:()–—"
)
# So many words of a typeface are remembered.
_REMEMBERED = 50_000
# Letters set apart are not tied together (CSS Text 3, 8.2).
_APART = {"liga": 0, "clig": 0, "dlig": 0, "hlig": 0}


@dataclass
class Typeface:
    """A font with its features; `known` remembers advances, in parts of an em."""

    font: Any
    em: int
    features: dict[str, int]
    language: str
    known: dict[str, float] = field(default_factory=dict)

    @cached_property
    def has_plain_blanks(self) -> bool:
        """True if letters are as wide beside a blank as they are alone."""
        glyphs, widths = self._shaped(_BESIDE)
        alone = [self.font.get_glyph_h_advance(glyph) for glyph in glyphs]
        return len(glyphs) == len(_BESIDE) and widths == alone

    def advance(self, text: str) -> float:
        """How far a text runs, in em; infinitely far if the font lacks one of its letters."""
        found = self.known.get(text)
        if found is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            found = self.known[text] = self._measured(text)
        return found

    def _measured(self, text: str) -> float:
        glyphs, widths = self._shaped(text)
        return float("inf") if 0 in glyphs else float(sum(widths) / self.em)

    def _shaped(self, text: str) -> tuple[list[int], list[int]]:
        """The numbers of the glyphs of a text, and how far each runs."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if self.language:
            buffer.language = self.language
        uharfbuzz.shape(self.font, buffer, self.features)
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        return glyphs, [position.x_advance for position in buffer.glyph_positions]


@dataclass(frozen=True, slots=True)
class Setting:
    """A typeface at a size, with more space between its letters (`apart`) and words."""

    face: Typeface
    size: float
    apart: float
    apart_words: float
    asked: Callable[[str], float]

    @property
    def blank(self) -> float:
        """The natural gap between words."""
        return self.width(" ") + self.apart_words

    @property
    def edge_blank(self) -> float:
        """The same at the edge of a text, where the engine adds half a space between letters."""
        return self.blank + self.apart / 2

    def width(self, text: str) -> float:
        """How wide a text without blanks runs; if the font lacks a letter, the engine is asked."""
        wide = self.face.advance(text)
        if wide == float("inf"):
            return self.asked(text)
        return wide * self.size + self.apart * len(text)


def setting(style: Any, context: Any) -> Setting:
    """How text of a style is set; `context` is WeasyPrint's."""
    apart = style["letter_spacing"]
    apart = 0.0 if apart == "normal" else int(apart * PANGO_UNITS) / PANGO_UNITS
    return Setting(
        _face(style, bool(apart)), float(style["font_size"]), apart, float(style["word_spacing"]),
        partial(_asked, style, context),
    )  # fmt: skip


def has_plain_blanks(style: Any) -> bool:
    """True if the text of a style may be shaped as a whole, and its gaps widened afterwards."""
    return style["letter_spacing"] in ("normal", 0) and _face(style, False).has_plain_blanks


def _asked(style: Any, context: Any, text: str) -> float:
    """The width that the engine gives a text, other fonts included."""
    from weasyprint.text.line_break import split_first_line

    return float(split_first_line(text, style, context, None, 0)[3])


def _face(style: Any, apart: bool) -> Typeface:
    faces = _FACES.setdefault(style.font_config, {})
    key = (apart, *(str(style[name]) for name in _CHOICE))
    if key not in faces:
        faces[key] = _opened(style, apart)
    return faces[key]


def _opened(style: Any, apart: bool) -> Typeface:
    """The font in which Pango sets plain letters of a style."""
    import uharfbuzz
    from weasyprint.text.ffi import ffi, harfbuzz
    from weasyprint.text.fonts import font_features, get_hb_object_data, get_pango_font_hb_face
    from weasyprint.text.line_break import Layout

    layout = Layout(style)
    layout.set_text("x")
    glyphs = ffi.cast("PangoGlyphItem *", layout.get_first_line()[0].runs.data)
    found = get_pango_font_hb_face(glyphs.item.analysis.font)
    index = harfbuzz.hb_face_get_index(found)
    face = uharfbuzz.Face(get_hb_object_data(found), index)
    font = uharfbuzz.Font(face)
    if face.axis_infos:
        font.set_variations(_variations(style))
    features = font_features(*(style[name] for name in _FEATURES))
    return Typeface(font, face.upem, {**features, **(_APART if apart else {})}, style["lang"] or "")


def _variations(style: Any) -> dict[str, float]:
    asked = style["font_variation_settings"]
    return {"wght": float(style["font_weight"]), **({} if asked == "normal" else dict(asked))}
