"""PDF: a paragraph as the engine holds it, seen as text with widths and places to break.

The engine's boxes are WeasyPrint's; CSS pixels throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pubtool.writers.pdf_breaks import Point
from pubtool.writers.pdf_hyphens import hyphens
from pubtool.writers.pdf_widths import Setting, setting

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
SOFT = "\N{SOFT HYPHEN}"
# No line ends in an object without a blank, nor between a number and its title.
_UNENDING = OBJECT + "\N{EN SPACE}"
# What stands for a note in the text; it stays with the word before it.
_CALL = "span::footnote-call"
_TOKENS = re.compile("[ \u00a0]|[^ \u00a0]+")
_HYPHENS = "-\u2010\u00ad"
# Scripts that run from the right, or break otherwise than between words.
_OTHER = re.compile(
    "[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    "\ufb1d-\ufdff\ufe70-\ufefc\uff00-\uffef\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\U0001f000-\U0003ffff\n\t]"
)
_HYPHENATION, _OWN_HYPHEN, _DASH = 200.0, 60.0, 20.0


class Unmeasured(Exception):
    """Something in the paragraph has no width that is known before layout."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands in the lines: a text with its setting, an object, or the edge of a box.

    `start` and `end` count letters of the paragraph; an edge has no letters.
    """

    box: Any
    start: int
    end: int
    width: float = 0.0
    text: str = ""
    setting: Setting | None = None


class Break(NamedTuple):
    """Where a line may end: before a letter of the paragraph, with a hyphen added or not."""

    offset: int
    hyphenated: bool = False
    after_colon: bool = False


def leaves(boxes: Sequence[Any], context: Any, measure: float) -> list[Leaf]:
    """What stands in the lines of a paragraph. Raises Unmeasured."""
    found: list[Leaf] = []
    _collect(boxes, context, measure, found)
    return found


def _collect(boxes: Sequence[Any], context: Any, measure: float, found: list[Leaf]) -> None:
    from weasyprint.formatting_structure import boxes as kinds

    for box in boxes:
        at = found[-1].end if found else 0
        if isinstance(box, kinds.TextBox):
            if _OTHER.search(box.text) or box.style["white_space"] != "normal":
                raise Unmeasured
            found.append(
                Leaf(box, at, at + len(box.text), 0, box.text, setting(box.style, context))
            )
        elif not box.is_in_normal_flow():
            if box.is_floated():
                raise Unmeasured
        elif isinstance(box, kinds.InlineBox):
            left, right = _edges(box, measure)
            found.append(Leaf(box, at, at, left))
            _collect(box.children, context, measure, found)
            at = found[-1].end
            found.append(Leaf(box, at, at, right))
        else:
            found.append(Leaf(box, at, at + 1, _object_width(box, measure), OBJECT))


def _edges(box: Any, measure: float) -> tuple[float, float]:
    """What an inline box adds before and after its content."""
    from weasyprint.layout.percent import resolve_percentages

    if box.is_leader or box.style["position"] != "static":
        raise Unmeasured
    resolve_percentages(box, (measure, "auto"))
    left, right = (
        _number(getattr(box, f"margin_{side}"))
        + getattr(box, f"padding_{side}")
        + getattr(box, f"border_{side}_width")
        for side in ("left", "right")
    )
    return left, right


def _object_width(box: Any, measure: float) -> float:
    """The width of an image or of a block in the line, margins included."""
    from weasyprint.formatting_structure import boxes as kinds
    from weasyprint.layout.percent import resolve_percentages
    from weasyprint.layout.replaced import inline_replaced_box_layout

    box, around = box.copy(), (measure, "auto")
    resolve_percentages(box, around)
    if isinstance(box, kinds.InlineReplacedBox):
        inline_replaced_box_layout(box, around)
    if box.width == "auto":
        raise Unmeasured
    box.margin_left, box.margin_right = _number(box.margin_left), _number(box.margin_right)
    return float(box.margin_width())


def _number(length: Any) -> float:
    return 0.0 if length == "auto" else float(length)


# ── places to break ──


def places(found: Sequence[Leaf], language: str | None) -> tuple[list[Point], list[Break]]:
    """Where lines may end, the end of the paragraph as the last of them."""
    text = "".join(leaf.text for leaf in found)
    calls = {leaf.start for leaf in found if leaf.box.element_tag == _CALL}
    survey = _Survey(text, _allowed(text, language) - calls)
    for leaf in found:
        if leaf.setting is None:
            survey.object(leaf)
        else:
            for token in _TOKENS.finditer(leaf.text):
                survey.passed(token[0], leaf, leaf.setting)
    survey.stop(len(text), 0.0)
    return survey.points, survey.breaks


def _allowed(text: str, language: str | None) -> frozenset[int]:
    """The letters before which a line may end (Unicode Annex 14), but after numbers and objects."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    (may_end,) = _bits(ffi.new("PangoLogAttr[1]", [{"is_line_break": 1}]))
    letters = zip(_bits(get_log_attrs(text, language)), f" {text}", strict=True)
    return frozenset(
        i for i, (said, before) in enumerate(letters) if said & may_end and before not in _UNENDING
    ) - {0, len(text)}


