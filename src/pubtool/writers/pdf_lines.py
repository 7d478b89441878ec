"""PDF: where lines may end and where they had better, beyond what the engine knows by itself."""

from __future__ import annotations

import re

from pubtool.rules import XmlNode
from pubtool.text import squeeze
from pubtool.writers.html import Element, el

# A number and its word stay on one line: "p. 186", "vol. 2"; so do "https://" and what follows;
# a dash starts no line.
_UNBREAKABLE = re.compile(
    r"\b(pp?|vol|no|ch|sec|fig|figs|bd|s|ss|c|cilt|səh|nr|art)\.[ \n](?=\d)", re.I
)
_SCHEME = ":\N{WORD JOINER}/\N{WORD JOINER}/\N{WORD JOINER}"
_DASH = re.compile(r"(?<=\S)[ ]?(?=[—])|(?<=\S)[ ](?=[–][ ])")
_DOT = re.compile(r"\.(?=\w)")
_LONG_PART = re.compile(r"[^/\s]{40}(?=[^/\s]{4})")
_SHORT_END = re.compile(r"(?<=\S)\s+(\S{1,5}\s*)$")
_COLON = re.compile(r"(?<=:)\s+")

# Widths of letters in em, near enough to compare lines in any text face.
_NARROW = dict.fromkeys("fijlrtı.,:;'’!|()[]-", 0.3)
_WIDE = dict.fromkeys("mwMW—", 0.82)
_WIDTHS = {" ": 0.22, **_NARROW, **_WIDE}
# How wide a line of a heading may be, in em of its own size, and how wide its letters run.
_HEADINGS = {"h1": (14.6, 1.0), "h2": (31.0, 1.35), "h3": (31.0, 0.95)}
_STEP = 0.25
_SLACK = 1.04


def bound(text: str) -> list[XmlNode]:
    """Text with no-break spaces where a line may not end."""
    text = _UNBREAKABLE.sub("\\1.\N{NO-BREAK SPACE}", text).replace("://", _SCHEME)
    return [_DASH.sub(lambda m: "\N{NO-BREAK SPACE}" if m[0] else "\N{WORD JOINER}", text)]


def shape_addresses(article: Element) -> None:
    """Addresses end their lines after a slash, not after "https://" or a dot."""
    for link in article.iter("a"):
        if link.text and ":" in link.text:
            text = _DOT.sub(".\N{WORD JOINER}", link.text.replace("://", _SCHEME))
            link.text = _LONG_PART.sub("\\g<0>\N{ZERO WIDTH SPACE}", text)


def hold_ending(paragraph: Element) -> Element:
    """A paragraph whose last word, if it is short, stays with the word before it."""
    last = paragraph[-1] if len(paragraph) else None
    while last is not None and last.get("class") == "fn" and not (last.tail or "").strip():
        last = last.getprevious()
    if last is None:
        paragraph.text = _held(paragraph.text)
    else:
        last.tail = _held(last.tail)
    return paragraph


def _held(text: str | None) -> str | None:
    return text and _SHORT_END.sub("\N{NO-BREAK SPACE}\\1", text)


def balance_headings(article: Element) -> None:
    """Break long headings after their colon, and give them lines of like length."""
    for heading in article.iter(*_HEADINGS):
        measure, scale = _HEADINGS[str(heading.tag)]
        parts = [squeeze("".join(heading.itertext()))]
        if width(parts[0]) * scale <= measure:
            continue
        if _break_after_colon(heading):
            parts = _COLON.split(parts[0], maxsplit=1)
        heading.set("style", f"max-width:{even_width(parts, measure / scale) * scale:.2f}em")


def _break_after_colon(heading: Element) -> bool:
    """Put a line break after the first colon that stands in the heading's own text."""
    for node in (heading, *heading):
        first = node is heading
        head, *rest = _COLON.split((node.text if first else node.tail) or "", maxsplit=1)
        if not rest:
            continue
        cut = el("br")
        cut.tail = rest[0]
        if first:
            heading.text = f"{head} "
            heading.insert(0, cut)
        else:
            node.tail = f"{head} "
            heading.insert(heading.index(node) + 1, cut)
        return True
    return False


def even_width(parts: list[str], measure: float) -> float:
    """The narrowest measure (em) that needs no more lines than `measure` does."""
    wanted = sum(lines(part, measure) for part in parts)
    narrow = measure
    while narrow > _STEP and sum(lines(part, narrow - _STEP) for part in parts) == wanted:
        narrow -= _STEP
    return min(measure, narrow * _SLACK)


def lines(text: str, measure: float) -> int:
    """How many lines a text takes in a measure (em), filled greedily."""
    count, filled = 1, 0.0
    for word in text.split():
        needed = width(word)
        if filled and filled + _WIDTHS[" "] + needed > measure:
            count, filled = count + 1, needed
        else:
            filled += needed + (_WIDTHS[" "] if filled else 0.0)
    return count


def width(text: str) -> float:
    """About how wide a text runs, in em."""
    return sum(_WIDTHS.get(c) or (0.64 if c.isupper() else 0.48) for c in text)
