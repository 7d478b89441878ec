"""The names in a reference, in the three orders of the styles.

inverted  "Aliyev, H., & Demir, A. B., Jr."     every name (APA, Harvard)
mixed     "Aliyev, Heydar, and Aylin Demir"     the first name only (Chicago, MLA)
natural   "H. Aliyev & A. Demir"                editors
short     "Aliyev H, Demir AB Jr."              Vancouver
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pubtool.model import Name
from pubtool.readers.references.words import AND, OTHERS, either
from pubtool.readers.signs import NAME_SUFFIXES, PARTICLES
from pubtool.text import fold

_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]*){1,6}")
_SUFFIX = re.compile(rf",?\s+((?:{either(NAME_SUFFIXES)})\.?)$", re.I)
_OTHERS = re.compile(rf"[,;]?\s*(?:{either(OTHERS)}|(?:…|\.\.\.)[\s,&]*(?=\w))", re.I)
_BETWEEN = re.compile(rf"\s*[,;]?\s+(?:{either(AND)})\s+|\s*(?!(?<=\w)&\w)&\s*|\s*;\s*")
_SHORT = re.compile(
    r"(?P<family>.+?)(?:\s+(?P<before>Jr|Sr)\.?)?\s+(?P<given>[^\W\d_a-zçəğıöşü]{1,5})"
    r"(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|II|III)\.?)?"
)
_WORD = re.compile(r"[^\W\d_][^\d\s]*$")
_MOST_WORDS = 4


def inverted(text: str, role: str = "author") -> list[Name]:
    """Names each of which has its family name first; [] if these are no such names."""
    pieces = [p.strip() for p in _plain(text).split(",") if p.strip()]
    if "," not in text:
        return []
    names: list[Name] = []
    for piece in pieces:
        if names and _is_suffix(piece):
            names[-1] = replace(names[-1], suffix=piece)
        elif names and not names[-1].given and _is_given(piece):
            names[-1] = replace(names[-1], given=piece)
        elif _is_family(piece):
            names.append(Name(family=piece, role=role))
        else:
            return []
    return [_finished(n) for n in names] if names and all(n.given for n in names) else []


def mixed(text: str, role: str = "author", families: Collection[str] = ()) -> list[Name]:
    """The first name has its family name first, the others stand in their natural order."""
    pieces = [p.strip() for p in _plain(text).split(",") if p.strip()]
    if len(pieces) > 2 and _is_suffix(pieces[1]):
        pieces[1:3] = pieces[2], pieces[1]
    if len(pieces) < 2 or not _is_family(pieces[0]) or not _is_given(pieces[1]):
        return []
    first, rest = Name(given=pieces[1], family=pieces[0], role=role), pieces[2:]
    if rest and _is_suffix(rest[0]):
        first, rest = replace(first, suffix=rest[0]), rest[1:]
    if len(rest) % 2 == 0 and rest and all(_INITIALS.fullmatch(p) for p in rest[1::2]):
        return inverted(text, role)
    others = [_natural(piece, role, families) for piece in rest]
    return [_finished(first), *map(_finished, others)] if all(n.given for n in others) else []


def natural(
    text: str, role: str, families: Collection[str] = (), *, initials: bool = False
) -> list[Name]:
    """Names with the given name first; a text that is no name is a group.

    `initials`: the style writes nothing but initials, so that a family name begins after them.
    """
    pieces = [p.strip() for p in _plain(text).split(",") if p.strip(" .")]
    names: list[Name] = []
    for piece in pieces:
        if names and _is_suffix(piece):
            names[-1] = replace(names[-1], suffix=piece)
        else:
            names.append(_natural(piece, role, families, initials))
    return names


def short(text: str, role: str = "author") -> list[Name]:
    """Names as medicine writes them: family name, initials without stops; [] for others."""
    pieces = [p.strip(" .") for p in _plain(text).split(",") if p.strip(" .")]
    matches = [_SHORT.fullmatch(piece) for piece in pieces]
    if not pieces or not all(m and _is_family(m["family"]) for m in matches):
        return []
    return [
        Name(
            " ".join(f"{c}." for c in m["given"]),
            m["family"],
            suffix=m["suffix"] or m["before"] or "",
            role=role,
        )
        for m in matches
        if m
    ]


def group(text: str, role: str = "author") -> list[Name]:
    """A corporate author; a single capitalised word that is no acronym is a person's only name."""
    text = text.strip(" .,;")
    if not text:
        return []
    if len(text.split()) == 1 and text[1:].islower():
        return [Name(family=text, role=role)]
    return [Name(collab=text, role=role)]


