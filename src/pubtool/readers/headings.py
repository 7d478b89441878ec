"""Is this block a heading? Each kind of heading has a small function; the first that knows wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pubtool.readers.blocks import Block
from pubtool.readers.inline import is_object, plain
from pubtool.readers.recognise import Sign, is_one_of, sign_alone, sign_before
from pubtool.readers.signs import APPENDIX, SECTIONS
from pubtool.text import is_capitals

_LONGEST, _LONGEST_PLAIN = 200, 80
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})(\.?)\s+(\S.*)$")
# A number that Word itself counts; `readers.docx` writes it between two private characters.
_OWN_NUMBER = re.compile(r"^\ue0f1(\S*)(\ue0f2)\s*(\S.*)$")
_ROMAN = re.compile(r"^([IVXLC]{1,7})(\.)\s+(\S.*)$")
_APPENDIX = re.compile(r"^(\S+)(?:\s+([A-Z]|\d{1,2}|[IVX]{1,4}))?(?:\s*[:.—–-]\s*(\S.*))?$")
_WHOLE_EMPHASIS = re.compile(r"^(\*{1,3})[^*]+\1$")
_ENDS = (".", ",", ";", ":", "!", "…")
_ENDS_SENTENCE = (".", "?", "!", "”", '"', ")", "»", "…")
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

# The reason for a heading that is no guess.
SAID = "it is styled as a heading"

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what part it opens, and why it is taken for one.

    `written` is what of the line stands not in the title; `rest` is the text after a sign.
    """

    kind: str
    title: str
    reason: str
    level: int = 1
    number: str = ""
    written: str = ""
    language: str = ""
    rest: str = ""


def heading_of(
    block: Block, after: Block | None, last: Numbers, *, signs_only: bool = False
) -> Heading | None:
    """The heading a block is, or None.

    `after` is the next block, `last` the number of the last numbered heading. Among references and
    biographies only signs count (`signs_only`): there a numbered line is an entry.
    """
    text = block.text
    if block.level:
        return _said(block)
    if len(text) > _LONGEST:
        return _announced(sign_before(text))
    known = _announced(sign_alone(text) or sign_before(text)) or _markdown(text) or _appendix(block)
    if known or signs_only:
        return known
    return _numbered(block, last) or _plain_heading(block, after, nested=bool(last))


def _said(block: Block) -> Heading:
    """A heading that the manuscript itself calls one: its level is a fact, its part a guess."""
    text = block.text
    numbered = _OWN_NUMBER.match(text) or _NUMBERED.match(text) or _ROMAN.match(text)
    title = numbered[3] if numbered else text
    sign = sign_alone(title)
    if sign is not None and sign.kind not in SECTIONS and sign.kind != "citation":
        reason = f"the heading “{sign.words}”"
        return Heading(
            sign.kind, sign.words, reason, block.level, "", text, sign.language, sign.rest
        )
    known = _appendix(block)
    if known is not None:
        return replace(known, level=block.level)
    number = numbered[1] if numbered else ""
    return _section(title, _kind(title), SAID, text, block.level, number)


def _announced(sign: Sign | None) -> Heading | None:
    if sign is None or sign.kind == "citation":
        return None
    level = len(sign.written) - len(sign.written.lstrip("#")) or 1
    if sign.kind in SECTIONS:
        return _section(sign.words, sign.kind, "a well-known heading", sign.written, level)
    reason = f"the sign “{sign.words}”"
    return Heading(sign.kind, sign.words, reason, level, "", sign.written, sign.language, sign.rest)


def _section(
    title: str, kind: str, reason: str, whole: str, level: int = 1, number: str = ""
) -> Heading:
    """A heading of the text; the marks around its title are spent."""
    return Heading(kind or "section", title, reason, level, number, whole.replace(title, "", 1))


def _markdown(text: str) -> Heading | None:
    match = _MARKDOWN.match(text)
    if match is None or not match[2]:
        return None
    numbered = _NUMBERED.match(match[2])
    number, title = (numbered[1], numbered[3]) if numbered else ("", match[2])
    return _section(title, _kind(title), "marked with #", text, len(match[1]), number)


def _appendix(block: Block) -> Heading | None:
    match = _APPENDIX.match(block.text) if block.alone else None
    if match is None or not match[1][0].isupper() or not is_one_of(match[1].strip(":.—"), APPENDIX):
        return None
    if not match[2] and (match[3] or "").endswith("."):
        return None
    title = match[3] or match[1]
    reason = f"it begins with “{match[1]}”"
    written = block.text.replace(title, "", 1)
    return Heading("appendix", title, reason, number=match[2] or "", written=written)


def _numbered(block: Block, last: Numbers) -> Heading | None:
    text = _bare(block.text)
    match = _NUMBERED.match(text) or _ROMAN.match(text)
    if match is None or not block.alone or len(block.lines) > 2:
        return None
    numbers = numbers_of(match[1])
    title = match[3]
    if not follows(numbers, last) or title.endswith(_ENDS) or not _begins_large(title):
        return None
    reason = f"the number {match[1]} in its order, and no full stop at the end"
    sign = sign_alone(title)
    if sign is not None and sign.kind not in SECTIONS and sign.kind != "citation":
        return Heading(sign.kind, title, reason, len(numbers), "", block.text, sign.language)
    return _section(title, _kind(title), reason, block.text, len(numbers), match[1])


def _bare(text: str) -> str:
    """A line without the asterisks around all of it."""
    match = _WHOLE_EMPHASIS.match(text)
    return text.strip("*") if match else text


def numbers_of(number: str) -> Numbers:
    """The parts of a section number: "2.1" → (2, 1), "IV" → (4,)."""
    if number[0].isdecimal():
        return tuple(int(part) for part in number.split("."))
    values = [_ROMANS[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return (sum(-value if value < following else value for value, following in pairs),)


def follows(numbers: Numbers, last: Numbers) -> bool:
    """True if a section number can come next; up to two numbers may be missing."""
    *outer, own = numbers
    if not last:
        return own in (0, 1)
    before = last[len(outer)] if len(last) > len(outer) else 0
    return tuple(outer) == last[: len(outer)] and before < own <= before + 3


def _begins_large(title: str) -> bool:
    first = next((c for c in title if c.isalnum()), "")
    return first.isupper() or first.isdecimal()


def _kind(title: str) -> str:
    sign = sign_alone(title)
    return sign.kind if sign and sign.kind in SECTIONS else ""


def _plain_heading(block: Block, after: Block | None, *, nested: bool) -> Heading | None:
    """A short line in title case or wholly emphasised, alone, with running text after it."""
    text = block.text
    if not block.alone or len(block.lines) > 1 or after is None or not _is_running(after.text):
        return None
    emphasis = _WHOLE_EMPHASIS.match(text)
    words = plain(text)
    if len(text) > _LONGEST_PLAIN or words.endswith(_ENDS) or not _begins_large(words):
        return None
    if not (emphasis or is_title_case(words) or _is_loud(words)):
        return None
    reason = "a line of its own, without a full stop" + (", emphasised" if emphasis else "")
    return _section(text.strip("*") if emphasis else text, "", reason, text, 2 if nested else 1)


def _is_loud(words: str) -> bool:
    return is_capitals(words) and " " in words


def _is_running(text: str) -> bool:
    return is_object(text) or (
        len(text) > _LONGEST_PLAIN and text.rstrip("*").endswith(_ENDS_SENTENCE)
    )


def is_title_case(text: str) -> bool:
    """True for two words or more of which every longer one begins with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) > 1 and all(word[0].isupper() for word in words)
