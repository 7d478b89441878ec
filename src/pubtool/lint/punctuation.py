"""Punctuation and what is left over from other programs."""

from __future__ import annotations

import re
from collections import Counter

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule

_SPACE_BEFORE = re.compile(r"(?<=\w) +([,;!?]|:(?! ?\d)|\.(?!\.|\w))")
_NO_SPACE_AFTER = re.compile(
    r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_A-Z]{3})[.!?](?=[A-ZÇĞİÖŞÜƏ][^\W\d_]{2})"
)
_DOUBLED = re.compile(r",,|;;|::|(?<!\.)\.\.(?!\.)|,\.")
_MARKUP = re.compile(
    r"\\[$&%#_*]|\*\*|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|&(?:nbsp|amp|quot|lt|gt);|</?(?:b|i|em|strong|br|p|sub|sup|u|span)\b[^<>]*>|\\[a-z]+\{"
)
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX+)\b|\?\?\?|[Ll]orem ipsum"
    r"|\[(?i:insert|add|check|citation needed|ref)\b[^\]]*\]"
)
_TWICE = re.compile(r"\b([^\W\d_]+)\s+\1\b")
_MAY_REPEAT = frozenset({"had", "that", "very", "so", "long", "much", "is"})
_SHOUT = re.compile(r"\b[A-ZÇĞİÖŞÜƏ]{3,}(?:\s+[A-ZÇĞİÖŞÜƏ]{3,}){3,}\b")
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ENUMERATED = re.compile(r"(?:^|[\s:;,])(?:\d{1,2}|[a-z]|[ivx]+)$")
_BRACKET = re.compile(r"[()\[\]{}]")
# French sets a space before these; others do not.
_SPACING = frozenset({"fr"})


@rule("PT225")
def space_before_mark(c: Context) -> Said:
    for p in c.prose:
        if p.tongue in _SPACING:
            continue
        for m in _SPACE_BEFORE.finditer(p.prose):
            yield (
                p.place(m.start()),
                f"a space before “{m[1]}” after “{p.text[max(m.start() - 15, 0) : m.start()]}”",
            )


@rule("PT226")
def no_space_after_mark(c: Context) -> Said:
    for p in c.prose:
        for m in _NO_SPACE_AFTER.finditer(p.prose):
            seen = p.text[max(m.start() - 10, 0) : m.end() + 10]
            yield p.place(m.start()), f"no space after “{m[0]}” in “{' '.join(seen.split())}”"


@rule("PT227")
def brackets(c: Context) -> Said:
    for p in c.prose:
        wrong = _unpaired(p.prose)
        if wrong is not None:
            seen = " ".join(p.text[max(wrong - 15, 0) : wrong + 20].split())
            yield p.place(wrong), f"“{p.text[wrong]}” has no partner in “{seen}”"


def _unpaired(text: str) -> int | None:
    """Where a bracket stands that opens and never closes, or closes and never opened.

    The bracket of "a)" and "1)" needs no partner.
    """
    waiting: list[int] = []
    for m in _BRACKET.finditer(text):
        if m[0] in "([{":
            waiting.append(m.start())
        elif waiting and text[waiting[-1]] == _PAIRS[m[0]]:
            waiting.pop()
        elif not _ENUMERATED.search(text, max(m.start() - 6, 0), m.start()):
            return m.start()
    return waiting[0] if waiting else None


@rule("PT234")
def stray_markup(c: Context) -> Said:
    for p in (*c.prose, *c.wordings):
        for m in _MARKUP.finditer(p.prose):
            seen = " ".join(p.text[max(m.start() - 12, 0) : m.end() + 12].split())
            yield p.place(m.start()), f"“{m[0]}” in “{seen}” is markup of another program"


@rule("PT235")
def doubled_mark(c: Context) -> Said:
    for p in (*c.prose, *c.wordings):
        for m in _DOUBLED.finditer(p.prose):
            yield (
                p.place(m.start()),
                f"“{m[0]}” after “{p.text[max(m.start() - 15, 0) : m.start()]}”",
            )


@rule("PT237")
def word_twice(c: Context) -> Said:
    for p in c.prose:
        for m in _TWICE.finditer(p.prose) if p.tongue == "en" else ():
            if m[1].islower() and m[1] not in _MAY_REPEAT:
                yield p.place(m.start()), f"“{' '.join(m[0].split())}”"


@rule("PT238")
def ellipses(c: Context) -> Said:
    forms = Counter({"...": 0, "…": 0})
    for p in c.prose:
        for form in forms:
            forms[form] += p.prose.count(form)
    rare = min(forms, key=lambda form: forms[form])
    if forms[rare]:
        p = next(p for p in c.prose if rare in p.prose)
        yield p.place(p.prose.index(rare)), "three full stops and the sign “…” are mixed"


@rule("PT244")
def placeholder(c: Context) -> Said:
    for p in c.passages:
        for m in _PLACEHOLDER.finditer(p.prose):
            yield p.place(m.start()), f"“{m[0]}” waits to be filled in"


@rule("PT245")
def shouting(c: Context) -> Said:
    for p in c.prose:
        if p.text.isupper():
            continue
        for m in _SHOUT.finditer(p.prose):
            yield p.place(m.start()), f"“{m[0][:40]}” stands in capitals"


@rule("PT246")
def underlined(c: Context) -> Said:
    for e in c.all("underline"):
        yield e, f"“{''.join(e.itertext())[:40]}” is underlined"


@rule("PT247")
def break_in_title(c: Context) -> Said:
    for title in c.all("title", "subtitle"):
        for e in title.iter("{*}break"):
            yield e, "a line break is written into a title"