def _plain(text: str) -> str:
    """One kind of separator, and nobody "and others"."""
    return _BETWEEN.sub(", ", _OTHERS.sub(", ", text.strip().strip(",;")))


def _is_suffix(text: str) -> bool:
    return text.strip(".").lower() in NAME_SUFFIXES


def _is_given(text: str) -> bool:
    """Initials, or a few capitalised words, perhaps with particles after them."""
    if _INITIALS.fullmatch(text):
        return True
    words = text.split()
    if _runs_on(words):
        return False
    return 0 < len(words) <= _MOST_WORDS + 1 and text[0].isupper() and all(map(_in_a_name, words))


def _runs_on(words: Sequence[str]) -> bool:
    """True for "Svante E. Railways of": the initial after a name ended it, and a title follows."""
    ends = [n for n, word in enumerate(words) if n and _INITIALS.fullmatch(word)]
    after = words[ends[-1] + 1 :] if ends and not _INITIALS.fullmatch(words[0]) else []
    return len(after) > 1 and after[0][0].isupper()


def _is_family(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and all(map(_in_a_name, words))
        and not _INITIALS.fullmatch(text)
    )


def _in_a_name(word: str) -> bool:
    capital = word[0].isupper() or (word[0] in "‘’'" and len(word) > 1)
    if word.endswith(".") and len(word) > 3 and "-" not in word and word.count(".") == 1:
        return False
    return bool(_WORD.match(word)) and (capital or fold(word) in _PARTICLES or "’" in word[:3])


_PARTICLES = frozenset(fold(p) for p in PARTICLES) | {"y", "zur", "zum", "ten", "te", "bey", "xan"}
_LEADING = frozenset(
    """le la da de del della di du van von der den el al ibn bin dos das do ter""".split()
)


def _natural(text: str, role: str, families: Collection[str], initials: bool = False) -> Name:
    suffix = _SUFFIX.search(text)
    bare = text[: suffix.start()] if suffix else text
    given, family = _halves(bare.split(), families, initials)
    if (
        not given
        or len(family.strip(".")) < 2
        or not all(map(_in_a_name, [*given.split(), *family.split()]))
    ):
        return Name(collab=text, role=role)
    return Name(given, family, suffix=suffix[1] if suffix else "", role=role)


def _halves(words: list[str], families: Collection[str], initials: bool) -> tuple[str, str]:
    """Given and family name: after initials, as known from elsewhere, or the last word."""
    for n in range(1, len(words)):
        if fold(" ".join(words[n:])) in families:
            return " ".join(words[:n]), " ".join(words[n:])
    start = len(words) - 1
    if initials and words and _INITIALS.fullmatch(words[0]):
        start = next((n for n, w in enumerate(words) if not _INITIALS.fullmatch(w)), start)
    while start > 1 and fold(words[start - 1]) in _LEADING:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _finished(name: Name) -> Name:
    """A name with the stop after its last initial, which may have ended the sentence as well."""
    given = re.sub(r"(?<![^\W_])([^\W\d_])$", r"\1.", name.given)
    return _particles(replace(name, given=given))


def _particles(name: Name) -> Name:
    """As in "Berg, Elizabeth van der" → family name "van der Berg"."""
    words = name.given.split()
    end = len(words)
    while end > 1 and words[end - 1].islower() and fold(words[end - 1]) in _PARTICLES:
        end -= 1
    return replace(name, given=" ".join(words[:end]), family=" ".join([*words[end:], name.family]))


def families_of(names: Iterable[Name]) -> set[str]:
    """The family names, folded."""
    return {fold(n.family) for n in names if n.family}