def _bits(attributes: Any) -> memoryview[int]:
    """What Pango says of each letter, many times as fast as asked by name."""
    from weasyprint.text.ffi import ffi

    return memoryview(ffi.buffer(attributes)).cast("I")


@dataclass(slots=True)
class _Survey:
    """A walk along a paragraph: how far it has come, with how many gaps, and what it passed."""

    text: str
    allowed: frozenset[int]
    at: int = 0
    far: float = 0.0
    gaps: int = 0
    points: list[Point] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)

    def object(self, leaf: Leaf) -> None:
        """Pass an object, or the edge of a box."""
        if leaf.text:
            self.before_word()
        self.far += leaf.width
        self.at = leaf.end

    def passed(self, piece: str, leaf: Leaf, how: Setting) -> None:
        """Pass a word or a blank of a text."""
        if piece in " \u00a0":
            edge = self.at in (leaf.start, leaf.end - 1)
            self.blank(piece, how.edge_blank if edge else how.blank)
        else:
            self.before_word()
            self.word(piece, leaf.box.style, how)

    def blank(self, blank: str, wide: float) -> None:
        """Pass a blank; those that begin or end the paragraph do not show."""
        self.at += 1
        if blank == " " and self.at in (1, len(self.text)):
            return
        if blank == " " and self.at in self.allowed:
            self.stop(self.at, 0.0, blank=wide)
        self.far += wide
        self.gaps += 1

    def before_word(self) -> None:
        """A line may end before a word without a blank: after a hyphen, a dash, an object."""
        if self.at in self.allowed and self.text[self.at - 1] != " ":
            hyphen = self.text[self.at - 1] in _HYPHENS
            self.stop(self.at, _OWN_HYPHEN if hyphen else _DASH, hyphen=hyphen)

    def word(self, word: str, style: Any, how: Setting) -> None:
        """Pass a word with the places to break in it."""
        whole = how.width(word)
        for position, added in _within(word, style, self.allowed, self.at):
            head = word[:position] + (style["hyphenate_character"] if added else "")
            start = self.far + whole - how.width(word[position:])
            hyphen = added or word[position - 1] in _HYPHENS
            cost = _HYPHENATION if added else _OWN_HYPHEN if hyphen else _DASH
            end = self.far + how.width(head)
            self.points.append(Point(end, self.gaps, start, self.gaps, cost, hyphen))
            self.breaks.append(Break(self.at + position, added))
        self.far += whole
        self.at += len(word)

    def stop(self, offset: int, cost: float, *, blank: float = 0.0, hyphen: bool = False) -> None:
        """Note that a line may end here; a blank is dropped then."""
        after = self.gaps + (1 if blank else 0)
        self.points.append(Point(self.far, self.gaps, self.far + blank, after, cost, hyphen))
        colon = self.text.endswith((":", ": "), 0, offset)
        self.breaks.append(Break(offset, after_colon=colon))


def _within(word: str, style: Any, allowed: frozenset[int], at: int) -> Iterator[tuple[int, bool]]:
    """Where a word may be broken, and whether a hyphen is added."""
    added: tuple[int, ...] = ()
    if style["hyphens"] == "auto":
        added = hyphens(word, style["lang"] or "", style["hyphenate_limit_chars"])
    soft = [i for i in range(1, len(word)) if word[i - 1] == SOFT] if SOFT in word else []
    own = [i for i in range(1, len(word)) if at + i in allowed and i not in soft]
    yield from sorted([*((i, True) for i in {*added, *soft}), *((i, False) for i in own)])
