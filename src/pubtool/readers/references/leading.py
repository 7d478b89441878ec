"""Who stands at the head of a reference in styles that end the names with a full stop."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from pubtool.model import Name
from pubtool.readers.references.facts import Facts
from pubtool.readers.references.people import group, mixed
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


def _group_or_title(w: Written, facts: Facts) -> Written:
    """A group before a year, a quoted or an italic title; else nobody is named."""
    parts = sentences(w)
    if len(parts) < 2:
        return w
    first = parts[0]
    after = w[len(first.text) :].trimmed
    dated = re.match(r"(?:\d{4}[a-z]?|n\.d\.)\.?(?:\s|$)", after.text)
    if dated and first.italic and not quoted(after.text[dated.end() :].strip()):
        facts.put_date(dated[0])
        return first + w[len(first.text) + 1 + dated.end() :]
    if dated or quoted(after.text) or (after.face[:1] == "i" and first.face[:1] != "i"):
        text, role = _without_role(first.text.strip(" ."))
        facts.put_names(group(text, role), 0.85)
        return after
    return w
