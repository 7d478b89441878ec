"""Structure: sections, headings, paragraphs, lists, notes."""

from __future__ import annotations

import re

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.model import child, children, plain, q
from pubtool.source import local
from pubtool.text import fold, is_capitals

_SENTENCE_END = re.compile(r"[.!?…:;,—–\"”’»)\]\d]\s*$")
_CALL_BEFORE = re.compile(r"[^\W\d_]{2,}[.,;:!?”\"»)]*$")
_UNIT = re.compile(r"(?<!\w)(?:[kcdm]?m|in|ft|yd|mi)$")
_FAKE_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+\w")


@rule("PT202")
def unbroken_text(c: Context) -> Said:
    body = c.root[1]
    if child(body, "sec") is None:
        count = sum(len(plain(p).split()) for p in children(body, "p"))
        if count > c.limits.unbroken_words:
            yield body, f"{count} words follow one another without a heading"


@rule("PT203")
def empty_section(c: Context) -> Said:
    for section in c.all("sec"):
        if len(section) == 1:
            yield section, f"nothing follows the heading “{plain(section[0])}”"


@rule("PT206")
def only_subsection(c: Context) -> Said:
    for section in c.all("sec"):
        inner = children(section, "sec")
        if len(inner) == 1:
            yield inner[0], f"“{plain(inner[0][0])}” is the only subsection of its section"


def _headings(c: Context) -> list[etree._Element]:
    return [e for e in c.all("title") if (p := e.getparent()) is not None and local(p) in _HEADED]


_HEADED = frozenset({"front", "sec", "app"})


@rule("PT207")
def heading_with_stop(c: Context) -> Said:
    for title in _headings(c):
        if re.search(r"\w{3,}\.$", plain(title)):
            yield title, f"“{plain(title)}” ends with a full stop"


@rule("PT208")
def heading_in_capitals(c: Context) -> Said:
    for title in _headings(c):
        words = plain(title)
        if is_capitals(words) and len(words.split()) > 1:
            yield title, f"“{words}” stands in capitals"


@rule("PT209")
def long_heading(c: Context) -> Said:
    for title in c.all("title"):
        parent = title.getparent()
        long = len(plain(title)) > c.limits.heading_characters
        if long and parent is not None and local(parent) == "sec":
            yield title, f"the heading has {len(plain(title))} characters"


@rule("PT210")
def heading_twice(c: Context) -> Said:
    seen: dict[tuple[etree._Element | None, str], etree._Element] = {}
    for section in c.all("sec"):
        key = (section.getparent(), fold(plain(section[0])))
        first = seen.setdefault(key, section)
        if first is not section and key[1]:
            line = c.place(first).line
            yield section, f"“{plain(section[0])}” is also the heading in line {line}"


@rule("PT211")
def deep_heading(c: Context) -> Said:
    for section in c.all("sec"):
        depth = 1 + sum(1 for e in section.iterancestors(q("sec")))
        if depth == c.limits.heading_depth + 1:
            yield section, f"“{plain(section[0])}” is a heading of level {depth}"


@rule("PT212")
def fake_heading(c: Context) -> Said:
    for p in c.all("p"):
        parent, words = p.getparent(), plain(p)
        if parent is None or local(parent) not in ("sec", "body", "app") or not words:
            continue
        bold = len(p) == 1 and local(p[0]) == "bold" and plain(p[0]) == words
        numbered = _FAKE_NUMBER.match(words) and words[-1] not in ".:;,?!"
        if len(words) <= c.limits.heading_characters and (bold or numbered):
            yield p, f"the paragraph “{words}” looks like a heading"


@rule("PT213")
def empty_paragraph(c: Context) -> Said:
    for p in c.all("p"):
        if not len(p) and not (p.text or "").strip():
            yield p, "the paragraph is empty"


@rule("PT214")
def long_paragraph(c: Context) -> Said:
    for p in c.root[1].iter(q("p")):
        count = len(plain(p).split())
        if count > c.limits.paragraph_words:
            yield p, f"the paragraph has {count} words"


@rule("PT215")
def broken_sentence(c: Context) -> Said:
    for p in c.all("p"):
        after = p.getnext()
        if after is None or local(after) != "p" or after.get("continued") == "yes":
            continue
        ends, begins = plain(p), plain(after)
        if ends and begins[:1].islower() and not _SENTENCE_END.search(ends):
            yield after, f"a sentence seems cut: “… {ends[-25:]}” and “{begins[:25]} …”"


@rule("PT216")
def list_of_one(c: Context) -> Said:
    for list_ in c.all("list"):
        if len(list_) == 1 and list_.get("type") != "plain":
            yield list_, "the list has one item only"


@rule("PT253")
def number_without_note(c: Context) -> Said:
    """A raised figure after a word or a mark, which is neither a power nor a square metre."""
    for e in c.all("sup"):
        before = e.getprevious()
        stands_after = (before.tail if before is not None else _start_of(e)) or ""
        number = re.fullmatch(r"\d{1,3}", plain(e))
        if number and _CALL_BEFORE.search(stands_after) and not _UNIT.search(stands_after):
            yield e, f"the raised {number[0]} looks like the number of a note, but there is none"


def _start_of(e: etree._Element) -> str | None:
    parent = e.getparent()
    return parent.text if parent is not None else None


@rule("PT218")
def note_before_stop(c: Context) -> Said:
    """Chicago 14.26: the number of a note follows all punctuation but the dash."""
    if c.language != "en":
        return
    for note in c.all("fn"):
        if (note.tail or "")[:1] in (".", ",", ";"):
            yield note, f"the note stands before “{(note.tail or '')[0]}”"
