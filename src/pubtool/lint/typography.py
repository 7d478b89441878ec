"""Typography: spaces, dashes and quotation marks, most of which `--fix` puts right."""

from __future__ import annotations

import re

from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.repairs import edits_of, is_open, quote_pairs

_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_QUOTE = re.compile('["“”„«»‟]')
_CURRENCY = re.compile(r"(?:US)?([$€£₺₼₽¥])[ \u00a0](?=\d)")


def _summed(c: Context, id_: str, what: str) -> Said:
    """One finding a passage for what `--fix` would change there."""
    for p in c.passages:
        edits = edits_of(id_, p, c.settings) if is_open(p) else []
        if edits:
            seen = " ".join(p.text[max(edits[0].start - 12, 0) : edits[0].end + 12].split())
            more = f", and {len(edits) - 1} more in the same paragraph" if len(edits) > 1 else ""
            yield p.place(edits[0].start), f"{what} in “{seen}”{more}"


@rule("PT224")
def double_space(c: Context) -> Said:
    yield from _summed(c, "PT224", "two spaces")


@rule("PT230")
def quotes_not_of_the_house(c: Context) -> Said:
    yield from _summed(c, "PT230", "a quotation mark or apostrophe not of the house style")


@rule("PT231")
def hyphen_in_range(c: Context) -> Said:
    for p in c.passages:
        if p.area != "references":
            for edit in edits_of("PT231", p, c.settings):
                yield p.place(edit.start), f"a hyphen in the range “{_range(p, edit.start)}”"
    as_written = [(p, e.start) for p in c.wordings for e in edits_of("PT231", p, c.settings)]
    if as_written:
        p, start = as_written[0]
        more = len(as_written) - 1
        others = f", and {more} more in references as written" if more else ""
        yield p.place(start), f"a hyphen in the range “{_range(p, start)}”{others}"


def _range(p: Passage, hyphen: int) -> str:
    """The range around a hyphen, as a message shows it."""
    seen = re.search(r"\S*$", p.text[max(hyphen - 20, 0) : hyphen])
    shown = f"{seen[0] if seen else ''}{p.text[hyphen:].split(None, 1)[0]}"
    return shown.strip("(),.;")


@rule("PT233")
def number_may_part(c: Context) -> Said:
    yield from _summed(c, "PT233", "an ordinary space")


@rule("PT228")
def quotes_do_not_pair(c: Context) -> Said:
    for p in c.prose:
        first = _QUOTE.search(p.prose)
        if first and quote_pairs(p) is None and not _nested(p.prose):
            count = len(_QUOTE.findall(p.prose))
            yield p.place(first.start()), f"{count} quotation marks do not pair up"


def _nested(text: str) -> bool:
    """True where directed marks open and close evenly, one pair inside another."""
    marks = _QUOTE.findall(text)
    return '"' not in marks and marks.count("“") + marks.count("«") == marks.count(
        "”"
    ) + marks.count("»")


@rule("PT229")
def straight_and_curly(c: Context) -> Said:
    marks = [(p, m) for p in c.prose for m in _QUOTE.finditer(p.prose)]
    straight = [(p, m.start()) for p, m in marks if m[0] == '"']
    curly = [(p, m.start()) for p, m in marks if m[0] != '"']
    if straight and curly:
        p, i = min(straight, curly, key=len)[0]
        yield (
            p.place(i),
            f"{len(straight)} straight and {len(curly)} curly quotation marks are mixed",
        )


@rule("PT232")
def hyphen_as_dash(c: Context) -> Said:
    for p in c.prose:
        for m in _SPACED_HYPHEN.finditer(p.prose):
            seen = p.text[max(m.start() - 15, 0) : m.end() + 15]
            yield p.place(m.start() + 1), f"a hyphen stands for a dash in “{seen}”"


@rule("PT236")
def currency_apart(c: Context) -> Said:
    for p in c.prose:
        for m in _CURRENCY.finditer(p.prose):
            shown = p.text[m.start() : m.end() + 6].split(",")[0]
            yield p.place(m.start()), f"a space after “{m[1]}” in “{shown.strip()}”"
