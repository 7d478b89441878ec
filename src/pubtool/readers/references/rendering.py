"""Setting the fields of a reference in a style, and comparing that with what was written.

The comparison goes word by word and mark by mark. A field is as sure as its words and the marks on
either side of it stand in the written reference where the style would put them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from pubtool.model import Name
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.layouts import LAYOUTS, SHAPES
from pubtool.readers.references.words import MONTHS, STYLE_WORDS
from pubtool.readers.references.written import Written

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PART = re.compile(r"⟦|⟧|\{([\w-]+)\}|[^⟦⟧{]+")
_INITIALED = frozenset({"apa", "harvard", "vancouver"})
# What one mark that is not where the style has it takes from the confidence in a field.
_MISPLACED = 0.9
# What is left of the confidence in a field that stands where the style would not put it.
_ELSEWHERE = 0.55
_ROLES = {
    "lead": "author",
    "editors": "editor",
    "translators": "translator",
    "pages": "first-page",
    "kind": "genre",
}
_FIXED = ("doi", "url", "accessed", "isbn")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a rendering agrees with a written reference, from 0 to 1, and for each field."""

    whole: float
    fields: dict[str, float]
    unread: list[str]


def agreement(w: Written, facts: Facts, style: str) -> Agreement:
    """Compare a reference with its fields set in a style."""
    wanted = [(token, name) for text, name in _set(facts, style) for token in _tokens(text)]
    there = _tokens(w.text)
    keys = [token for token, _ in wanted]
    matcher = SequenceMatcher(None, keys, there, autojunk=False)
    found = [False] * len(keys)
    for block in matcher.get_matching_blocks():
        found[block.a : block.a + block.size] = [True] * block.size
    sure = dict(_by_field([name for _, name in wanted], found))
    fields = {
        name: own * (_ELSEWHERE + (1 - _ELSEWHERE) * sure.get(name, 1.0))
        for name, own in facts.sure.items()
    }
    return Agreement(2 * sum(found) / max(len(keys) + len(there), 1), fields, unread(w, facts))


def unread(w: Written, facts: Facts) -> list[str]:
    """The words of a reference that are in none of its fields and that no style prints."""
    known = {token for text in _values(facts) for token in _tokens(text)}
    dated = {"date", "accessed"} & set(facts.fields)
    return [
        word
        for word in re.findall(r"[^\W_]+", w.text)
        if word.casefold() not in known | STYLE_WORDS
        and not (dated and (word.isdigit() or word.lower() in MONTHS))
        and not (len(word) < 3 or word.isdigit())
    ]


def _tokens(text: str) -> list[str]:
    alike = text.translate(
        {0x2013: "-", 0x2014: "-", 0x2010: "-", 0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}
    )
    return [token.casefold() for token in _TOKEN.findall(alike)]


def _values(facts: Facts) -> Iterator[str]:
    yield from facts.fields.values()
    for name in facts.names:
        yield f"{name.collab} {name.given} {name.family} {name.suffix}"


def _by_field(names: list[str], found: list[bool]) -> Iterator[tuple[str, float]]:
    """For each field, the share of its words that were found, less for marks beside it."""
    start = 0
    while start < len(names):
        end = start
        while end < len(names) and names[end] == names[start]:
            end += 1
        if name := names[start]:
            share = sum(found[start:end]) / (end - start)
            beside = [found[n] for n in (start - 1, end) if 0 <= n < len(found) and not names[n]]
            yield name, share * _MISPLACED ** beside.count(False)
        start = end


def _set(facts: Facts, style: str) -> list[tuple[str, str]]:
    """The pieces of a rendering, each with the field it comes from ("" for the style's marks)."""
    layout = LAYOUTS[style][SHAPES.get(facts.type, "whole")]
    return list(_filled(layout, _texts(facts, style)))


def _filled(layout: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    groups: list[list[tuple[str, str]]] = [[]]
    lacking = [False]
    for match in _PART.finditer(layout):
        if match[0] == "⟦":
            groups.append([])
            lacking.append(False)
        elif match[0] == "⟧":
            inner = groups.pop()
            groups[-1].extend([] if lacking.pop() else inner)
        elif match[1] and texts.get(match[1]):
            groups[-1].append((texts[match[1]], _ROLES.get(match[1], match[1])))
        elif match[1]:
            lacking[-1] = True
        else:
            groups[-1].append((match[0], ""))
    yield from groups[0]


def _texts(facts: Facts, style: str) -> dict[str, str]:
    fields = facts.fields
    by_role = {
        role: [n for n in facts.names if n.role == role]
        for role in ("author", "editor", "translator")
    }
    part = SHAPES.get(facts.type) == "part"
    leading = by_role["author"] or ([] if part else by_role["editor"])
    lead = _listed(leading, style, inverted=True)
    texts = dict(fields) | {
        "date": fields.get("year") or _spelt(fields.get("date", "")),
        "pages": "–".join(fields[n] for n in ("first-page", "last-page") if n in fields),
        "editors": _listed(by_role["editor"], style, inverted=style == "vancouver")
        if part or by_role["author"]
        else "",
        "translators": _listed(by_role["translator"], style, inverted=False),
        "kind": "" if "number" in fields else fields.get("genre", ""),
        "eds": "Eds." if by_role["editor"] else "",
        "link": " ".join(fields[n] for n in _FIXED if n in fields),
    }
    standing = "" if lead else next((n for n in ("title", "container-title") if n in fields), "")
    texts["lead"] = lead or fields.get(standing, "")
    return texts | ({standing: ""} if standing else {})


def _spelt(iso: str) -> str:
    return iso.partition("-")[0]


def _listed(names: Iterable[Name], style: str, *, inverted: bool) -> str:
    said = [
        _name(n, style, inverted=inverted and ((style != "chicago" and style != "mla") or k == 0))
        for k, n in enumerate(names)
    ]
    return ", ".join(said)


def _name(name: Name, style: str, *, inverted: bool) -> str:
    if name.collab or not name.given:
        return name.collab or name.family
    given = name.given
    if style == "vancouver":
        return f"{name.family} {re.sub(r'[^A-Za-zÀ-ɏА-я]', '', given)} {name.suffix}".strip()
    order = (name.family + ",", given) if inverted else (given, name.family)
    return " ".join([*order, name.suffix]).strip()
