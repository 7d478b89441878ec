"""Who stands at the head of a reference in styles that end the names with a full stop."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from pubtool.model import Name
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.parts import has, reads_like_a_title
from pubtool.readers.references.people import group, mixed
from pubtool.readers.references.words import BODIES
from pubtool.readers.references.written import Written, quoted, sentences

_STOP = re.compile(r"[.]\s+(?=\S)|[.](?=\s*$)")
_ROLE = re.compile(
    r"(?:,\s*|\s+)(?:\((?P<a>eds?|trans)\.?\)|(?P<b>eds?|editors?|trans|translators?|haz|hrsg|ред)\.?)$",
    re.I,
)
_BEGINS = re.compile(r"[“‘«„\"]|\d{4}[a-z]?\.|n\.d\.")
_FARTHEST = 600


def leading_people(
    w: Written,
    facts: Facts,
    families: Collection[str] = (),
    names_of: Callable[[str, str, Collection[str]], list[Name]] | None = None,
) -> Written | None:
    """Take the names; what follows them. A title in their place is left where it is."""
    read = names_of or _mixed
    if quoted(w.text) or _BEGINS.match(w.text):
        return w
    ends = sorted(
        _stops(w),
        key=lambda stop: (
            not _BEGINS.match(w.text[stop[1] :]) and w.face[stop[1] : stop[1] + 1] != "i"
        ),
    )
    for end, after in ends:
        text, role = _without_role(w.text[:end])
        names = read(text, role, families)
        if names:
            facts.put_names(names, 0.97)
            return w[after:]
    return _group_or_title(w, facts)


def _mixed(text: str, role: str, families: Collection[str]) -> list[Name]:
    return mixed(text, role, families)


def _stops(w: Written) -> Iterator[tuple[int, int]]:
    """Where names may end: before each full stop that no other initial follows."""
    for match in _STOP.finditer(w.text[:_FARTHEST]):
        following = w.text[match.end() : match.end() + 3]
        if re.match(r"[^\W\d_]\.(?:\s|$)", following) and following[0].isupper():
            continue
        if "i" in w.face[: match.start()] and not w.text[: match.start()].endswith("et al"):
            return
        initial = re.search(r"(?:^|[\s.-])(?:[^\W\d_]|Jr|Sr)$", w.text[: match.start()])
        yield match.start() + bool(initial), match.end()


def _without_role(text: str) -> tuple[str, str]:
    role = _ROLE.search(text)
    if role is None:
        return text, "author"
    said = (role["a"] or role["b"]).lower()
    return text[: role.start()], "translator" if said.startswith("trans") else "editor"


def _head(w: Written) -> tuple[Written, Written]:
    """What stands before the year if that comes first ("Bell Inc. 1986."), else a sentence."""
    parts = sentences(w)
    end = len(parts[0].text) if len(parts) > 1 else len(w.text)
    dated = (at for _, at in _stops(w[:end]) if re.match(r"\d{4}[a-z]?\.", w.text[at:]))
    end = next(dated, end)
    return w[:end], w[end:].trimmed


def _is_body(text: str) -> bool:
    """True for the name of a ministry, bank or council, which has no small words but "of"."""
    return has(text, BODIES) and not reads_like_a_title(text)


def _group_or_title(w: Written, facts: Facts) -> Written:
    """A group before a year, a quoted or an italic title; else nobody is named."""
    first, after = _head(w)
    if not after:
        return w
    dated = re.match(r"(?:\d{4}[a-z]?|n\.d\.)\.?(?:\s|$)", after.text)
    if dated and first.italic and not quoted(after.text[dated.end() :].strip()):
        facts.put_date(dated[0])
        return first + w[len(first.text) + 1 + dated.end() :]
    upright = "i" not in w.face and _is_body(first.text) and len(sentences(after)) > 1
    if upright or dated or quoted(after.text) or (after.face[:1] == "i" != first.face[:1]):
        text, role = _without_role(first.text.strip(" ."))
        facts.put_names(group(text, role), 0.85)
        return after
    return w
