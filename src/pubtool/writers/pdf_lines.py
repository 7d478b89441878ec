"""PDF: where no line may end, beyond what the engine knows by itself."""

from __future__ import annotations

import re

from pubtool.rules import XmlNode
from pubtool.writers.html import Element

# A number and its word stay on one line: "p. 186", "vol. 2"; so do an initial and its name, and
# "https://" and what follows; a dash starts no line, nor ends one within "1889–1908".
_UNBREAKABLE = re.compile(
    r"\b(pp?|vol|no|ch|sec|fig|figs|bd|s|ss|c|cilt|səh|nr|art)\.[ \n](?=\d)", re.I
)
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.[ \n](?=([^\W\d_]))")
_SCHEME = ":\N{WORD JOINER}/\N{WORD JOINER}/\N{WORD JOINER}"
_DASH = re.compile(r"(?<=\S)[ ]?(?=[—])|(?<=\S)[ ](?=[–][ ])")
_SPAN = re.compile(r"(?<![\d–])(\d{1,4}–)(?=\d{1,4}(?![\d–]))")
_DOT = re.compile(r"\.(?=\w)")
_LONG_PART = re.compile(r"[^/\s]{40}(?=[^/\s]{4})")
_SHORT_END = re.compile(r"(?<=\S)\s+(\S{1,5}\s*)$")


def bound(text: str) -> list[XmlNode]:
    """Text with no-break spaces where a line may not end."""
    text = _UNBREAKABLE.sub("\\1.\N{NO-BREAK SPACE}", text).replace("://", _SCHEME)
    text = _SPAN.sub("\\1\N{WORD JOINER}", _INITIAL.sub(_with_name, text))
    return [_DASH.sub(lambda m: "\N{NO-BREAK SPACE}" if m[0] else "\N{WORD JOINER}", text)]


def _with_name(initial: re.Match[str]) -> str:
    """An initial with the blank after it, which does not break before a capital."""
    capitals = initial[1].isupper() and initial[2].isupper()
    return f"{initial[1]}.\N{NO-BREAK SPACE}" if capitals else initial[0]


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
